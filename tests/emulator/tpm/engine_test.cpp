// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>

#include "emulator/tpm/libtpms_engine.h"
#include "emulator/tpm/libtpms_layout.h"
#include "emulator/tpm/memory_storage.h"
#include "emulator/tpm/stored_states.h"
#include "protocol/tpm/authorisation.h"
#include "protocol/tpm/capability.h"
#include "protocol/tpm/crypto.h"
#include "protocol/tpm/owner.h"
#include "tests/protocol/tpm/hex_text.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;

ReturnCode code_of(const Bytes& response) {
  return decode_response(response)->code;
}

TpmConfig config_of(Ownership ownership) {
  TpmConfig config;
  config.state.ownership = ownership;
  return config;
}

/// An engine alone, on a partition that holds what `config` says.
struct Bare {
  explicit Bare(const TpmConfig& config = config_of(Ownership::unowned), std::uint64_t seed = 1)
      : storage(encode(StateRecord{.permanent = permanent_state(config, 1), .saved = {}})),
        partition(storage),
        engine(partition, seed) {}

  Bytes run(const Bytes& command) { return engine.execute(0, command); }
  void start() {
    ASSERT_TRUE(engine.power_on());
    ASSERT_EQ(code_of(run(startup_command(StartupType::clear))), ReturnCode::success);
  }
  Bytes capability(CapArea area, std::uint32_t sub) {
    const Bytes response = run(capability_command(area, sub));
    const auto data = decode_capability_response(response);
    return data ? Bytes(data->begin(), data->end()) : Bytes{};
  }

  MemoryStorage storage;
  StatePartition partition;
  LibtpmsEngine engine;
};

TEST(LibtpmsEngine, AnswersNothingWithoutPower) {
  Bare bare;
  EXPECT_TRUE(bare.run(startup_command(StartupType::clear)).empty());
}

TEST(LibtpmsEngine, WantsStartupBeforeAnythingElse) {
  Bare bare;
  ASSERT_TRUE(bare.engine.power_on());
  EXPECT_EQ(bare.run(oiap_command()), hex("00c4 0000000a 00000026"));
}

TEST(LibtpmsEngine, StartsOnce) {
  Bare bare;
  bare.start();
  EXPECT_EQ(bare.run(hex("00c1 0000000c 00000099 0001")), hex("00c4 0000000a 00000026"));
}

TEST(LibtpmsEngine, KnowsNoFieldUpgradeOfItsOwn) {
  Bare bare;
  bare.start();
  EXPECT_EQ(bare.run(hex("00c1 0000000d 000000aa 10 0000")), hex("00c4 0000000a 0000000a"));
}

TEST(LibtpmsEngine, KeepsItsPermanentStateOverAPowerCycle) {
  Bare bare;
  bare.start();
  ASSERT_EQ(code_of(bare.run(presence_command(kPresencePresent))), ReturnCode::success);
  ASSERT_EQ(code_of(bare.run(bare_command(Ordinal::physical_disable))), ReturnCode::success);
  bare.engine.power_off();
  bare.start();
  EXPECT_TRUE(decode_permanent_flags(bare.capability(CapArea::flag, kCapFlagPermanent))->disable);
}

TEST(LibtpmsEngine, GoesIntoFailureModeWhenItsStorageBreaks) {
  Bare bare;
  bare.start();
  bare.storage.break_it();
  EXPECT_EQ(code_of(bare.run(presence_command(kPresenceHwEnable))), ReturnCode::fail);
  EXPECT_EQ(code_of(bare.run(oiap_command())), ReturnCode::failed_self_test);
  EXPECT_FALSE(bare.capability(CapArea::property, kCapPropManufacturer).empty());
}

TEST(LibtpmsEngine, FailsItsSelfTestWhenItsStateIsTorn) {
  Bare bare;
  Bytes torn = encode(StateRecord{.permanent = permanent_state(config_of(Ownership::owned), 1)});
  torn.resize(torn.size() / 2);
  ASSERT_TRUE(bare.storage.store(torn));
  const std::uint64_t writes = bare.storage.writes();
  EXPECT_EQ(bare.engine.power_on().error().code, base::Errc::invalid);
  EXPECT_EQ(code_of(bare.run(startup_command(StartupType::clear))), ReturnCode::failed_self_test);
  EXPECT_EQ(code_of(bare.run(oiap_command())), ReturnCode::failed_self_test);
  EXPECT_EQ(bare.storage.writes(), writes) << "what is left of the state is evidence";
}

TEST(LibtpmsEngine, ComesUpBlankOnAnEmptyPartition) {
  Bare bare;
  bare.storage.erase();
  bare.start();
  const Nonce nonce{1};
  EXPECT_EQ(code_of(bare.run(read_pubek_command(nonce))), ReturnCode::no_endorsement);
}

TEST(LibtpmsEngine, TwoOfThemKeepTheirSessionsApart) {
  Bare first(config_of(Ownership::unowned), 1);
  Bare second(config_of(Ownership::owned), 2);
  first.start();
  second.start();
  const auto mine = decode_oiap_reply(first.run(oiap_command()));
  const auto theirs = decode_oiap_reply(second.run(oiap_command()));
  ASSERT_TRUE(mine && theirs);
  EXPECT_EQ(first.capability(CapArea::property, kCapPropOwner), Bytes{0});
  EXPECT_EQ(second.capability(CapArea::property, kCapPropOwner), Bytes{1});
  EXPECT_EQ(first.engine.session(mine->handle)->nonce_even, mine->nonce_even);
  EXPECT_FALSE(first.engine.session(theirs->handle));
}

TEST(LibtpmsEngine, OneSeedMakesOneHistory) {
  const auto history = [](std::uint64_t seed) {
    Bare bare(config_of(Ownership::unowned), seed);
    bare.start();
    return bare.run(get_random_command(16));
  };
  EXPECT_EQ(history(5), history(5));
  EXPECT_NE(history(5), history(6));
}

TEST(LibtpmsEngine, VolatileStateTakesASessionToAnotherPower) {
  Bare bare;
  bare.start();
  const auto session = decode_oiap_reply(bare.run(oiap_command()));
  const auto saved = bare.engine.save_volatile();
  ASSERT_TRUE(session && saved);
  ASSERT_TRUE(bare.engine.power_on());
  ASSERT_TRUE(bare.engine.load_volatile(*saved));
  EXPECT_EQ(code_of(bare.run(flush_session_command(session->handle))), ReturnCode::success);
}

TEST(LibtpmsEngine, RefusesAVolatileStateThatWasChanged) {
  Bare bare;
  bare.start();
  Bytes saved = bare.engine.save_volatile().value();
  saved[100] ^= 1;
  EXPECT_EQ(bare.engine.load_volatile(saved).error().code, base::Errc::invalid);
}

TEST(LibtpmsEngine, SavesTheStateThatStartupCanBringBack) {
  Bare bare;
  bare.start();
  ASSERT_EQ(code_of(bare.run(bare_command(Ordinal::save_state))), ReturnCode::success);
  ASSERT_TRUE(bare.engine.power_on());
  EXPECT_EQ(code_of(bare.run(startup_command(StartupType::state))), ReturnCode::success);
}

TEST(LibtpmsEngine, HardwarePresenceCountsOnlyWhenItIsEnabled) {
  Bare bare;
  bare.start();
  bare.engine.set_physical_presence(1);
  EXPECT_EQ(code_of(bare.run(bare_command(Ordinal::physical_disable))), ReturnCode::bad_presence);
  ASSERT_EQ(code_of(bare.run(presence_command(kPresenceHwEnable))), ReturnCode::success);
  EXPECT_EQ(code_of(bare.run(bare_command(Ordinal::physical_disable))), ReturnCode::success);
}

TEST(TpmMemory, HoldsTheOwnersSecretAsPlainBytes) {
  Bare bare(config_of(Ownership::owned));
  bare.start();
  EXPECT_EQ(bare.engine.owner_secret(), secret_from_passphrase("owner"));
}

TEST(TpmMemory, SeesDeferredPresenceThatNoCommandReads) {
  Bare bare;
  bare.start();
  EXPECT_FALSE(bare.engine.unowned_field_upgrade());
  ASSERT_EQ(code_of(bare.run(presence_command(kPresencePresent))), ReturnCode::success);
  ASSERT_EQ(code_of(bare.run(deferred_presence_command(Setting::on))), ReturnCode::success);
  EXPECT_TRUE(bare.engine.unowned_field_upgrade());
  bare.start();
  EXPECT_FALSE(bare.engine.unowned_field_upgrade());
}

TEST(TpmMemory, DeactivatesUntilTheNextStartupOnly) {
  Bare bare;
  bare.start();
  ASSERT_TRUE(bare.engine.deactivate_until_startup());
  EXPECT_EQ(code_of(bare.run(get_random_command(4))), ReturnCode::deactivated);
  bare.start();
  EXPECT_EQ(code_of(bare.run(get_random_command(4))), ReturnCode::success);
}

TEST(TpmMemory, FailureModeLeavesOnlyTheVendorReadable) {
  Bare bare;
  bare.start();
  ASSERT_TRUE(bare.engine.fail_self_test());
  EXPECT_EQ(code_of(bare.run(oiap_command())), ReturnCode::failed_self_test);
  EXPECT_FALSE(bare.capability(CapArea::property, kCapPropManufacturer).empty());
}

TEST(TpmMemory, FindsTheSessionsOfAFullTable) {
  Bare bare(config_of(Ownership::owned));
  bare.start();
  std::vector<OiapReply> open;
  for (int i = 0; i < 16; ++i) open.push_back(decode_oiap_reply(bare.run(oiap_command())).value());
  EXPECT_EQ(code_of(bare.run(oiap_command())), ReturnCode::resources);
  for (const OiapReply& session : open) {
    ASSERT_TRUE(bare.engine.session(session.handle));
    EXPECT_EQ(bare.engine.session(session.handle)->nonce_even, session.nonce_even);
  }
}

TEST(StoredStates, AreWholeStatesOfEachKind) {
  for (const Ownership kind : {Ownership::no_ek, Ownership::unowned, Ownership::owned}) {
    const Bytes state = stored_state(kind);
    EXPECT_TRUE(layout::is_permanent_state(state));
    EXPECT_EQ(layout::has_endorsement_key(state), kind != Ownership::no_ek);
    EXPECT_LT(state.size(), 8192u);
  }
}

TEST(StoredStates, AnUnknownOwnersSecretIsNeitherWellKnownNorAnybodysPassphrase) {
  TpmConfig config = config_of(Ownership::owned);
  config.state.owner_secret = OwnerSecret::unknown;
  const Secret secret = layout::owner_secret(permanent_state(config, 1));
  EXPECT_NE(secret, kWellKnownSecret);
  EXPECT_NE(secret, secret_from_passphrase("owner"));
  EXPECT_NE(secret, layout::owner_secret(permanent_state(config, 2)));
}

TEST(StatePartition, NoticesEveryChangedByte) {
  const Bytes whole =
      encode(StateRecord{.permanent = {1, 2, 3}, .saved = {4}, .failed_attempts = 2});
  ASSERT_TRUE(decode_state_record(whole));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    Bytes changed = whole;
    changed[i] ^= 0x10;
    EXPECT_FALSE(decode_state_record(changed)) << "byte " << i;
  }
}

TEST(StatePartition, TheNewestWholeCopyIsBelieved) {
  const Bytes older = encode(StateRecord{.generation = 4, .permanent = {1}});
  const Bytes newer = encode(StateRecord{.generation = 5, .permanent = {2}});
  const base::ByteView both[] = {older, newer};
  EXPECT_EQ(newest_copy(both), 1u);
  Bytes torn = newer;
  torn.resize(torn.size() - 5);
  const base::ByteView one_torn[] = {older, torn};
  EXPECT_EQ(newest_copy(one_torn), 0u);
  const base::ByteView none[] = {torn, {}};
  EXPECT_EQ(newest_copy(none), std::nullopt);
}

TEST(StatePartition, EveryStoreIsANewGeneration) {
  MemoryStorage storage;
  StatePartition partition(storage);
  ASSERT_TRUE(partition.store({.permanent = {1}}));
  ASSERT_TRUE(partition.store({.permanent = {1}}));
  EXPECT_EQ(decode_state_record(storage.load().value())->generation, 2u);
}

TEST(StatePartition, IgnoresTheErasedFlashBehindTheRecord) {
  const StateRecord record{.permanent = {1, 2, 3}, .saved = {4}, .failed_attempts = 2};
  Bytes bytes = encode(record);
  bytes.resize(bytes.size() + 100, 0xFF);
  EXPECT_EQ(decode_state_record(bytes), record);
}

TEST(StatePartition, TellsWhereARecordEnds) {
  const Bytes whole = encode(StateRecord{.permanent = {1, 2, 3}, .saved = {4}, .lockout = true});
  Bytes bytes = whole;
  bytes.resize(bytes.size() + 100, 0xFF);
  EXPECT_TRUE(std::ranges::equal(record_in(bytes), whole));
  bytes[bytes.size() / 2] ^= 1;
  EXPECT_EQ(record_in(bytes).size(), whole.size()) << "behind it";
  bytes[0] ^= 1;
  EXPECT_TRUE(record_in(bytes).empty());
}

}  // namespace
}  // namespace emulator::tpm
