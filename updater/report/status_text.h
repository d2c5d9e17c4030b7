// SPDX-License-Identifier: BSD-3-Clause
// The firmware status words as rows that a person reads: what is known of each, and no more.
#pragma once

#include <string>
#include <vector>

#include "protocol/heci/firmware_status.h"

namespace updater::report {

struct StatusRow {
  const char* name;   ///< "state", "update in progress", ...
  std::string value;  ///< in words; "8 (no document names it)" where there are none
};

/// Empty where the words are documented nowhere.
std::vector<StatusRow> status_rows(const protocol::heci::FirmwareStatus& status);
/// "Firmware status 94000242 02F10507 (CSME 11 or later)" and its rows, in lines of their own.
std::string status_text(const protocol::heci::FirmwareStatus& status);
/// One sentence: what the words together say. Never empty.
std::string status_summary(const protocol::heci::FirmwareStatus& status);
/// Whether they say that the engine runs, without an error, in its ordinary mode.
bool shows_sound_engine(const protocol::heci::FirmwareStatus& status);
/// "94000242 02F10507"
std::string status_words_text(const protocol::heci::FirmwareStatus& status);
const char* name(protocol::heci::StatusLayout layout);   ///< "me_6_to_10", ...
const char* words(protocol::heci::StatusLayout layout);  ///< "ME 6 to 10", ...

}  // namespace updater::report
