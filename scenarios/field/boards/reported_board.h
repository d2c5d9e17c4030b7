// SPDX-License-Identifier: BSD-3-Clause
// Runs that saw the same board in the same state.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

using FactMap = std::map<Fact, Observation>;

/// One board at one moment under one system, as one or more runs saw it.
struct ReportedBoard {
  std::string name;               ///< "board1-windows-5.0.1.1111": fit for a file
  std::size_t board = 0;          ///< states of the same board have the same number, from 1
  std::vector<std::size_t> runs;  ///< indices into FieldReport::runs, in order
  LogLine beginning;              ///< the first line of the first run
  std::string machine;            ///< that a heading in front of a run names; empty: none does
  /// Of `runs`, those that show no fact of a board and could have been another's: their place in
  /// the text alone put them here, which is a guess.
  std::vector<std::size_t> guessed;
  FactMap facts;

  const Observation* find(Fact fact) const;
};

/// What `run` tells: the first line for each fact; a whole version also as its parts.
FactMap facts_of(const ToolRun& run);

/// Whether a run tells enough of its board to build one: an error alone does not, nor does a single
/// line that anybody may have typed.
bool shows_a_board(const ToolRun& run);

/// A report has a handful of runs; what has thousands is no report.
inline constexpr std::size_t kMostRuns = 60;

/// Of the runs that the model covers the first kMostRuns: indices into FieldReport::runs.
std::vector<std::size_t> worked_on(const FieldReport& report);

/// States of the runs that are worked on, in the order of their first run. A run that shows no
/// board was on the one that another shows; where none does, it has no state.
std::vector<ReportedBoard> states_of(const FieldReport& report);

/// States of ME 6 and later that these runs show, in the order of their first run. They are named
/// "me1" and so on, beside those of states_of().
std::vector<ReportedBoard> later_states_of(const FieldReport& report,
                                           const std::vector<std::size_t>& runs);

/// Whether `later` is what became of `earlier`: the same board, shown further on in the same file
/// under a system that may be the same.
bool comes_after(const ReportedBoard& later, const ReportedBoard& earlier);

/// Whether `value` is no whole hardware address: the owner has made it unreadable ("00-xx-yy-zz").
bool is_masked_address(const std::string& value);

/// Whether the owner has made the address of such a line unreadable, an IP address
/// ("192.168.x.x") too.
bool is_masked_value(Fact fact, std::string_view value);

}  // namespace scenarios::field
