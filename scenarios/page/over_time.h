// SPDX-License-Identifier: BSD-3-Clause
// A trace over its time: the states of power, link, engine, update and TPM as lanes, and beneath
// them where and when the flash was erased, programmed and torn.
#pragma once

#include <string>
#include <vector>

#include "emulator/trace/trace_line.h"

namespace scenarios::page {

struct StateSpan {
  double from = 0;  ///< seconds of virtual time
  double to = 0;
  std::string state;  ///< "staging"; empty: nothing is known, for the power is gone
};

struct StateLane {
  const char* name;  ///< "update"
  std::vector<StateSpan> spans;
};

/// Lanes in which something happened. The last state of each lasts until the trace's last line.
std::vector<StateLane> lanes_of(const std::vector<emulator::trace::TraceLine>& lines);

/// Of the page: the picture, and the states as a table beneath it. Empty of an empty trace.
std::string over_time_html(const std::vector<emulator::trace::TraceLine>& lines);
/// The lanes in words: "update: idle, 1.552 s staging, 1.83 s failed".
std::string over_time_text(const std::vector<emulator::trace::TraceLine>& lines);

/// "96 sectors erased, 1536 pages programmed, 1 operation torn"; empty where the flash did nothing.
std::string flash_words(const std::vector<emulator::trace::TraceLine>& lines);

}  // namespace scenarios::page
