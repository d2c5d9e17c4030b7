// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include "tests/emulator/tpm/rig.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;
using std::chrono::milliseconds;
using std::chrono::seconds;

class Events final : public sim::TraceSink {
 public:
  void record(const sim::TraceRecord& r) override {
    if (r.kind == sim::TraceKind::tpm_command) commands.push_back(r.a);
    if (r.kind == sim::TraceKind::tpm_response) codes.push_back(r.b);
    data_bytes += r.data.size();
  }
  std::vector<std::uint32_t> commands;
  std::vector<std::uint32_t> codes;
  std::size_t data_bytes = 0;
};

TEST(Itpm, OneCommandAtATime) {
  Rig rig;
  ASSERT_TRUE(rig.tpm.submit(0, oiap_command()));
  EXPECT_FALSE(rig.tpm.submit(0, oiap_command()));
  EXPECT_EQ(rig.tpm.transmit(0, oiap_command(), seconds(1)).error().code, base::Errc::busy);
}

TEST(Itpm, AnswersNobodyWithoutPower) {
  Rig rig;
  rig.tpm.power_off();
  EXPECT_FALSE(rig.tpm.submit(0, oiap_command()));
  EXPECT_EQ(rig.tpm.transmit(0, oiap_command(), seconds(1)).error().code, base::Errc::disconnected);
}

TEST(Itpm, TimesOutAndCancelsWhatTakesTooLong) {
  Rig rig;
  const auto response =
      rig.tpm.transmit(0, bare_command(Ordinal::self_test_full), milliseconds(10));
  EXPECT_EQ(response.error().code, base::Errc::timeout);
  rig.clock.sleep(seconds(10));
  EXPECT_EQ(rig.tpm.commands(), 0u);
}

TEST(Itpm, KeepsSessionsOverAnMeRestartAndLosesThemInAReset) {
  Rig rig(owned());
  Host host(rig.tpm);
  auto kept = host.oiap(kOwner);
  rig.tpm.me_stopped();
  EXPECT_FALSE(rig.tpm.submit(0, oiap_command()));
  rig.tpm.me_started({5, 0, 1, 1111});
  const Bytes key = owner_read_internal_pub_params(kHandleSrk);
  EXPECT_EQ(host.authorised(*kept, Ordinal::owner_read_internal_pub, key, Host::After::go_on),
            ReturnCode::success);
  rig.tpm.reset();
  EXPECT_EQ(host.authorised(*kept, Ordinal::owner_read_internal_pub, key),
            ReturnCode::invalid_auth_handle);
}

TEST(Itpm, WithoutABiosTheSystemMustStartIt) {
  TpmConfig config = fitted();
  config.bios = Bios::absent;
  Rig rig(config);
  Host host(rig.tpm);
  EXPECT_EQ(host.run(oiap_command()), ReturnCode::invalid_post_init);
  EXPECT_EQ(host.run(startup_command(StartupType::clear)), ReturnCode::success);
  EXPECT_EQ(host.run(oiap_command()), ReturnCode::success);
}

TEST(Itpm, TracesOrdinalsAndCodesAndNeverBytes) {
  Rig rig;
  Events events;
  rig.trace.attach(events);
  (void)Host(rig.tpm).run(oiap_command());
  EXPECT_EQ(events.commands, std::vector<std::uint32_t>{0x0A});
  EXPECT_EQ(events.codes, std::vector<std::uint32_t>{0});
  EXPECT_EQ(events.data_bytes, 0u);
  rig.trace.detach(events);
}

TEST(ItpmFault, FailedCommandDoesNothing) {
  Rig rig;
  rig.faults.arm({.point = sim::FaultPoint::tpm_command, .action = sim::FaultAction::fail});
  EXPECT_EQ(Host(rig.tpm).run(oiap_command()), ReturnCode::fail);
  EXPECT_EQ(Host(rig.tpm).run(oiap_command()), ReturnCode::success);
}

TEST(ItpmFault, IgnoredCommandIsCancelledByTheHost) {
  Rig rig;
  rig.faults.arm({.point = sim::FaultPoint::tpm_command, .action = sim::FaultAction::ignore});
  EXPECT_EQ(rig.tpm.transmit(0, oiap_command(), seconds(5)).error().code, base::Errc::timeout);
  EXPECT_EQ(Host(rig.tpm).run(oiap_command()), ReturnCode::success);
}

TEST(ItpmFault, DelayedCommandComesLate) {
  Rig rig;
  rig.faults.arm({.point = sim::FaultPoint::tpm_command,
                  .action = sim::FaultAction::delay,
                  .delay = seconds(20)});
  const base::TimePoint before = rig.clock.now();
  EXPECT_EQ(Host(rig.tpm).run(oiap_command()), ReturnCode::success);
  EXPECT_GE(rig.clock.now() - before, seconds(20));
}

TEST(ItpmFault, ACommandIsRefusedWithTheCodeOfTheFault) {
  Rig rig;
  rig.faults.arm({.point = sim::FaultPoint::tpm_command,
                  .action = sim::FaultAction::fail,
                  .status = number(ReturnCode::retry)});
  EXPECT_EQ(Host(rig.tpm).run(oiap_command()), ReturnCode::retry);
  EXPECT_EQ(Host(rig.tpm).run(oiap_command()), ReturnCode::success);
}

TEST(ItpmFault, PowerIsCutBeforeOrAfterTheWork) {
  Rig rig;
  rig.faults.arm(
      {.point = sim::FaultPoint::tpm_command, .action = sim::FaultAction::power_cut_before});
  (void)rig.tpm.submit(0, oiap_command());
  rig.clock.sleep(seconds(1));
  EXPECT_EQ(rig.power.cuts, 1);
  EXPECT_EQ(rig.tpm.commands(), 0u);
  rig.tpm.power_off();
  rig.tpm.power_on();
  rig.faults.arm(
      {.point = sim::FaultPoint::tpm_command, .action = sim::FaultAction::power_cut_after});
  (void)rig.tpm.submit(0, oiap_command());
  rig.clock.sleep(seconds(1));
  EXPECT_EQ(rig.power.cuts, 2);
  EXPECT_EQ(rig.tpm.commands(), 1u);
  EXPECT_FALSE(rig.tpm.take_response());
}

// Snapshots.

Bytes save(Rig& rig) {
  sim::Archive a = sim::Archive::saving();
  rig.clock.serialize(a);
  rig.tpm.serialize(a);
  return a.saved();
}

bool load(Rig& rig, const Bytes& saved) {
  sim::Archive a = sim::Archive::loading(saved);
  rig.clock.serialize(a);
  rig.tpm.serialize(a);
  return a.finish().has_value();
}

TEST(ItpmSnapshot, OpenSessionGoesOnInTheRestoredTpm) {
  Rig rig(owned());
  Host host(rig.tpm);
  auto session = host.oiap(kOwner);
  const Bytes saved = save(rig);
  Rig other(owned());
  ASSERT_TRUE(load(other, saved));
  Host there(other.tpm);
  EXPECT_EQ(there.authorised(*session, Ordinal::owner_read_internal_pub,
                             owner_read_internal_pub_params(kHandleSrk)),
            ReturnCode::success);
}

TEST(ItpmSnapshot, BothGoOnWithTheSameBytes) {
  Rig rig;
  (void)Host(rig.tpm).run(oiap_command());
  const Bytes saved = save(rig);
  Rig other;
  ASSERT_TRUE(load(other, saved));
  EXPECT_EQ(Host(rig.tpm).send(oiap_command()), Host(other.tpm).send(oiap_command()));
  EXPECT_EQ(save(rig), save(other));
}

TEST(ItpmSnapshot, OneSeedMakesOneSnapshotAtAnyTimeOfDay) {
  const auto history = [] {
    Rig rig(owned());
    (void)Host(rig.tpm).prove_owner(kWrong);
    (void)Host(rig.tpm).run(oiap_command());
    return save(rig);
  };
  EXPECT_EQ(history(), history());
}

TEST(ItpmSnapshot, ACommandInFlightIsAnsweredInTheRestoredTpm) {
  Rig rig;
  ASSERT_TRUE(rig.tpm.submit(0, oiap_command()));
  const Bytes saved = save(rig);
  Rig other;
  ASSERT_TRUE(load(other, saved));
  other.clock.sleep(seconds(1));
  EXPECT_EQ(other.tpm.take_response()->size(), 34u);
}

TEST(ItpmSnapshot, ALockoutGoesOn) {
  TpmConfig config = owned();
  config.state.failed_attempts = 10;
  Rig rig(config);
  rig.clock.sleep(seconds(100));
  const Bytes saved = save(rig);
  Rig other(config);
  ASSERT_TRUE(load(other, saved));
  EXPECT_EQ(other.tpm.status().lockout_left, seconds(140));
}

TEST(ItpmSnapshot, AnUploadGoesOn) {
  TpmConfig config = fitted();
  config.upgrade.unowned = UnownedUpgrade::open;
  Rig rig(config);
  Bytes image(1500, 0x5A);
  ASSERT_EQ(Host(rig.tpm).start_unowned(image), ReturnCode::success);
  ASSERT_EQ(Host(rig.tpm).data(base::ByteView(image).first(1000)), ReturnCode::success);
  const Bytes saved = save(rig);
  Rig other(config);
  ASSERT_TRUE(load(other, saved));
  other.session.current = firmware::SessionState::staging;
  Host there(other.tpm);
  EXPECT_EQ(there.status()->received, 1000u);
  ASSERT_EQ(there.data(base::ByteView(image).subspan(1000)), ReturnCode::success);
  Host::Outcome outcome{.status = 1};
  ASSERT_EQ(there.complete(&outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, 0u) << "the digest went on from where it was";
}

TEST(ItpmSnapshot, IsRefusedWhenItIsNotWhole) {
  Rig rig;
  const Bytes saved = save(rig);
  for (const std::size_t size : {std::size_t{0}, saved.size() / 3, saved.size() - 1}) {
    Rig other;
    EXPECT_FALSE(
        load(other, Bytes(saved.begin(), saved.begin() + static_cast<std::ptrdiff_t>(size))));
  }
}

TEST(ItpmSnapshot, BeforeTheFirstCommandCostsNoEngine) {
  Rig rig;
  const Bytes saved = save(rig);
  Rig other;
  ASSERT_TRUE(load(other, saved));
  EXPECT_EQ(Host(other.tpm).run(oiap_command()), ReturnCode::success) << "the BIOS starts it still";
}

}  // namespace
}  // namespace emulator::tpm
