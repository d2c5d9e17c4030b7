// SPDX-License-Identifier: BSD-3-Clause
// TPM 1.2 command ordinals (TPM Main Part 2, section 17), and how long each keeps a TPM busy.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace protocol::tpm {

enum class Ordinal : std::uint32_t {
  oiap = 0x0A,
  osap = 0x0B,
  change_auth = 0x0C,
  take_ownership = 0x0D,
  change_auth_owner = 0x10,
  dsap = 0x11,
  extend = 0x14,
  pcr_read = 0x15,
  quote = 0x16,
  seal = 0x17,
  unseal = 0x18,
  create_wrap_key = 0x1F,
  get_pub_key = 0x21,
  evict_key = 0x22,
  sign = 0x3C,
  quote2 = 0x3E,
  set_capability = 0x3F,
  reset_lock_value = 0x40,
  load_key2 = 0x41,
  get_random = 0x46,
  stir_random = 0x47,
  self_test_full = 0x50,
  continue_self_test = 0x53,
  get_test_result = 0x54,
  owner_clear = 0x5B,
  disable_owner_clear = 0x5C,
  force_clear = 0x5D,
  disable_force_clear = 0x5E,
  get_capability = 0x65,
  get_capability_owner = 0x66,
  owner_set_disable = 0x6E,
  physical_enable = 0x6F,
  physical_disable = 0x70,
  set_owner_install = 0x71,
  physical_set_deactivated = 0x72,
  set_temp_deactivated = 0x73,
  create_endorsement_key_pair = 0x78,
  make_identity = 0x79,
  read_pubek = 0x7C,
  owner_read_internal_pub = 0x81,
  startup = 0x99,
  save_state = 0x98,
  sha1_start = 0xA0,
  field_upgrade = 0xAA,
  save_context = 0xB8,
  load_context = 0xB9,
  flush_specific = 0xBA,
  nv_define_space = 0xCC,
  nv_write_value = 0xCD,
  nv_write_value_auth = 0xCE,
  nv_read_value = 0xCF,
  nv_read_value_auth = 0xD0,
  create_counter = 0xDC,
  increment_counter = 0xDD,
  execute_transport = 0xE7,
  get_ticks = 0xF1,
  tsc_physical_presence = 0x4000000A,
  tsc_reset_establishment_bit = 0x4000000B,
};

/// What kind of work a command is.
enum class Work : std::uint8_t { quick, rsa, key_generation, self_test, field_upgrade };

struct OrdinalRow {
  Ordinal ordinal;
  std::string_view name;  ///< as in the specification, without "TPM_"
  Work work = Work::quick;
};

inline constexpr std::array kOrdinals = {
    OrdinalRow{Ordinal::oiap, "OIAP"},
    OrdinalRow{Ordinal::osap, "OSAP"},
    OrdinalRow{Ordinal::change_auth, "ChangeAuth"},
    OrdinalRow{Ordinal::take_ownership, "TakeOwnership", Work::key_generation},
    OrdinalRow{Ordinal::change_auth_owner, "ChangeAuthOwner"},
    OrdinalRow{Ordinal::dsap, "DSAP"},
    OrdinalRow{Ordinal::extend, "Extend"},
    OrdinalRow{Ordinal::pcr_read, "PCRRead"},
    OrdinalRow{Ordinal::quote, "Quote", Work::rsa},
    OrdinalRow{Ordinal::seal, "Seal"},
    OrdinalRow{Ordinal::unseal, "Unseal", Work::rsa},
    OrdinalRow{Ordinal::create_wrap_key, "CreateWrapKey", Work::key_generation},
    OrdinalRow{Ordinal::get_pub_key, "GetPubKey"},
    OrdinalRow{Ordinal::evict_key, "EvictKey"},
    OrdinalRow{Ordinal::sign, "Sign", Work::rsa},
    OrdinalRow{Ordinal::quote2, "Quote2", Work::rsa},
    OrdinalRow{Ordinal::set_capability, "SetCapability"},
    OrdinalRow{Ordinal::reset_lock_value, "ResetLockValue"},
    OrdinalRow{Ordinal::load_key2, "LoadKey2", Work::rsa},
    OrdinalRow{Ordinal::get_random, "GetRandom"},
    OrdinalRow{Ordinal::stir_random, "StirRandom"},
    OrdinalRow{Ordinal::self_test_full, "SelfTestFull", Work::self_test},
    OrdinalRow{Ordinal::continue_self_test, "ContinueSelfTest", Work::self_test},
    OrdinalRow{Ordinal::get_test_result, "GetTestResult"},
    OrdinalRow{Ordinal::owner_clear, "OwnerClear"},
    OrdinalRow{Ordinal::disable_owner_clear, "DisableOwnerClear"},
    OrdinalRow{Ordinal::force_clear, "ForceClear"},
    OrdinalRow{Ordinal::disable_force_clear, "DisableForceClear"},
    OrdinalRow{Ordinal::get_capability, "GetCapability"},
    OrdinalRow{Ordinal::get_capability_owner, "GetCapabilityOwner"},
    OrdinalRow{Ordinal::owner_set_disable, "OwnerSetDisable"},
    OrdinalRow{Ordinal::physical_enable, "PhysicalEnable"},
    OrdinalRow{Ordinal::physical_disable, "PhysicalDisable"},
    OrdinalRow{Ordinal::set_owner_install, "SetOwnerInstall"},
    OrdinalRow{Ordinal::physical_set_deactivated, "PhysicalSetDeactivated"},
    OrdinalRow{Ordinal::set_temp_deactivated, "SetTempDeactivated"},
    OrdinalRow{Ordinal::create_endorsement_key_pair, "CreateEndorsementKeyPair",
               Work::key_generation},
    OrdinalRow{Ordinal::make_identity, "MakeIdentity", Work::key_generation},
    OrdinalRow{Ordinal::read_pubek, "ReadPubek"},
    OrdinalRow{Ordinal::owner_read_internal_pub, "OwnerReadInternalPub"},
    OrdinalRow{Ordinal::save_state, "SaveState"},
    OrdinalRow{Ordinal::startup, "Startup"},
    OrdinalRow{Ordinal::sha1_start, "SHA1Start"},
    OrdinalRow{Ordinal::field_upgrade, "FieldUpgrade", Work::field_upgrade},
    OrdinalRow{Ordinal::save_context, "SaveContext"},
    OrdinalRow{Ordinal::load_context, "LoadContext"},
    OrdinalRow{Ordinal::flush_specific, "FlushSpecific"},
    OrdinalRow{Ordinal::nv_define_space, "NV_DefineSpace"},
    OrdinalRow{Ordinal::nv_write_value, "NV_WriteValue"},
    OrdinalRow{Ordinal::nv_write_value_auth, "NV_WriteValueAuth"},
    OrdinalRow{Ordinal::nv_read_value, "NV_ReadValue"},
    OrdinalRow{Ordinal::nv_read_value_auth, "NV_ReadValueAuth"},
    OrdinalRow{Ordinal::create_counter, "CreateCounter"},
    OrdinalRow{Ordinal::increment_counter, "IncrementCounter"},
    OrdinalRow{Ordinal::execute_transport, "ExecuteTransport"},
    OrdinalRow{Ordinal::get_ticks, "GetTicks"},
    OrdinalRow{Ordinal::tsc_physical_presence, "TSC_PhysicalPresence"},
    OrdinalRow{Ordinal::tsc_reset_establishment_bit, "TSC_ResetEstablishmentBit"},
};

/// The specification's name, "unknown" for an ordinal not in the table.
constexpr std::string_view name(Ordinal ordinal) {
  for (const OrdinalRow& row : kOrdinals) {
    if (row.ordinal == ordinal) return row.name;
  }
  return "unknown";
}

constexpr Work work_of(Ordinal ordinal) {
  for (const OrdinalRow& row : kOrdinals) {
    if (row.ordinal == ordinal) return row.work;
  }
  return Work::quick;
}

}  // namespace protocol::tpm
