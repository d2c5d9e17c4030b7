// SPDX-License-Identifier: BSD-3-Clause
// The keys of a machine profile's [tpm] table and its sub-tables; describe_profile.h says how they
// are read.
#pragma once

#include "emulator/machine/profile_words.h"
#include "emulator/machine/secret_keys.h"

namespace emulator::machine {

template <class Visitor>
void describe(Visitor& v, tpm::TpmState& c) {
  v.key("ownership", c.ownership, kOwnerships);
  v.key("owner_secret", c.owner_secret, kOwnerSecrets);
  v.key(kOwnerPassphraseKey.key, c.owner_passphrase);
  v.key("enabled", c.enabled);
  v.key("active", c.active);
  v.key("temporarily_deactivated", c.temporarily_deactivated);
  v.key("owner_install", c.owner_install);
  v.key("owner_clear", c.owner_clear);
  v.key("force_clear", c.force_clear);
  v.key("failed_attempts", c.failed_attempts);
  v.key("self_test", c.self_test, kSelfTests);
}

template <class Visitor>
void describe(Visitor& v, tpm::Lockout& c) {
  v.key("threshold", c.threshold);
  v.key("initial", c.initial, Check<base::Duration>(lockout_seconds));
  v.key("multiplier", c.multiplier);
  v.key("fade_out", c.fade_out, Check<base::Duration>(lockout_seconds));
}

template <class Visitor>
void describe(Visitor& v, tpm::Presence& c) {
  v.key("lifetime_lock", c.lifetime_lock);
  v.key("command_enabled", c.command_enabled);
  v.key("hardware_enabled", c.hardware_enabled);
  v.key("bios_locks", c.bios_locks);
}

template <class Visitor>
void describe(Visitor& v, tpm::Upgrade& c) {
  v.key("unowned", c.unowned, kUnownedUpgrades);
  v.key("inactive", c.inactive, kInactiveUpgrades);
  v.key("max_block", c.max_block, kBlocks);
}

template <class Visitor>
void describe(Visitor& v, tpm::Tis& c) {
  v.key("expect_flaw", c.expect_flaw);
  v.key("vendor_id", c.vendor_id);
  v.key("device_id", c.device_id);
  v.key("revision_id", c.revision_id);
  v.key("acpi_id", c.acpi_id, Check<std::string>(acpi_hardware_id));
  v.key("fifo_size", c.fifo_size, kFifos);
  v.key("fifo_refill", c.fifo_refill);
}

template <class Visitor>
void describe(Visitor& v, tpm::Timing& c) {
  v.key("command", c.command);
  v.key("authorised", c.authorised);
  v.key("rsa", c.rsa);
  v.key("key_generation", c.key_generation);
  v.key("self_test", c.self_test);
  v.key("upgrade_block", c.upgrade_block);
}

template <class Visitor>
void describe(Visitor& v, tpm::TpmConfig& c) {
  v.key("fitted", c.fitted);
  v.key("vendor", c.vendor, Check<std::string>(four_characters));
  v.follows(c.version);
  v.key("fips", c.fips);
  v.key("endorsement_key", c.endorsement_key, kKeys);
  v.key("bios", c.bios, kBioses);
  v.table("state", c.state);
  v.table("lockout", c.lockout);
  v.table("presence", c.presence);
  v.table("upgrade", c.upgrade);
  v.table("tis", c.tis);
  v.table("timing", c.timing);
}

}  // namespace emulator::machine
