// SPDX-License-Identifier: BSD-3-Clause
// The table [tpm] of a profile: every key reaches its member, every mistake is found where it
// stands.
#include "emulator/machine/profile.h"

#include <gtest/gtest.h>

#include "tests/emulator/machine/profile_file.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;

constexpr const char* kEveryKey = R"(schema = 1
[firmware]
version = "5.2.70.1046"
[tpm]
fitted = true
vendor = "ABCD"
fips = true
endorsement_key = 11
bios = "absent"
[tpm.state]
ownership = "owned"
owner_secret = "well_known"
owner_passphrase = "secret"
enabled = false
active = false
temporarily_deactivated = true
owner_install = false
owner_clear = false
force_clear = false
failed_attempts = 3
self_test = "failed"
[tpm.lockout]
threshold = 5
initial = "60s"
multiplier = 3
fade_out = "2h"
[tpm.presence]
lifetime_lock = true
command_enabled = false
hardware_enabled = true
bios_locks = false
[tpm.upgrade]
unowned = "never"
inactive = "allowed"
max_block = 512
[tpm.tis]
expect_flaw = false
vendor_id = 0x1114
device_id = 2
revision_id = 3
acpi_id = "ABCD0E1F"
fifo_size = 32
fifo_refill = "5us"
[tpm.timing]
command = "1ms"
authorised = "2ms"
rsa = "3ms"
key_generation = "4s"
self_test = "5ms"
upgrade_block = "6ms"
)";

struct EveryTpmKey : ProfileFile {
  EveryTpmKey() {
    const auto loaded = load_profile(write("m.toml", kEveryKey));
    EXPECT_TRUE(loaded) << loaded.error().doing;
    if (loaded) c = loaded->tpm;
  }
  tpm::TpmConfig c;
};

TEST_F(EveryTpmKey, OfItsIdentityReachesItsMember) {
  EXPECT_TRUE(c.fitted && c.fips);
  EXPECT_EQ(c.vendor, "ABCD");
  EXPECT_EQ(c.version.build, 1046) << "the firmware's";
  EXPECT_EQ(c.bios, tpm::Bios::absent);
  EXPECT_EQ(c.endorsement_key, 11);
}

TEST_F(EveryTpmKey, OfItsStateReachesItsMember) {
  const tpm::TpmState state{.ownership = tpm::Ownership::owned,
                            .owner_secret = tpm::OwnerSecret::well_known,
                            .owner_passphrase = "secret",
                            .enabled = false,
                            .active = false,
                            .temporarily_deactivated = true,
                            .owner_install = false,
                            .owner_clear = false,
                            .force_clear = false,
                            .failed_attempts = 3,
                            .self_test = tpm::SelfTest::failed};
  EXPECT_EQ(c.state, state);
}

TEST_F(EveryTpmKey, OfLockoutAndPresenceReachesItsMember) {
  EXPECT_EQ(c.lockout.threshold, 5);
  EXPECT_EQ(c.lockout.initial, 60s);
  EXPECT_EQ(c.lockout.multiplier, 3);
  EXPECT_EQ(c.lockout.fade_out, 2h);
  EXPECT_TRUE(c.presence.lifetime_lock && c.presence.hardware_enabled);
  EXPECT_FALSE(c.presence.command_enabled || c.presence.bios_locks);
}

TEST_F(EveryTpmKey, OfUpgradesReachesItsMember) {
  EXPECT_EQ(c.upgrade.unowned, tpm::UnownedUpgrade::never);
  EXPECT_EQ(c.upgrade.inactive, tpm::InactiveUpgrade::allowed);
  EXPECT_EQ(c.upgrade.max_block, 512);
}

TEST_F(EveryTpmKey, OfTheRegistersReachesItsMember) {
  EXPECT_FALSE(c.tis.expect_flaw);
  EXPECT_EQ(c.tis.vendor_id, 0x1114);
  EXPECT_EQ(c.tis.device_id, 2);
  EXPECT_EQ(c.tis.revision_id, 3);
  EXPECT_EQ(c.tis.acpi_id, "ABCD0E1F");
  EXPECT_EQ(c.tis.fifo_size, 32);
  EXPECT_EQ(c.tis.fifo_refill, 5us);
}

TEST_F(EveryTpmKey, OfItsTimesReachesItsMember) {
  EXPECT_EQ(c.timing.command, 1ms);
  EXPECT_EQ(c.timing.authorised, 2ms);
  EXPECT_EQ(c.timing.rsa, 3ms);
  EXPECT_EQ(c.timing.key_generation, 4s);
  EXPECT_EQ(c.timing.self_test, 5ms);
  EXPECT_EQ(c.timing.upgrade_block, 6ms);
}

TEST_F(ProfileFile, MistakesInTheTpmTableAreFoundWhereTheyStand) {
  EXPECT_EQ(error_of("[tpm]\nvendor = \"INTEL\"\n"),
            "m.toml:5:10: vendor is \"INTEL\"; it must have four characters");
  EXPECT_EQ(error_of("[tpm.state]\nownership = \"Owned\"\n"),
            "m.toml:5:13: tpm.state.ownership is \"Owned\"; it must be one of \"no_ek\", "
            "\"unowned\", \"owned\"");
  EXPECT_EQ(error_of("[tpm.state]\nactve = true\n"),
            "m.toml:5:1: unknown key \"actve\" in [tpm.state]; did you mean \"active\"?");
  EXPECT_EQ(error_of("[tpm.lockout]\ninitial = \"1500ms\"\n"),
            "m.toml:5:11: initial must be whole seconds, at most 65535s");
  EXPECT_EQ(error_of("[tpm.lockout]\nfade_out = \"19h\"\n"),
            "m.toml:5:12: fade_out must be whole seconds, at most 65535s");
  for (const char* id : {"INTCX102", "intc0102", "PNP0C3", "PNP0C31X", "PN10C31", "INTC01G2", ""}) {
    EXPECT_EQ(error_of(std::string("[tpm.tis]\nacpi_id = \"") + id + "\"\n"),
              std::string("m.toml:5:11: acpi_id is \"") + id +
                  "\"; it must be an ACPI hardware ID, such as \"INTC0102\" or \"PNP0C31\"");
  }
  EXPECT_EQ(error_of("[tpm.upgrade]\nmax_block = 4001\n"),
            "m.toml:5:13: tpm.upgrade.max_block is 4001; it must be 1 to 4000");
}

}  // namespace
}  // namespace emulator::machine
