// SPDX-License-Identifier: BSD-3-Clause
// TPM 1.2 return codes with their names (TPM Main Part 2, section 16).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace protocol::tpm {

enum class ReturnCode : std::uint32_t {
  success = 0x00,
  auth_fail = 0x01,
  bad_index = 0x02,
  bad_parameter = 0x03,
  audit_failure = 0x04,
  clear_disabled = 0x05,
  deactivated = 0x06,
  disabled = 0x07,
  disabled_command = 0x08,
  fail = 0x09,
  bad_ordinal = 0x0A,
  install_disabled = 0x0B,
  invalid_key_handle = 0x0C,
  key_not_found = 0x0D,
  inappropriate_enc = 0x0E,
  migrate_fail = 0x0F,
  invalid_pcr_info = 0x10,
  no_space = 0x11,
  no_srk = 0x12,
  not_sealed_blob = 0x13,
  owner_set = 0x14,
  resources = 0x15,
  short_random = 0x16,
  size = 0x17,
  wrong_pcr_value = 0x18,
  bad_param_size = 0x19,
  failed_self_test = 0x1C,
  auth2_fail = 0x1D,
  bad_tag = 0x1E,
  io_error = 0x1F,
  encrypt_error = 0x20,
  decrypt_error = 0x21,
  invalid_auth_handle = 0x22,
  no_endorsement = 0x23,
  invalid_key_usage = 0x24,
  wrong_entity_type = 0x25,
  invalid_post_init = 0x26,
  bad_presence = 0x2D,
  bad_version = 0x2E,
  area_locked = 0x3C,
  bad_locality = 0x3D,
  max_nv_writes = 0x48,
  permanent_ek = 0x61,
  bad_signature = 0x62,
  retry = 0x800,
  needs_self_test = 0x801,
  doing_self_test = 0x802,
  defend_lock_running = 0x803,
};

struct ReturnCodeRow {
  ReturnCode code;
  std::string_view name;     ///< as in the specification
  std::string_view meaning;  ///< for people
};

inline constexpr std::array kReturnCodes = {
    ReturnCodeRow{ReturnCode::success, "TPM_SUCCESS", "done"},
    ReturnCodeRow{ReturnCode::auth_fail, "TPM_AUTHFAIL", "the secret is wrong"},
    ReturnCodeRow{ReturnCode::bad_index, "TPM_BADINDEX", "no such register or area"},
    ReturnCodeRow{ReturnCode::bad_parameter, "TPM_BAD_PARAMETER", "a parameter is wrong"},
    ReturnCodeRow{ReturnCode::audit_failure, "TPM_AUDITFAILURE", "auditing failed"},
    ReturnCodeRow{ReturnCode::clear_disabled, "TPM_CLEAR_DISABLED", "clearing is disabled"},
    ReturnCodeRow{ReturnCode::deactivated, "TPM_DEACTIVATED", "the TPM is inactive"},
    ReturnCodeRow{ReturnCode::disabled, "TPM_DISABLED", "the TPM is disabled"},
    ReturnCodeRow{ReturnCode::disabled_command, "TPM_DISABLED_CMD", "this command is disabled"},
    ReturnCodeRow{ReturnCode::fail, "TPM_FAIL", "the operation failed"},
    ReturnCodeRow{ReturnCode::bad_ordinal, "TPM_BAD_ORDINAL", "the TPM does not know the command"},
    ReturnCodeRow{ReturnCode::install_disabled, "TPM_INSTALL_DISABLED",
                  "installing an owner is disabled"},
    ReturnCodeRow{ReturnCode::invalid_key_handle, "TPM_INVALID_KEYHANDLE", "no such key"},
    ReturnCodeRow{ReturnCode::key_not_found, "TPM_KEYNOTFOUND", "the key was not found"},
    ReturnCodeRow{ReturnCode::inappropriate_enc, "TPM_INAPPROPRIATE_ENC",
                  "unacceptable encryption scheme"},
    ReturnCodeRow{ReturnCode::migrate_fail, "TPM_MIGRATEFAIL", "migration authorisation failed"},
    ReturnCodeRow{ReturnCode::invalid_pcr_info, "TPM_INVALID_PCR_INFO",
                  "PCR information could not be interpreted"},
    ReturnCodeRow{ReturnCode::no_space, "TPM_NOSPACE", "no room"},
    ReturnCodeRow{ReturnCode::no_srk, "TPM_NOSRK", "the TPM has no owner"},
    ReturnCodeRow{ReturnCode::not_sealed_blob, "TPM_NOTSEALED_BLOB", "not a sealed blob"},
    ReturnCodeRow{ReturnCode::owner_set, "TPM_OWNER_SET", "the TPM already has an owner"},
    ReturnCodeRow{ReturnCode::resources, "TPM_RESOURCES", "too many sessions or keys are loaded"},
    ReturnCodeRow{ReturnCode::short_random, "TPM_SHORTRANDOM", "a random string was too short"},
    ReturnCodeRow{ReturnCode::size, "TPM_SIZE", "the TPM does not have the space"},
    ReturnCodeRow{ReturnCode::wrong_pcr_value, "TPM_WRONGPCRVAL", "the platform has changed"},
    ReturnCodeRow{ReturnCode::bad_param_size, "TPM_BAD_PARAM_SIZE", "the command's size is wrong"},
    ReturnCodeRow{ReturnCode::failed_self_test, "TPM_FAILEDSELFTEST",
                  "the TPM failed its self-test and has shut down"},
    ReturnCodeRow{ReturnCode::auth2_fail, "TPM_AUTH2FAIL", "the second secret is wrong"},
    ReturnCodeRow{ReturnCode::bad_tag, "TPM_BADTAG", "the command's tag is wrong"},
    ReturnCodeRow{ReturnCode::io_error, "TPM_IOERROR", "an input or output error"},
    ReturnCodeRow{ReturnCode::encrypt_error, "TPM_ENCRYPT_ERROR", "encryption failed"},
    ReturnCodeRow{ReturnCode::decrypt_error, "TPM_DECRYPT_ERROR", "decryption failed"},
    ReturnCodeRow{ReturnCode::invalid_auth_handle, "TPM_INVALID_AUTHHANDLE", "no such session"},
    ReturnCodeRow{ReturnCode::no_endorsement, "TPM_NO_ENDORSEMENT",
                  "the TPM has no endorsement key"},
    ReturnCodeRow{ReturnCode::invalid_key_usage, "TPM_INVALID_KEYUSAGE", "the key is not for this"},
    ReturnCodeRow{ReturnCode::wrong_entity_type, "TPM_WRONG_ENTITYTYPE", "wrong kind of entity"},
    ReturnCodeRow{ReturnCode::invalid_post_init, "TPM_INVALID_POSTINIT",
                  "not in this order at start-up"},
    ReturnCodeRow{ReturnCode::bad_presence, "TPM_BAD_PRESENCE", "nobody is physically present"},
    ReturnCodeRow{ReturnCode::bad_version, "TPM_BAD_VERSION", "the version is wrong"},
    ReturnCodeRow{ReturnCode::area_locked, "TPM_AREA_LOCKED", "the NV area is locked"},
    ReturnCodeRow{ReturnCode::bad_locality, "TPM_BAD_LOCALITY", "wrong locality"},
    ReturnCodeRow{ReturnCode::max_nv_writes, "TPM_MAXNVWRITES",
                  "too many NV writes without an owner"},
    ReturnCodeRow{ReturnCode::permanent_ek, "TPM_PERMANENTEK",
                  "the endorsement key cannot be removed"},
    ReturnCodeRow{ReturnCode::bad_signature, "TPM_BAD_SIGNATURE", "a signature is wrong"},
    ReturnCodeRow{ReturnCode::retry, "TPM_RETRY", "busy: ask again"},
    ReturnCodeRow{ReturnCode::needs_self_test, "TPM_NEEDS_SELFTEST", "a self-test is needed first"},
    ReturnCodeRow{ReturnCode::doing_self_test, "TPM_DOING_SELFTEST", "the self-test is running"},
    ReturnCodeRow{ReturnCode::defend_lock_running, "TPM_DEFEND_LOCK_RUNNING",
                  "locked after too many wrong secrets"},
};

/// The specification's name, "unknown" for a code not in the table.
constexpr std::string_view name(ReturnCode code) {
  for (const ReturnCodeRow& row : kReturnCodes) {
    if (row.code == code) return row.name;
  }
  return "unknown";
}

constexpr std::string_view meaning(ReturnCode code) {
  for (const ReturnCodeRow& row : kReturnCodes) {
    if (row.code == code) return row.meaning;
  }
  return "an error this program does not know";
}

/// Codes from 0x800 up pass: the session survives, and the command may be sent again.
constexpr bool passes(ReturnCode code) {
  return static_cast<std::uint32_t>(code) >= 0x800;
}

constexpr std::uint32_t number(ReturnCode code) {
  return static_cast<std::uint32_t>(code);
}

}  // namespace protocol::tpm
