// SPDX-License-Identifier: BSD-3-Clause
// Whatever stops an update, in whatever phase and over whatever way: somebody who only does what
// the words on the screen say ends with an updated or an unchanged board, in at most four steps.
// The real updater runs; the board is the Esprimo with 64 KiB of code.
//
// MEBENCH_SWEEP=all strikes at every occurrence of every point instead of a chosen few (nightly).
#include <array>
#include <cstdlib>

#include "scenarios/engine/actions.h"
#include "scenarios/explore/follower.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/engine/phases.h"

namespace scenarios::engine {
namespace {

using emulator::firmware::BootPath;
using emulator::firmware::SessionState;
using emulator::sim::FaultAction;
using emulator::sim::FaultPoint;
using emulator::sim::FaultRule;
using explore::claims_unchanged;
using explore::Follower;
using explore::Order;
using explore::orders_in;
using explore::says_it_wrote_nothing;
using protocol::FirmwareVersion;

constexpr FirmwareVersion kOld{5, 0, 1, 1111};
constexpr FirmwareVersion kNew{5, 2, 70, 1046};
constexpr int kMostSteps = 4;
constexpr auto kStart = std::chrono::seconds(20);  ///< more than a board needs to start

const char* const kBoard = R"(schema = 1
title = "What stops an update"
machine = "esprimo-e5730"
[set]
update.data_processing = "5ms"
tpm.timing.upgrade_block = "1ms"
flash.part = "MX25L3205D"
flash.code_size = 0x10000
tpm.state.ownership = "owned"
tpm.state.owner_secret = "passphrase"
tpm.state.owner_passphrase = "correct horse"
tpm.state.active = true
settings.enabled_update_interfaces = )";
const char* const kFiles = R"(
[[image]]
name = "new.bin"
version = "5.2.70.1046"
size = 0x10000
[[file]]
name = "owner.txt"
text = "correct horse"
[[step]]
meupdate = )";

struct Side {
  const char* name;
  const char* interfaces;  ///< and what else is set
  const char* command;
};
constexpr Side kHeci{"heci", "1", R"(["update", "${image:new.bin}", "-y"])"};
constexpr Side kHeciPlatform{"heci, platform reset", "1\nupdate.reset = \"platform\"",
                             R"(["update", "${image:new.bin}", "-y"])"};
constexpr Side kTpm{
    "tpm", "5",
    R"(["update", "${image:new.bin}", "--owner-passphrase-file", "${file:owner.txt}", "-y"])"};
constexpr Side kTpmByName{
    "tpm by name", "5",
    R"(["update", "${image:new.bin}", "--via", "tpm", "--owner-passphrase-file", "${file:owner.txt}", "-y"])"};

constexpr Side kTpmPlatform{
    "tpm, platform reset", "5\nupdate.reset = \"platform\"",
    R"(["update", "${image:new.bin}", "--owner-passphrase-file", "${file:owner.txt}", "-y"])"};

/// One board, and the update that is going to be stopped.
class Bench {
 public:
  explicit Bench(const Side& side) {
    auto stories = folder_.load(std::string(kBoard) + side.interfaces + kFiles + side.command);
    EXPECT_TRUE(stories) << stories.error().doing;
    story_ = std::move(stories->front());
    world_ = std::make_unique<World>(story_, folder_.path(), nullptr);
    const auto begun = world_->begin();
    EXPECT_TRUE(begun) << begun.error().doing;
  }

  World& world() { return *world_; }
  const Meupdate& update() const { return std::get<Meupdate>(story_.steps.front().action); }

  FirmwareVersion version() { return world_->machine().firmware().running_version(); }
  bool is_operational() {
    return world_->machine().firmware().boot_path() == BootPath::operational;
  }
  /// What it runs once its power was away: nothing that is not whole survives that.
  bool cold_starts_with(const FirmwareVersion& wanted) {
    perform(Power{.action = PowerAction::cut}, *world_);
    perform(Power{.action = PowerAction::on}, *world_);
    world_->host().sleep(kStart);
    return is_operational() && version() == wanted;
  }

 private:
  StoryFolder folder_;
  Scenario story_;
  std::unique_ptr<World> world_;
};

/// "Unchanged" is a promise: nothing comes of the update later, and its flash is whole.
std::string broken_promise(Bench& bench) {
  bench.world().take_snapshot("promise");
  bench.world().host().sleep(std::chrono::minutes(20));
  const bool kept = bench.version() == kOld && bench.cold_starts_with(kOld);
  if (auto back = bench.world().restore("promise"); !back) return back.error().doing;
  return kept ? "" : "it said unchanged, and then it was not";
}

/// What somebody comes to who follows the words; empty: home.
std::string follow(Bench& bench, const StepOutcome& first, const Meupdate& command) {
  const std::string screen = first.out + first.err;
  Follower person(bench.world(), command, screen);
  const bool without_a_word = first.exit == 137;
  std::string trouble;
  const auto judge = [&](const std::string& text) {
    if (trouble.empty() && claims_unchanged(text)) trouble = broken_promise(bench);
  };
  judge(screen);
  person.when_read(judge);
  if (without_a_word) person.run_again();
  person.follow(kMostSteps + (without_a_word ? 1 : 0));
  bench.world().host().sleep(kStart);
  if (trouble.empty()) trouble = person.complaint();
  const bool updated = bench.is_operational() && bench.version() == kNew;
  const bool unchanged =
      bench.is_operational() && bench.version() == kOld &&
      (claims_unchanged(person.screen()) || says_it_wrote_nothing(person.screen()));
  if (trouble.empty() && !updated && !unchanged)
    trouble = "neither updated nor unchanged and said so";
  if (trouble.empty() && !bench.cold_starts_with(updated ? kNew : kOld))
    trouble = "its flash is not whole";
  if (trouble.empty()) return "";
  return trouble + "\n--- the screen\n" + screen + "--- the person\n" + person.diary();
}

bool sweeps_all() {
  const char* wish = std::getenv("MEBENCH_SWEEP");
  return wish != nullptr && std::string(wish) == "all";
}

/// Every occurrence, or the first, a middle one and the last two.
std::vector<std::uint32_t> chosen(const Range& range) {
  std::vector<std::uint32_t> out;
  if (range.first > range.last) return out;
  const std::uint32_t middle = (range.first + range.last) / 2;
  for (std::uint32_t i = range.first; i <= range.last; ++i)
    if (sweeps_all() || i == range.first || i == middle || i + 1 >= range.last) out.push_back(i);
  return out;
}

void expect_way_home(const Side& side, const FaultRule& fault, const char* phase) {
  Bench bench(side);
  bench.world().machine().faults().arm(fault);
  const StepOutcome first = perform(bench.update(), bench.world());
  const bool struck = bench.world().machine().faults().unfired().empty();
  EXPECT_TRUE(struck) << "it never struck";
  const std::string trouble = follow(bench, first, bench.update());
  EXPECT_EQ(trouble, "") << side.name << ", " << phase << ": " << name(fault.action) << " at "
                         << name(fault.point) << " " << fault.occurrence << ", exit "
                         << first.exit.value_or(-1);
}

/// All of `actions` at the chosen occurrences of `point` in every phase.
void sweep(const Side& side, FaultPoint point, std::initializer_list<FaultAction> actions) {
  Bench clean(side);
  const Phases phases = phases_of(clean.world(), clean.update());
  ASSERT_FALSE(phases.all().empty()) << side.name;
  for (const Phase& phase : phases.all()) {
    for (const std::uint32_t occurrence : chosen(phase.of(point))) {
      for (const FaultAction action : actions) {
        expect_way_home(side,
                        {.point = point,
                         .occurrence = occurrence,
                         .action = action,
                         .delay = std::chrono::minutes(6)},
                        phase.name);
      }
    }
  }
}

constexpr auto kMessageFaults = {FaultAction::ignore, FaultAction::fail, FaultAction::delay,
                                 FaultAction::me_reset};
constexpr auto kUpdateFaults = {FaultAction::ignore, FaultAction::fail,
                                FaultAction::delay,  FaultAction::me_reset,
                                FaultAction::twice,  FaultAction::power_cut_inside};
constexpr auto kFlashFaults = {FaultAction::fail, FaultAction::ignore, FaultAction::me_reset,
                               FaultAction::power_cut_inside};
constexpr auto kBootFaults = {FaultAction::fail, FaultAction::ignore,
                              FaultAction::power_cut_inside};

TEST(WaysHomeOverHeci, FromAMessageThatIsLostRefusedOrLate) {
  sweep(kHeci, FaultPoint::host_message, kMessageFaults);
}
TEST(WaysHomeOverHeci, FromAnUpdateMessageThatIsLostRefusedLateOrSentTwice) {
  sweep(kHeci, FaultPoint::fwu_start, kUpdateFaults);
  sweep(kHeci, FaultPoint::fwu_data, kUpdateFaults);
  sweep(kHeci, FaultPoint::fwu_end, kUpdateFaults);
}
TEST(WaysHomeOverHeci, FromAFlashOperationThatFailsOrNeverEnds) {
  sweep(kHeci, FaultPoint::flash_operation, kFlashFaults);
}
TEST(WaysHomeOverHeci, FromAnUpdateThatWaitsForAPowerCycle) {
  sweep(kHeciPlatform, FaultPoint::fwu_end, kUpdateFaults);
}
TEST(WaysHomeThroughTheTpm, FromAnUpdateThatWaitsForAPowerCycle) {
  sweep(kTpmPlatform, FaultPoint::fwu_end, kUpdateFaults);
}
TEST(WaysHomeOverHeci, FromANewCodeThatDoesNotStart) {
  sweep(kHeci, FaultPoint::boot, kBootFaults);
}
TEST(WaysHomeThroughTheTpm, FromACommandThatIsLostRefusedOrLate) {
  sweep(kTpm, FaultPoint::tpm_command, kMessageFaults);
}
TEST(WaysHomeThroughTheTpm, FromAnUpdateMessageThatIsLostRefusedLateOrSentTwice) {
  sweep(kTpm, FaultPoint::fwu_start, kUpdateFaults);
  sweep(kTpm, FaultPoint::fwu_data, kUpdateFaults);
  sweep(kTpm, FaultPoint::fwu_end, kUpdateFaults);
}
TEST(WaysHomeThroughTheTpm, FromAFlashOperationThatFailsOrNeverEnds) {
  sweep(kTpm, FaultPoint::flash_operation, kFlashFaults);
}
TEST(WaysHomeThroughTheTpm, FromANewCodeThatDoesNotStart) {
  sweep(kTpm, FaultPoint::boot, kBootFaults);
  sweep(kTpmByName, FaultPoint::boot, kBootFaults);
}

/// What else befalls the board when the program dies.
enum class Along { nothing, host_goes_off, all_power_goes };

struct Moment {
  const char* name;
  During when;
};

std::vector<Moment> moments(const Side& side) {
  if (&side == &kHeciPlatform || &side == &kTpmPlatform)
    return {{"committed", {.session = SessionState::committed}}};
  return {{"starting", {.session = SessionState::staging}},
          {"transferring, the first block", {.after_bytes = 1}},
          {"transferring, half of it", {.after_bytes = 30000}},
          {"transferring, all of it", {.after_bytes = 65536}},
          {"ending", {.session = SessionState::verifying}},
          {"committing", {.session = SessionState::committing}}};
}

std::vector<During> deaths(const Moment& moment, Along along) {
  std::vector<During> out(1, moment.when);
  out.front().disturbance = Disturbance::kill;
  if (along == Along::nothing) return out;
  out.push_back(moment.when);
  out.back().disturbance =
      along == Along::host_goes_off ? Disturbance::reset_platform : Disturbance::power_cut;
  return out;
}

void expect_way_home_from_death(const Side& side, Along along) {
  for (const Moment& moment : moments(side)) {
    Bench bench(side);
    Meupdate killed = bench.update();
    killed.during = deaths(moment, along);
    const StepOutcome first = perform(killed, bench.world());
    EXPECT_EQ(first.exit, 137) << moment.name;
    EXPECT_TRUE(first.mismatches.empty()) << moment.name;
    if (along == Along::all_power_goes) perform(Power{.action = PowerAction::on}, bench.world());
    if (along != Along::nothing) bench.world().host().sleep(kStart);
    EXPECT_EQ(follow(bench, first, bench.update()), "") << side.name << ", " << moment.name;
  }
}

TEST(WaysHomeOverHeci, FromAProgramThatIsKilled) {
  expect_way_home_from_death(kHeci, Along::nothing);
  expect_way_home_from_death(kHeciPlatform, Along::nothing);
}
TEST(WaysHomeOverHeci, FromAHostThatGoesOff) {
  expect_way_home_from_death(kHeci, Along::host_goes_off);
}
TEST(WaysHomeOverHeci, FromALossOfAllPower) {
  expect_way_home_from_death(kHeci, Along::all_power_goes);
}
TEST(WaysHomeThroughTheTpm, FromAProgramThatIsKilled) {
  expect_way_home_from_death(kTpm, Along::nothing);
  expect_way_home_from_death(kTpmPlatform, Along::nothing);
}
TEST(WaysHomeThroughTheTpm, FromAHostThatGoesOff) {
  expect_way_home_from_death(kTpm, Along::host_goes_off);
  expect_way_home_from_death(kTpmByName, Along::host_goes_off);
}
TEST(WaysHomeThroughTheTpm, FromALossOfAllPower) {
  expect_way_home_from_death(kTpm, Along::all_power_goes);
}

TEST(Follower, ReadsWhatAPersonWouldRead) {
  using enum Order;
  EXPECT_EQ(
      orders_in("Leave the power on and wait ten minutes.\nTo continue, run:\n  meupdate x\n"),
      (std::vector<Order>{wait_ten_minutes, run}));
  EXPECT_EQ(orders_in("Take the power away for half a minute, then switch on again.\n"),
            (std::vector<Order>{cycle_power}));
  EXPECT_EQ(orders_in("Next step: Run the same command again; if it fails in the same way, ...\n"),
            (std::vector<Order>{run}));
  EXPECT_TRUE(orders_in("do not take the power away before it has ended\n").empty());
  const std::string refusal =
      "Next step: wait ten minutes. Is it the same then, it hangs: take the power away for half a "
      "minute.\nTo continue, run:\n  meupdate x\n";
  EXPECT_EQ(orders_in(refusal), (std::vector<Order>{wait_ten_minutes, run}));
  EXPECT_EQ(orders_in(refusal, refusal), (std::vector<Order>{cycle_power, run}));
}

}  // namespace
}  // namespace scenarios::engine
