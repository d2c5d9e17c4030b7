// SPDX-License-Identifier: BSD-3-Clause
// How a story ended, and everything a person needs to see why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/clock.h"
#include "scenarios/engine/exit_status.h"

namespace scenarios::engine {

/// Their numbers are mesim's exit statuses, but for skipped.
enum class Verdict : std::uint8_t {
  passed = kDone,
  failed = kFound,        ///< an expectation did not hold
  script_error = kUsage,  ///< the story itself makes no sense
  internal = kBroken,     ///< the program that ran it broke
  invalid = kVoid,        ///< an armed fault never struck: whatever it showed, it proved nothing
  skipped,                ///< it cannot be told on this kind of host, and was not
};
const char* name(Verdict verdict);

/// One expectation that did not hold.
struct Failure {
  std::size_t step = 0;   ///< from 1; 0: the story as a whole
  std::string step_text;  ///< "meupdate update new.bin -y"
  std::string place;      ///< file:line:col
  std::string what;       ///< "exit status"
  std::string expected;
  std::string got;
};

/// One step as it went.
struct StepTold {
  std::string text;         ///< "meupdate update new.bin -y"
  base::Duration began{};   ///< virtual time
  base::Duration ended{};   ///< virtual time
  std::optional<int> exit;  ///< of a program
  bool held = true;         ///< all that it was to show was shown
  std::string out;          ///< what the updater printed
  std::string err;
};

struct ScenarioResult {
  std::string id;
  std::string file;
  std::string title;
  Verdict verdict = Verdict::passed;
  std::string message;            ///< script_error, internal: what is wrong; skipped: why
  std::vector<Failure> failures;  ///< all of one step: a story stops at the first step that fails
  std::string out;                ///< what the updater printed in the step that failed
  std::string err;
  base::Duration virtual_time{};  ///< when it ended
  base::Duration wall_time{};     ///< what telling it took here; another every time
  std::size_t steps_run = 0;
  std::size_t steps = 0;
  std::uint64_t faults_struck = 0;
  std::vector<std::string>
      bus;  ///< the last messages, oldest first; only kept when it did not pass
  std::vector<StepTold> told = {};  ///< the steps that ran
  /// Where the end of its trace is kept, or why not, in words; empty where nothing went wrong.
  std::string kept = {};
};

/// Of a report: all but `told` and `kept`.
nlohmann::ordered_json to_json(const ScenarioResult& result);
/// Of a worker process to the one that started it: all of it.
nlohmann::ordered_json to_wire(const ScenarioResult& result);
/// The reverse of both; nothing for anything that they would not have made.
std::optional<ScenarioResult> result_from_json(const nlohmann::ordered_json& json);

/// How many ended each way.
struct Totals {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t script_errors = 0;
  std::size_t internal = 0;
  std::size_t invalid = 0;
  std::size_t skipped = 0;
  base::Duration virtual_time{};

  std::size_t all() const { return passed + failed + script_errors + internal + invalid + skipped; }
  /// The gravest: internal, script_error, failed, invalid. Never skipped.
  Verdict worst() const;
};
Totals totals(const std::vector<ScenarioResult>& results);

}  // namespace scenarios::engine
