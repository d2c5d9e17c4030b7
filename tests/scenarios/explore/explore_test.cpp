// SPDX-License-Identifier: BSD-3-Clause
// The explorer itself, on a 64 KiB update over HECI: what it strikes, that each strike takes
// effect, and that one history can be had again.
#include "scenarios/explore/explore.h"

#include <map>
#include <set>

#include "tests/scenarios/engine/load.h"

namespace scenarios::explore {
namespace {

using emulator::firmware::SessionState;

const std::string kStory = R"(schema = 1
title = "An update"
machine = "esprimo-e5730"
[set]
update.data_processing = "5ms"
flash.part = "MX25L3205D"
flash.code_size = 0x10000
settings.enabled_update_interfaces = 1
[[image]]
name = "new.bin"
version = "5.2.70.1046"
size = 0x10000
[[step]]
meupdate = ["update", "${image:new.bin}", "-y"]
)";

/// A story in a folder of its own.
class Bench {
 public:
  explicit Bench(const std::string& text = kStory) {
    auto stories = folder_.load(text);
    EXPECT_TRUE(stories) << stories.error().doing;
    if (stories) story_ = std::move(stories->front());
  }

  base::Result<Report> explored(const Wish& wish) {
    return explore(
        story_, folder_.path(), wish, [](const Case&) {}, [] { return false; });
  }
  Report report(const Wish& wish) {
    auto report = explored(wish);
    EXPECT_TRUE(report) << report.error().doing;
    return report ? std::move(*report) : Report{};
  }
  Told told(const std::string& id) {
    auto told = tell(story_, folder_.path(), parse_id(id).value(), "");
    EXPECT_TRUE(told) << told.error().doing;
    return told ? std::move(*told) : Told{};
  }
  base::Result<Told> shrunk(const std::string& id) {
    return shrink(story_, folder_.path(), parse_id(id).value());
  }
  Survey surveyed() {
    auto found = survey(story_, folder_.path());
    EXPECT_TRUE(found) << found.error().doing;
    return found ? std::move(*found) : Survey{};
  }

 private:
  engine::StoryFolder folder_;
  engine::Scenario story_;
};

std::vector<std::string> ids_of(const Report& report) {
  std::vector<std::string> ids;
  for (const Case& one : report.cases) ids.push_back(one.id);
  return ids;
}

std::string troubles_of(const Report& report) {
  std::string out;
  for (const Case& one : report.cases) {
    if (one.ending == Ending::violation || one.ending == Ending::never_struck)
      out += to_text(one, "story.toml");
  }
  return out;
}

const Wish kBoots{.points = {FaultPoint::boot}};
/// Before the update begins nothing is written: a cut there leaves what the one before it did.
const Wish kCuts{.points = {FaultPoint::host_message},
                 .deeds = {Deed::power_cut_before},
                 .phases = {SessionState::idle}};

TEST(Survey, FindsEachPointInItsPhase) {
  Bench bench;
  const Survey found = bench.surveyed();
  std::map<FaultPoint, std::uint32_t> counts;
  std::set<SessionState> flash_phases;
  for (const Place& place : found.places) {
    EXPECT_EQ(place.count, ++counts[place.point]) << name(place.point);
    if (place.point == FaultPoint::flash_operation) flash_phases.insert(place.phase);
  }
  // One START, 65536 bytes in messages of 500, one END; then the ME restarts once.
  EXPECT_EQ(counts[FaultPoint::fwu_start], 1u);
  EXPECT_EQ(counts[FaultPoint::fwu_data], (65536u + 499) / 500);
  EXPECT_EQ(counts[FaultPoint::fwu_end], 1u);
  EXPECT_EQ(counts[FaultPoint::boot], 1u);
  EXPECT_TRUE(flash_phases.contains(SessionState::staging));
  EXPECT_TRUE(flash_phases.contains(SessionState::committing));
  EXPECT_EQ(found.before.version, (protocol::FirmwareVersion{5, 0, 1, 1111}));
  EXPECT_EQ(found.after.version, (protocol::FirmwareVersion{5, 2, 70, 1046}));
  EXPECT_NE(found.before.code, found.after.code);
}

TEST(Explorer, StrikesEachDeedAtEachPlaceOnce) {
  Bench bench;
  const Report report = bench.report(kBoots);
  EXPECT_EQ(ids_of(report),
            (std::vector<std::string>{"boot:1:fail", "boot:1:ignore", "boot:1:power_cut_inside"}));
  EXPECT_EQ(troubles_of(report), "");
  for (const Case& one : report.cases) EXPECT_EQ(one.phase, "idle") << one.id;
}

TEST(Explorer, SharesItsWorkWithoutLossOrRepetition) {
  Bench bench;
  std::multiset<std::string> all;
  for (std::size_t index = 1; index <= 2; ++index) {
    Wish share = kBoots;
    share.shard = {.index = index, .count = 2};
    for (const std::string& id : ids_of(bench.report(share))) all.insert(id);
  }
  const auto whole = ids_of(bench.report(kBoots));
  EXPECT_EQ(all, std::multiset<std::string>(whole.begin(), whole.end()));
}

TEST(Explorer, RunsSeveralHistoriesAtTheSameTime) {
  Bench bench;
  Wish wish = kBoots;
  wish.jobs = 3;
  EXPECT_EQ(bench.report(wish).cases, bench.report(kBoots).cases);
}

/// What is pruned is told apart, and would have ended as the history that it is said to equal.
TEST(Explorer, PrunesOnlyWhatEndsAlike) {
  Bench bench;
  const Report pruned = bench.report(kCuts);
  Wish wish = kCuts;
  wish.pruning = Pruning::off;
  const Report whole = bench.report(wish);
  EXPECT_EQ(sums(whole)[Ending::met], 0u);
  EXPECT_GT(sums(pruned)[Ending::met], 0u);
  ASSERT_EQ(ids_of(pruned), ids_of(whole));
  std::map<std::string, Ending> endings;
  for (const Case& one : whole.cases) endings[one.id] = one.ending;
  for (const Case& one : pruned.cases) {
    const std::string& alike = one.ending == Ending::met ? one.same_as : one.id;
    ASSERT_TRUE(endings.contains(alike)) << one.id << " as " << alike;
    EXPECT_EQ(endings[one.id], endings[alike]) << one.id << " as " << alike;
  }
}

TEST(Explorer, TakesTheUpdatersDeathForWhatItIs) {
  Bench bench;
  const Told told = bench.told("fwu_data:7:power_cut_inside");
  EXPECT_EQ(told.found.ending, Ending::updated) << told.diary;
  EXPECT_NE(told.diary.find("[the program died]"), std::string::npos) << told.diary;
  EXPECT_NE(told.diary.find("runs the command"), std::string::npos) << told.diary;
}

TEST(Explorer, TellsAKilledProgramFromAComputerThatGoesOff) {
  Bench bench;
  for (const char* id : {"host_message:40:kill", "host_message:40:reset_host"}) {
    const Told told = bench.told(id);
    EXPECT_EQ(told.found.ending, Ending::updated) << id << "\n" << told.diary;
    EXPECT_NE(told.diary.find("[the program died]"), std::string::npos) << told.diary;
  }
}

TEST(Explorer, HasOneHistoryAgainByItsId) {
  Bench bench;
  const Report report = bench.report(kBoots);
  for (const Case& one : report.cases) EXPECT_EQ(bench.told(one.id).found, one) << one.id;
}

/// The program gives up, says that nothing was changed, and is right each time.
TEST(Explorer, StrikesOnWhereAStrikeDoesNotEnd) {
  Bench bench;
  const Told told = bench.told("fwu_data:3:ignore_always");
  EXPECT_EQ(told.found.ending, Ending::unchanged) << told.diary;
  EXPECT_GT(told.found.runs, 1u) << "each run meets it again";
}

TEST(Explorer, StrikesLaterOnlyWhereItIsAskedTo) {
  Bench bench;
  const Report report = bench.report(
      {.kind = Kind::pairs, .points = {FaultPoint::boot}, .later_points = {FaultPoint::fwu_end}});
  EXPECT_EQ(troubles_of(report), "");
  std::size_t pairs = 0;
  for (const Case& one : report.cases) {
    const auto strikes = parse_id(one.id).value();
    if (strikes.size() < 2) continue;
    ++pairs;
    EXPECT_EQ(strikes[0].point, FaultPoint::boot) << one.id;
    EXPECT_EQ(strikes[1].point, FaultPoint::fwu_end) << one.id;
  }
  EXPECT_GT(pairs, 0u);
}

TEST(Explorer, CallsWhatNeverStruckByItsName) {
  Bench bench;
  EXPECT_EQ(bench.told("boot:99:fail").found.ending, Ending::never_struck);
  EXPECT_EQ(bench.told("boot:1:fail+fwu_end:99:fail").found.ending, Ending::never_struck);
}

TEST(Explorer, JudgesByWhatTheStoryAdds) {
  Bench bench(kStory + "[explore.device]\npower_policy = \"77\"\n");
  const Report report = bench.report(kBoots);
  for (const Case& one : report.cases) {
    EXPECT_EQ(one.ending, Ending::violation) << one.id;
    EXPECT_EQ(one.broken, Rule::story) << one.id;
  }
}

TEST(Explorer, ShortensAListOfStrikes) {
  Bench bench(kStory + "[explore.device]\npower_policy = \"77\"\n");
  const auto shortest = bench.shrunk("fwu_data:3:ignore+boot:1:fail");
  ASSERT_TRUE(shortest) << shortest.error().doing;
  EXPECT_EQ(shortest->found.broken, Rule::story);
  EXPECT_EQ(parse_id(shortest->found.id).value().size(), 1u) << shortest->found.id;
  Bench sound;
  EXPECT_FALSE(sound.shrunk("boot:1:fail"));
}

TEST(Explorer, DrawsPairsBySeed) {
  Bench bench;
  const Wish wish{.kind = Kind::pairs,
                  .amount = 20,
                  .seed = 3,
                  .points = {FaultPoint::fwu_end, FaultPoint::boot}};
  const Report report = bench.report(wish);
  EXPECT_EQ(troubles_of(report), "");
  std::size_t pairs = 0;
  for (const Case& one : report.cases) pairs += parse_id(one.id).value().size() == 2 ? 1 : 0;
  EXPECT_GT(pairs, 0u);
  EXPECT_EQ(ids_of(bench.report(wish)), ids_of(report));
}

TEST(Explorer, DrawsMixturesBySeed) {
  Bench bench;
  Wish wish{.kind = Kind::mixtures, .amount = 10, .seed = 3};
  const Report report = bench.report(wish);
  EXPECT_EQ(report.cases.size(), 10u);
  EXPECT_EQ(troubles_of(report), "");
  for (const Case& one : report.cases) EXPECT_NE(one.id, "none");
  EXPECT_EQ(ids_of(bench.report(wish)), ids_of(report));
  wish.seed = 4;
  EXPECT_NE(ids_of(bench.report(wish)), ids_of(report));
}

/// They read the same image, and none of them writes it while another reads.
TEST(Explorer, DrawsTheSameMixturesSeveralAtATime) {
  Bench bench;
  Wish wish{.kind = Kind::mixtures, .amount = 24, .seed = 3};
  const Report one_by_one = bench.report(wish);
  wish.jobs = 4;
  const Report together = bench.report(wish);
  EXPECT_EQ(troubles_of(together), "");
  EXPECT_EQ(ids_of(together), ids_of(one_by_one));
}

TEST(Explorer, HasNothingToDoWhereNoUpdateGoesThrough) {
  const std::string head = kStory.substr(0, kStory.find("[[step]]"));
  Bench without(head + "[[step]]\nmeupdate = [\"info\"]\n");
  EXPECT_NE(without.explored({}).error().doing.find("no step of it runs meupdate update"),
            std::string::npos);
  Bench refused(head + "[[step]]\nmeupdate = [\"update\", \"${image:new.bin}\"]\n");
  EXPECT_NE(refused.explored({}).error().doing.find("when nothing strikes"), std::string::npos);
  Bench nothing;
  const Wish wish{.points = {FaultPoint::boot}, .deeds = {Deed::twice}};
  EXPECT_NE(nothing.explored(wish).error().doing.find("nothing that is wished for"),
            std::string::npos);
}

}  // namespace
}  // namespace scenarios::explore
