// SPDX-License-Identifier: BSD-3-Clause
// A forecast's times against what the profile and the data sheet say they are made of.
#include "scenarios/forecast/forecast.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "scenarios/forecast/what_if.h"

namespace scenarios::forecast {
namespace {

using base::Duration;
using base::Errc;
using std::chrono::milliseconds;
using updater::update::Way;

/// The owner's board with a partition of 64 KiB: 16 sectors, 256 pages.
Subject small_board(std::vector<emulator::machine::Override> more = {}) {
  more.push_back({"flash.code_size", "0x10000", "test"});
  return {.machine = "esprimo-e5730", .set = std::move(more)};
}

base::Result<Forecast> told(const Subject& subject, Way way) {
  const auto profile = open_profile(subject, way);
  if (!profile) return profile.error();
  const auto image = next_image(*profile);
  if (!image) return image.error();
  return forecast(*profile, *image, way);
}

Duration share(const Forecast& f, Work work) {
  return f.shares[static_cast<std::size_t>(work)];
}

TEST(Forecast, EveryMomentOfItsTimeIsSpentOnSomething) {
  for (const Way way : {Way::heci, Way::tpm}) {
    const auto f = told(small_board(), way);
    ASSERT_TRUE(f) << f.error().doing;
    EXPECT_EQ(std::accumulate(f->shares.begin(), f->shares.end(), Duration{}), f->total);
    EXPECT_EQ(f->bytes, 0x10000u);
    EXPECT_GT(share(*f, Work::transfer), Duration{});
  }
}

/// MX25L6405D, data sheet: a sector is erased in 60 ms, a page programmed in 1.4 ms; the image is
/// written twice, and the settings a few times.
TEST(Forecast, TheFlashsWorkIsThatOfItsDataSheet) {
  for (const Way way : {Way::heci, Way::tpm}) {
    const auto f = told(small_board(), way);
    ASSERT_TRUE(f);
    const Duration erase = share(*f, Work::erase);
    const Duration program = share(*f, Work::program);
    EXPECT_EQ(erase % milliseconds(60), Duration{});
    EXPECT_GE(erase, 2 * 16 * milliseconds(60));
    EXPECT_LE(erase, (2 * 16 + 4) * milliseconds(60));
    EXPECT_GE(program, 2 * 256 * std::chrono::microseconds(1400));
    // A message that ends inside a page leaves the rest of it to the next one.
    const auto split = static_cast<int>(f->bytes / f->message_payload + 1);
    EXPECT_LE(program, (2 * 256 + split + 16) * std::chrono::microseconds(1400));
  }
}

TEST(Forecast, VerifyingAndRestartingTakeTheProfilesTimes) {
  const auto f = told(small_board({{"update.verify_per_mib", "\"3200ms\"", "test"},
                                   {"update.boot_time", "\"4s\"", "test"}}),
                      Way::heci);
  ASSERT_TRUE(f);
  EXPECT_EQ(share(*f, Work::verify), milliseconds(200)) << "a sixteenth of a MiB";
  EXPECT_EQ(share(*f, Work::restart), std::chrono::seconds(4));
}

TEST(Forecast, SlowerTurnsOfTheMeLengthenTheTransferAlone) {
  const auto quick = told(small_board(), Way::heci);
  const auto slow = told(small_board({{"heci.turnaround", "\"20ms\"", "test"}}), Way::heci);
  ASSERT_TRUE(quick && slow);
  EXPECT_GT(share(*slow, Work::transfer), 2 * share(*quick, Work::transfer));
  EXPECT_EQ(share(*slow, Work::erase), share(*quick, Work::erase));
  EXPECT_EQ(share(*slow, Work::program), share(*quick, Work::program));
  EXPECT_EQ(share(*slow, Work::verify), share(*quick, Work::verify));
}

TEST(Forecast, ABoardWithoutATpmHasNoWayThroughIt) {
  const auto f = told(small_board({{"tpm.fitted", "false", "test"}}), Way::tpm);
  ASSERT_FALSE(f);
  EXPECT_EQ(f.error().code, Errc::unsupported);
}

TEST(Forecast, AnImageOfAnotherSkuIsRefusedWithTheReason) {
  const auto profile = open_profile(small_board(), Way::heci);
  const auto other = open_profile(small_board({{"firmware.sku", "0x1", "test"}}), Way::heci);
  ASSERT_TRUE(profile && other);
  const auto f = forecast(*profile, *next_image(*other), Way::heci);
  ASSERT_FALSE(f);
  EXPECT_EQ(f.error().code, Errc::refused);
  EXPECT_NE(f.error().doing.find("SKU"), std::string::npos) << f.error().doing;
}

TEST(WhatIf, TheValueThatIsMadeBadDecides) {
  const Subject subject = small_board({{"heci.turnaround", "\"50ms\"", "test"}});
  const auto as_is = told(subject, Way::heci);
  ASSERT_TRUE(as_is);
  const auto levers = what_ifs(subject, *next_image(*open_profile(subject, Way::heci)), *as_is);
  ASSERT_TRUE(levers && !levers->empty());
  EXPECT_EQ(levers->front().key, "heci.turnaround");
  EXPECT_EQ(levers->front().now, "\"50ms\"");
  EXPECT_EQ(levers->front().then, "\"25ms\"");
  for (std::size_t i = 1; i < levers->size(); ++i)
    EXPECT_LE((*levers)[i].saved, (*levers)[i - 1].saved);
}

TEST(WhatIf, AQuickerPartSavesItsOwnTimesDifference) {
  const Subject subject = small_board();
  const auto as_is = told(subject, Way::heci);
  ASSERT_TRUE(as_is);
  const auto levers = what_ifs(subject, *next_image(*open_profile(subject, Way::heci)), *as_is);
  ASSERT_TRUE(levers);
  const auto part = std::find_if(levers->begin(), levers->end(),
                                 [](const WhatIf& l) { return l.key == "flash.part"; });
  ASSERT_NE(part, levers->end());
  EXPECT_EQ(part->then, "\"W25Q64BV\"");
  // Half of each time (30 of 60 ms, 0.7 of 1.4 ms), but for the host's looks at a grid of its own.
  const Duration half = (share(*as_is, Work::erase) + share(*as_is, Work::program)) / 2;
  EXPECT_LT(std::chrono::abs(part->saved - half), milliseconds(600));
}

}  // namespace
}  // namespace scenarios::forecast
