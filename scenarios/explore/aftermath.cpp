// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/aftermath.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "base/promise.h"
#include "os/child_process.h"
#include "scenarios/engine/checks.h"
#include "scenarios/explore/branch.h"

namespace scenarios::explore {
namespace {

using emulator::firmware::BootPath;
using engine::StepOutcome;

/// What a person does after one strike, at most; and one more after a death without a word.
constexpr int kMostSteps = 5;
constexpr auto kLongAfter = std::chrono::minutes(20);
constexpr auto kToSettle = std::chrono::seconds(20);

}  // namespace

void Aftermath::program_died() {
  World& world = stage_.world();
  std::string screen = world.screen();
  world.note_printed(screen);
  world.show_screen(nullptr);
  live_on(std::move(screen), std::nullopt, world.host().is_up() ? Death::program : Death::computer);
}

void Aftermath::program_ended(const StepOutcome& outcome) {
  missed_ = !outcome.mismatches.empty();
  live_on(outcome.script_error + outcome.out + outcome.err, outcome.exit, Death::none);
}

void Aftermath::program_hangs() {
  expect(false, Rule::runs, "it has been at it for hours, and there is no end");
  finish_broken();
}

void Aftermath::live_on(std::string screen, std::optional<int> exit, Death death) {
  World& world = stage_.world();
  diary_ += fmt::format("--- the screen\n{}[{}]\n", screen,
                        exit ? fmt::format("exit {}", *exit) : "the program died");
  if (death == Death::computer) {
    if (!world.machine().powered()) {
      check_mirror();
      meet();
      switch_on();
    } else {
      world.host().sleep(kToSettle);
    }
    check_boot();
  }
  read(screen, exit);
  Follower person(world, stage_.update(), screen);
  person.when_it_begins([this] { note_what_runs(); });
  person.when_read([this, &person](const std::string& text) {
    ++course_.ledger.at(course_.record).runs;
    read(text, person.last_exit());
  });
  const auto most = static_cast<int>(kMostSteps * course_.most_strikes);
  if (death != Death::none) person.run_again();
  person.follow(death == Death::none ? most : most + 1);
  diary_ += "--- the person\n" + person.diary();
  missed_ = missed_ || person.missed();
  check_end(person);
}

/// The power may go again while the board boots.
void Aftermath::switch_on() {
  for (std::size_t i = 0; i <= course_.most_strikes && !stage_.machine().powered(); ++i)
    stage_.start();
}

/// What survives is the flash, and what the person knows is the printed command: two histories that
/// agree in both go on alike.
void Aftermath::meet() {
  // Contents tell nothing of cells that read differently each time.
  if (!course_.is_settled() || stage_.machine().has_unstable_flash()) return;
  std::uint64_t key = stage_.flash().value();
  if (const auto command = stage_.world().printed_command()) {
    for (const std::string& word : *command) {
      for (const char c : word) key = emulator::sim::mixed(key ^ static_cast<unsigned char>(c));
    }
  }
  const auto first = course_.ledger.met(key, course_.record);
  if (!first) return;
  course_.ledger.at(course_.record).same_as = *first;
  finish(Ending::met);
}

/// Each screen that somebody is left with.
void Aftermath::read(const std::string& screen, std::optional<int> exit) {
  last_exit_ = exit;
  check_kept();
  for (const std::string& secret : course_.survey.secrets)
    expect(screen.find(secret) == std::string::npos, Rule::secret, "a secret is on the screen");
  expect(screen.find("stopped by a fault of this program") == std::string::npos, Rule::runs,
         "it says that it stopped by a fault of its own");
  if (claims_unchanged(screen))
    expect(keeps_its_promise(), Rule::truth, "it said unchanged, and then it was not");
}

void Aftermath::check_kept() {
  const BootPath path = stage_.machine().firmware().boot_path();
  expect(!course_.spares_code || path != BootPath::recovery, Rule::kept,
         "it was struck before the commit, and its operational code is gone");
}

bool Aftermath::is_operational() {
  return stage_.machine().firmware().boot_path() == BootPath::operational;
}

bool Aftermath::runs_new_code() {
  return is_operational() &&
         stage_.machine().firmware().running_version() == course_.survey.after.version;
}

void Aftermath::note_what_runs() {
  ran_path_ = stage_.machine().firmware().boot_path();
  ran_ = stage_.machine().firmware().running_version();
  if (ran_path_ != BootPath::recovery) return;
  const base::ByteView code = partition(stage_.machine(), course_.survey.layout.code);
  ran_beside_.assign(code.begin(), code.end());
}

/// "Unchanged" is a promise: nothing comes of the update later, and what ran when its command began
/// starts again; or, after a boot that passed over code that holds, that code as it was. Tried in a
/// process of its own.
bool Aftermath::keeps_its_promise() {
  if (ran_path_ != BootPath::operational && ran_path_ != BootPath::recovery) return true;
  const auto is_as_it_was = [this] {
    const auto& firmware = stage_.machine().firmware();
    if (firmware.boot_path() == ran_path_ && firmware.running_version() == ran_) return true;
    const base::ByteView code = partition(stage_.machine(), course_.survey.layout.code);
    return ran_path_ == BootPath::recovery &&
           std::equal(code.begin(), code.end(), ran_beside_.begin(), ran_beside_.end());
  };
  return holds_in_a_branch([this, &is_as_it_was] {
    course_.leave();  // it is no part of the history that is told
    stage_.machine().faults().leave();
    stage_.world().host().sleep(kLongAfter);
    if (!is_as_it_was()) return false;
    stage_.cold_start();
    return is_as_it_was();
  });
}

/// After every start: one of the two codes, or the recovery code.
void Aftermath::check_boot() {
  const BootPath path = stage_.machine().firmware().boot_path();
  if (!stage_.machine().powered()) return;  // gone again: whoever finds it off switches it on
  expect(path == BootPath::operational || path == BootPath::recovery, Rule::boots,
         fmt::format("after the power came back it is {}", name(path)));
  check_kept();
  if (path != BootPath::operational) return;
  // The recovery code has no TPM that could tell them.
  if (course_.failed_tries > 0)
    expect(failed_tries(stage_.machine()) >= course_.failed_tries, Rule::tpm,
           "its TPM has forgotten failed tries with the power");
  const base::ByteView code = partition(stage_.machine(), course_.survey.layout.code);
  const auto is = [&code](const BoardState& state) {
    return std::equal(code.begin(), code.end(), state.code.begin(), state.code.end());
  };
  expect(is(course_.survey.before) || is(course_.survey.after), Rule::whole,
         "its code is neither the old nor the new");
}

void Aftermath::check_end(const Follower& person) {
  stage_.world().host().sleep(kToSettle);
  switch_on();
  expect(person.complaint().empty(), Rule::truth, person.complaint());
  const bool updated = runs_new_code();
  const std::string& screen = person.screen();
  const bool unchanged =
      is_operational() &&
      stage_.machine().firmware().running_version() == course_.survey.before.version &&
      (claims_unchanged(screen) || says_it_wrote_nothing(screen));
  expect(updated || unchanged, Rule::way_home,
         fmt::format("neither updated nor unchanged and said so: it is {} and says {}",
                     name(stage_.machine().firmware().boot_path()),
                     to_text(stage_.machine().firmware().running_version())));
  if (!updated) check_reason(screen);
  stage_.machine().faults().leave();
  course_.failed_tries = 0;  // ten minutes may have let the TPM forget some
  stage_.cold_start();
  check_boot();
  expect(is_operational() && runs_new_code() == updated, Rule::whole,
         "a loss of power in the end changes what it runs");
  expect(last_exit_ != 0 || runs_new_code(), Rule::truth,
         "it said that it was done (exit 0), and the new code does not run");
  check_untouched();
  if (broken_ != Rule::none) finish_broken();
  finish(updated ? Ending::updated : Ending::unchanged);
}

/// Something has kept it from going through. A refusal says what, and that is not for somebody to
/// mend who only obeys; but one of the command that was printed to go on with is none.
void Aftermath::check_reason(const std::string& screen) {
  const auto& struck = course_.struck();
  const bool overcome = std::all_of(struck.begin(), struck.end(), [](const Strike& strike) {
    return can_be_overcome(strike.deed);
  });
  const bool printed = struck.size() == 1 && course_.ledger.at(course_.record).runs > 0;
  expect(!overcome || (says_it_wrote_nothing(screen) && !printed), Rule::arrives,
         "nothing was refused, and yet it runs the old code in the end");
}

/// Before what is on the flash counts as met: that goes by what was told of it.
void Aftermath::check_mirror() {
  const auto& layout = course_.survey.layout;
  for (const auto* place : {&layout.code, &layout.staging, &layout.settings, &layout.tpm})
    expect(!stage_.flash().misses_a_change(place->base, place->size), Rule::mirror,
           "the flash changed, and whoever keeps it in a file was not told");
}

/// What a strike took from the ME's messages, or added to them, is not the ME's doing.
void Aftermath::check_credits() {
  const auto& struck = course_.struck();
  const bool at_its_messages = std::any_of(struck.begin(), struck.end(), [](const Strike& strike) {
    return strike.point == FaultPoint::me_message;
  });
  const std::string& complaint = stage_.credits().complaint();
  expect(at_its_messages || complaint.empty(), Rule::credits, complaint);
}

void Aftermath::check_untouched() {
  check_credits();
  const Survey& survey = course_.survey;
  expect(is_either(stage_.machine().firmware().settings(), survey.before.settings,
                   survey.after.settings),
         Rule::settings, "its settings are neither those from before nor those an update leaves");
  expect(
      is_either(tpm_record(stage_.machine(), survey.layout), survey.before.tpm, survey.after.tpm),
      Rule::tpm, "the TPM's state is neither that from before nor the one an update leaves");
  for (const engine::Mismatch& mismatch :
       engine::check_facts(stage_.story().explore, stage_.machine()))
    expect(false, Rule::story,
           fmt::format("{}: expected {}, got {}", mismatch.what, mismatch.expected, mismatch.got));
}

/// The first that does not hold is told; a story goes on to its end all the same.
void Aftermath::expect(bool holds, Rule rule, std::string what) {
  if (holds || broken_ != Rule::none) return;
  broken_ = rule;
  what_ = std::move(what);
  diary_ += "!!! " + what_ + "\n";
}

void Aftermath::finish_broken() {
  Record& record = course_.ledger.at(course_.record);
  record.broken = broken_;
  record.say(what_);
  finish(Ending::violation);
}

void Aftermath::finish(Ending ending) {
  Record& record = course_.ledger.at(course_.record);
  const bool all_struck = course_.all_struck();
  if (all_struck) record.list_is(course_.struck());  // else it keeps what was to strike
  record.ending = missed_ || !all_struck ? Ending::never_struck : ending;
  if (course_.tells_all) course_.ledger.write_diary(diary_);
  course_.leave();
  ::_exit(0);
}

}  // namespace scenarios::explore
