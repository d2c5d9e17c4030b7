// SPDX-License-Identifier: BSD-3-Clause
// The [tpm] table of a machine profile and its sub-tables.
#include <fmt/format.h>

#include "emulator/machine/profile_keys.h"
#include "emulator/machine/secret_keys.h"
#include "emulator/tpm/stored_states.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;

constexpr Named<tpm::Ownership> kOwnerships[] = {{"no_ek", tpm::Ownership::no_ek},
                                                 {"unowned", tpm::Ownership::unowned},
                                                 {"owned", tpm::Ownership::owned}};
constexpr Named<tpm::OwnerSecret> kOwnerSecrets[] = {{"passphrase", tpm::OwnerSecret::passphrase},
                                                     {"well_known", tpm::OwnerSecret::well_known},
                                                     {"unknown", tpm::OwnerSecret::unknown}};
constexpr Named<tpm::SelfTest> kSelfTests[] = {{"passed", tpm::SelfTest::passed},
                                               {"failed", tpm::SelfTest::failed}};
constexpr Named<tpm::UnownedUpgrade> kUnownedUpgrades[] = {
    {"presence", tpm::UnownedUpgrade::presence},
    {"open", tpm::UnownedUpgrade::open},
    {"never", tpm::UnownedUpgrade::never}};
constexpr Named<tpm::InactiveUpgrade> kInactiveUpgrades[] = {
    {"refused", tpm::InactiveUpgrade::refused}, {"allowed", tpm::InactiveUpgrade::allowed}};
constexpr Named<tpm::Bios> kBioses[] = {{"starts_tpm", tpm::Bios::starts_tpm},
                                        {"absent", tpm::Bios::absent}};

constexpr std::size_t kVendorLength = 4;
constexpr base::Duration kLongestLockout = 65535s;  ///< the record's fields are 16 bits wide
constexpr Range kBlocks = {.low = 1, .high = 4000};
constexpr Range kFifos = {.low = 1, .high = 4096};
constexpr Range kKeys = {.low = 0, .high = tpm::kStoredTpms - 1};

void read_vendor(StrictTable& t, std::string& out) {
  if (!t.read("vendor", out) || out.size() == kVendorLength) return;
  t.fail("vendor", fmt::format("vendor is \"{}\"; it must have four characters", out));
}

void read_seconds(StrictTable& t, std::string_view key, base::Duration& out) {
  if (!t.read(key, out)) return;
  if (out % 1s == base::Duration::zero() && out <= kLongestLockout) return;
  t.fail(key, fmt::format("{} must be whole seconds, at most {}s", key, kLongestLockout / 1s));
}

void read_lockout(StrictTable t, tpm::Lockout& out) {
  t.read("threshold", out.threshold);
  read_seconds(t, "initial", out.initial);
  t.read("multiplier", out.multiplier);
  read_seconds(t, "fade_out", out.fade_out);
}

void read_presence(StrictTable t, tpm::Presence& out) {
  t.read("lifetime_lock", out.lifetime_lock);
  t.read("command_enabled", out.command_enabled);
  t.read("hardware_enabled", out.hardware_enabled);
  t.read("bios_locks", out.bios_locks);
}

void read_upgrade(StrictTable t, tpm::Upgrade& out) {
  t.read_named("unowned", out.unowned, kUnownedUpgrades);
  t.read_named("inactive", out.inactive, kInactiveUpgrades);
  t.read("max_block", out.max_block, kBlocks);
}

bool is_acpi_id(std::string_view id) {
  if (id.size() != 7 && id.size() != 8) return false;
  const std::string_view vendor = id.substr(0, id.size() - 4);
  const std::string_view number = id.substr(id.size() - 4);
  const std::string_view of_vendor =
      vendor.size() == 3 ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return vendor.find_first_not_of(of_vendor) == vendor.npos &&
         number.find_first_not_of("0123456789ABCDEF") == number.npos;
}

void read_acpi_id(StrictTable& t, std::string& out) {
  if (!t.read("acpi_id", out) || is_acpi_id(out)) return;
  t.fail("acpi_id",
         fmt::format("acpi_id is \"{}\"; it must be an ACPI hardware ID, such as \"INTC0102\" or "
                     "\"PNP0C31\"",
                     out));
}

void read_tis(StrictTable t, tpm::Tis& out) {
  t.read("expect_flaw", out.expect_flaw);
  t.read("vendor_id", out.vendor_id);
  t.read("device_id", out.device_id);
  t.read("revision_id", out.revision_id);
  read_acpi_id(t, out.acpi_id);
  t.read("fifo_size", out.fifo_size, kFifos);
  t.read("fifo_refill", out.fifo_refill);
}

void read_timing(StrictTable t, tpm::Timing& out) {
  t.read("command", out.command);
  t.read("authorised", out.authorised);
  t.read("rsa", out.rsa);
  t.read("key_generation", out.key_generation);
  t.read("self_test", out.self_test);
  t.read("upgrade_block", out.upgrade_block);
}

}  // namespace

void read_tpm_state(StrictTable& t, tpm::TpmState& out) {
  t.read_named("ownership", out.ownership, kOwnerships);
  t.read_named("owner_secret", out.owner_secret, kOwnerSecrets);
  t.read(kOwnerPassphraseKey.key, out.owner_passphrase);
  t.read("enabled", out.enabled);
  t.read("active", out.active);
  t.read("temporarily_deactivated", out.temporarily_deactivated);
  t.read("owner_install", out.owner_install);
  t.read("owner_clear", out.owner_clear);
  t.read("force_clear", out.force_clear);
  t.read("failed_attempts", out.failed_attempts);
  t.read_named("self_test", out.self_test, kSelfTests);
}

void read_tpm(StrictTable t, tpm::TpmConfig& out) {
  t.read("fitted", out.fitted);
  read_vendor(t, out.vendor);
  t.read("fips", out.fips);
  if (std::uint8_t key = 0; t.read("endorsement_key", key, kKeys)) out.endorsement_key = key;
  t.read_named("bios", out.bios, kBioses);
  if (auto state = t.table("state")) read_tpm_state(*state, out.state);
  if (const auto lockout = t.table("lockout")) read_lockout(*lockout, out.lockout);
  if (const auto presence = t.table("presence")) read_presence(*presence, out.presence);
  if (const auto upgrade = t.table("upgrade")) read_upgrade(*upgrade, out.upgrade);
  if (const auto tis = t.table("tis")) read_tis(*tis, out.tis);
  if (const auto timing = t.table("timing")) read_timing(*timing, out.timing);
}

}  // namespace emulator::machine
