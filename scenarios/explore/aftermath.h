// SPDX-License-Identifier: BSD-3-Clause
// What comes after a strike: somebody follows the words that are on the screen, and in the end the
// board is judged by the invariants. Runs in a process of its own, and ends with it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "scenarios/engine/step_outcome.h"
#include "scenarios/explore/follower.h"
#include "scenarios/explore/ledger.h"
#include "scenarios/explore/stage.h"
#include "scenarios/explore/survey.h"

namespace scenarios::explore {

/// What an aftermath needs to know of the exploration it is part of.
struct Course {
  Ledger& ledger;
  const Survey& survey;
  std::uint32_t record = 0;  ///< this history's
  std::size_t most_strikes = 1;
  bool tells_all = false;  ///< writes the ledger's diary
  /// Whether nothing more can strike: what survives a loss of power decides the rest.
  std::function<bool()> is_settled;
  /// Whether all that was to strike did.
  std::function<bool()> all_struck;
  /// What has struck, in its order.
  std::function<const std::vector<Strike>&()> struck;
  /// All that has struck did before the update's code was being written.
  bool spares_code = true;
  unsigned failed_tries = 0;  ///< when power went last
  /// Called last.
  std::function<void()> leave;
};

class Aftermath {
 public:
  Aftermath(Stage& stage, Course& course)
      : stage_(stage),
        course_(course),
        ran_path_(course.survey.before.boot),
        ran_(course.survey.before.version) {
    if (ran_path_ == emulator::firmware::BootPath::recovery)
      ran_beside_ = course.survey.before.code;
  }

  /// The program died where it stood, with its computer or alone. Called from inside of it; does
  /// not return.
  void program_died();
  /// Does not return.
  void program_ended(const engine::StepOutcome& outcome);
  /// It has been at it for hours. Does not return.
  void program_hangs();

 private:
  enum class Death : std::uint8_t { none, program, computer };

  void live_on(std::string screen, std::optional<int> exit, Death death);
  void meet();
  void switch_on();
  void read(const std::string& screen, std::optional<int> exit);
  void check_boot();
  void check_end(const Follower& person);
  void check_kept();
  void check_reason(const std::string& screen);
  void check_mirror();
  void check_credits();
  void check_untouched();
  void expect(bool holds, Rule rule, std::string what);
  [[noreturn]] void finish(Ending ending);
  [[noreturn]] void finish_broken();

  void note_what_runs();
  bool is_operational();
  bool runs_new_code();
  bool keeps_its_promise();

  Stage& stage_;
  Course& course_;
  std::string diary_;
  /// What ran when the command began whose screen is read next.
  emulator::firmware::BootPath ran_path_{};
  protocol::FirmwareVersion ran_;
  base::Bytes ran_beside_;  ///< the code in the flash then, where the recovery code ran
  std::optional<int> last_exit_;
  bool missed_ = false;
  Rule broken_ = Rule::none;
  std::string what_;
};

}  // namespace scenarios::explore
