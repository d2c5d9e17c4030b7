// SPDX-License-Identifier: BSD-3-Clause
// The updater of the public face, on boards of the public face and on hosts of one's own.
#include <gtest/gtest.h>
#include <mebench/board.h>
#include <mebench/updater.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "tests/face/has.h"

namespace {

using mebench::Board;
using mebench::Bytes;
using mebench::Errc;
using mebench::FirmwareVersion;
using mebench::Image;
using mebench::Outcome;
using mebench::Plan;
using mebench::Then;
using mebench::TpmIs;
using mebench::Updater;
using mebench::Verdict;
using mebench::Via;
using namespace std::chrono_literals;

constexpr FirmwareVersion kNew = {5, 2, 70, 1046};

Board booted(const char* machine, std::vector<mebench::Setting> set = {}) {
  set.push_back({"update.data_processing", "\"1ms\""});
  Board board = Board::make(machine, {.set = std::move(set)}).value();
  board.boot().value();
  return board;
}

Board board_over_heci() {
  return booted("esprimo-e5730", {{"settings.enabled_update_interfaces", "1"}});
}

/// Updates go through its TPM, whose owner's passphrase is "owner".
Board board_with_tpm() {
  return booted("esprimo-e5730", {{"tpm.state.owner_secret", "\"passphrase\""},
                                  {"tpm.state.owner_passphrase", "\"owner\""},
                                  {"tpm.state.active", "true"}});
}

Image image_for(const Board& board, const FirmwareVersion& version = kNew) {
  return Image::parse(board.update_image(version).value()).value();
}

/// A device of which nobody knows whether it is real.
class Unsure final : public mebench::MeDevice {
 public:
  explicit Unsure(mebench::MeDevice& me) : me_(me) {}
  std::string name() const override { return "unsure"; }
  mebench::Result<std::unique_ptr<mebench::MeConnection>> connect(
      const mebench::Guid& client) override {
    return me_.connect(client);
  }
  mebench::Result<std::uint16_t> pci_device_id() override { return me_.pci_device_id(); }

 private:
  mebench::MeDevice& me_;
};

TEST(PublicImage, TellsWhatItIs) {
  const Board board = Board::make("desktop-q35").value();
  const Bytes file = board.update_image(kNew).value();
  const Image image = Image::parse(file).value();
  EXPECT_EQ(image.version(), kNew);
  EXPECT_EQ(image.bytes_to_transfer(), file.size());
  EXPECT_TRUE(image.defects().empty());
  Bytes damaged = file;
  damaged.back() ^= 1;
  EXPECT_FALSE(Image::parse(damaged).value().defects().empty());
  const auto none = Image::parse(Bytes(100, 0));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::invalid);
  EXPECT_TRUE(has(none.error().what, "offset")) << none.error().what;
}

TEST(PublicUpdater, UpdatesOverHeci) {
  Board board = board_over_heci();
  Updater updater(board.host());
  EXPECT_LT(updater.running_version().value(), kNew);
  const Image image = image_for(board);
  const Plan plan = updater.plan(image).value();
  ASSERT_EQ(plan.verdict(), Verdict::ready) << plan.text();
  EXPECT_EQ(plan.way(), Via::heci);
  EXPECT_EQ(plan.from(), updater.running_version().value());
  EXPECT_EQ(plan.to(), kNew);
  EXPECT_TRUE(has(plan.text(), "5.2.70.1046"));
  EXPECT_TRUE(has(plan.json(), "\"to\": \"5.2.70.1046\"")) << plan.json();
  std::vector<mebench::Phase> phases;
  std::size_t most = 0;
  const auto report = updater.carry_out(plan, image, [&](const mebench::Progress& progress) {
    if (phases.empty() || phases.back() != progress.phase) phases.push_back(progress.phase);
    most = std::max(most, progress.bytes_done);
    return Then::go_on;
  });
  ASSERT_TRUE(report);
  EXPECT_EQ(report->outcome, Outcome::updated);
  EXPECT_EQ(report->bytes_sent, image.bytes_to_transfer());
  EXPECT_EQ(most, image.bytes_to_transfer());
  EXPECT_EQ(report->version_after, kNew);
  EXPECT_GT(report->took, 1s);
  EXPECT_EQ(phases.front(), mebench::Phase::starting);
  EXPECT_EQ(phases.back(), mebench::Phase::done);
  EXPECT_EQ(updater.running_version().value(), kNew);
  EXPECT_EQ(updater.plan(image).value().verdict(), Verdict::nothing_to_do);
}

TEST(PublicUpdater, UpdatesThroughTheTpmWithItsOwnersConsent) {
  Board board = board_with_tpm();
  Updater updater(board.host());
  const Image image = image_for(board);
  const Plan without = updater.plan(image).value();
  EXPECT_EQ(without.refusal(), "tpm-owned");
  EXPECT_FALSE(without.next_step().empty());
  EXPECT_EQ(updater.plan(image, {}, {.owner_passphrase = "ovner"}).value().refusal(),
            "tpm-owner-wrong");
  const mebench::Secrets secrets = {.owner_passphrase = "owner"};
  const Plan plan = updater.plan(image, {}, secrets).value();
  ASSERT_EQ(plan.verdict(), Verdict::ready) << plan.text();
  EXPECT_EQ(plan.way(), Via::tpm);
  EXPECT_EQ(updater.carry_out(plan, image).error().code, Errc::invalid);
  EXPECT_EQ(updater.carry_out(plan, image, {}, secrets).value().outcome, Outcome::updated);
  EXPECT_EQ(board.fact("version").value(), "5.2.70.1046");
}

TEST(PublicUpdater, TellsTheNumberOfTheErasTools) {
  Board board = board_with_tpm();
  Updater updater(board.host());
  const Plan plan = updater.plan(image_for(board), {.via = Via::heci}).value();
  EXPECT_EQ(plan.verdict(), Verdict::refused);
  EXPECT_EQ(plan.refusal(), "through-tpm");
  EXPECT_EQ(plan.tool_error(), 8721u);
  EXPECT_TRUE(has(plan.json(), "through-tpm"));
}

TEST(PublicUpdater, GoesThroughNoTpmThatMayBeAnotherBoards) {
  Board board = board_with_tpm();
  mebench::Host host = board.host();
  Updater updater(
      {.me = host.me, .clock = host.clock, .tpm = host.tpm, .tpm_is = TpmIs::not_known});
  const Plan plan = updater.plan(image_for(board), {}, {.owner_passphrase = "owner"}).value();
  EXPECT_EQ(plan.refusal(), "tpm-of-another-board");
  Updater blind({.me = host.me, .clock = host.clock});
  EXPECT_EQ(blind.plan(image_for(board)).value().refusal(), "no-tpm");
}

TEST(PublicUpdater, IsCarefulWithWhatDoesNotSayThatItIsSimulated) {
  Board board = board_over_heci();
  Unsure me(board.me());
  Updater updater({.me = me, .clock = board.clock()});
  const Image image = image_for(board);
  EXPECT_EQ(updater.plan(image).value().refusal(), "development-key");
  EXPECT_EQ(updater.plan(image, {.accept_undocumented_protocol = true, .without_backup = true})
                .value()
                .refusal(),
            "development-key");
}

TEST(PublicUpdater, StopsWhenItIsAskedTo) {
  Board board = board_over_heci();
  Updater updater(board.host());
  const Image image = image_for(board);
  const Plan plan = updater.plan(image).value();
  const auto report = updater.carry_out(plan, image, [](const mebench::Progress& progress) {
    return progress.bytes_done > 4096 ? Then::stop : Then::go_on;
  });
  ASSERT_TRUE(report);
  EXPECT_EQ(report->outcome, Outcome::interrupted_rerun) << name(report->outcome);
  ASSERT_TRUE(report->error);
  EXPECT_EQ(report->error->code, Errc::interrupted);
  EXPECT_EQ(report->stopped_in, mebench::Phase::transferring);
  EXPECT_FALSE(report->next_step.empty());
  EXPECT_FALSE(report->safe_because.empty());
  EXPECT_EQ(updater.carry_out(updater.plan(image).value(), image).value().outcome,
            Outcome::updated);
}

TEST(PublicUpdater, CarriesOutNothingButItsOwnReadyPlanForThatImage) {
  Board board = board_over_heci();
  Updater updater(board.host());
  Updater other(board.host());
  const Image image = image_for(board);
  const Image newer = image_for(board, {5, 2, 80, 1});
  const Plan plan = updater.plan(image).value();
  EXPECT_EQ(updater.carry_out(plan, newer).error().code, Errc::invalid);
  EXPECT_EQ(other.carry_out(plan, image).error().code, Errc::invalid);
  const Image older = image_for(board, {5, 0, 0, 1});
  const Plan refused = updater.plan(older).value();
  EXPECT_EQ(refused.refusal(), "downgrade");
  const auto carried = updater.carry_out(refused, older);
  ASSERT_FALSE(carried);
  EXPECT_TRUE(has(carried.error().what, "not ready")) << carried.error().what;
  EXPECT_EQ(updater.running_version().value(), plan.from());
}

TEST(PublicUpdater, TellsEverythingThatTheDeviceTells) {
  Board board = board_with_tpm();
  Updater updater(board.host());
  const std::string info = updater.info_json().value();
  EXPECT_TRUE(has(info, "5.0.1.1111")) << info;
  EXPECT_TRUE(has(info, "INTC")) << info;
  board.power_cut();
  EXPECT_FALSE(updater.info_json());
}

TEST(PublicVersion, IsTheHeaders) {
  EXPECT_EQ(mebench::version(), MEBENCH_VERSION);
  EXPECT_EQ(mebench::version(), std::to_string(MEBENCH_VERSION_MAJOR) + '.' +
                                    std::to_string(MEBENCH_VERSION_MINOR) + '.' +
                                    std::to_string(MEBENCH_VERSION_PATCH));
}

TEST(PublicResult, ThrowsWhatItSaysWhereThereIsNoValue) {
  const auto wrong = [] { return mebench::Result<int>(mebench::Error{Errc::busy, "not now"}); };
  try {
    (void)wrong().value();
    FAIL();
  } catch (const mebench::BadResult& thrown) {
    EXPECT_STREQ(thrown.what(), "not now");
  }
  EXPECT_THROW(mebench::Result<void>(mebench::Error{Errc::io, "gone"}).value(), mebench::BadResult);
  EXPECT_EQ(mebench::Result<int>(3).value(), 3);
  EXPECT_NO_THROW(mebench::Result<void>().value());
}

}  // namespace
