// SPDX-License-Identifier: BSD-3-Clause
// What an exploration found: every history with its id and its end. Written as text, JSON, JUnit
// and a map; several of them, from several machines, become one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "scenarios/engine/exit_status.h"
#include "scenarios/explore/record.h"

namespace scenarios::explore {

struct Case {
  std::string id;
  std::string phase;  ///< of the update when it was struck first
  Ending ending = Ending::never_struck;
  Rule broken = Rule::none;
  std::string what;     ///< of a violation
  std::string same_as;  ///< Ending::met: the id of the history that it equals from there on
  std::uint32_t runs = 0;

  bool operator==(const Case&) const = default;
};

struct Report {
  std::string story;  ///< its id
  std::string file;
  std::string kind;   ///< "singles", "pairs", "mixtures"
  std::string shard;  ///< "1/1"; several merged: "1/4 2/4"
  std::uint64_t seed = 1;
  std::size_t lost = 0;  ///< histories for which there was no process or no room
  base::Duration wall_time{};
  std::vector<Case> cases;
};

struct Sums {
  std::array<std::size_t, kEndingCount> of{};
  std::size_t operator[](Ending ending) const { return of[static_cast<std::size_t>(ending)]; }
  std::size_t all() const;
  /// Interrupted, and recovered with the updater: those that were met are not among them.
  std::size_t run() const;
};
Sums sums(const Report& report);

/// mesim's exit statuses of an exploration.
enum class Verdict : std::uint8_t {
  nothing_violated = kDone,
  violated = kFound,
  broken = kBroken,      ///< some histories could not be run
  never_struck = kVoid,  ///< something that was armed never took effect: nothing is proved
};
Verdict verdict_of(const Report& report);

/// "1,344 histories: 1,100 updated, ..., in 2.1 s (524 run a second)", then a table of phases, then
/// what was violated, with the command that runs it again.
std::string to_text(const Report& report);
/// One violation with its id and the command to run it again.
std::string to_text(const Case& found, const std::string& file);

std::string to_json(const Report& report);
/// Errors: invalid (not what to_json() writes; says what).
base::Result<Report> report_from_json(const std::string& text);
/// One test case a history.
std::string to_junit(const Report& report);
/// A page: operations across, what struck down, each cell an outcome.
std::string to_map(const Report& report);

/// Shares of one exploration as a whole. Errors: invalid (they are not of the same story and wish,
/// or one is there twice).
base::Result<Report> merged(const std::vector<Report>& shares);

}  // namespace scenarios::explore
