// SPDX-License-Identifier: BSD-3-Clause
// The commands that give a TPM 1.2 its keys, its owner and its state (TPM Main Part 3, sections 3
// to 6, 14 and 22).
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "protocol/tpm/authorisation.h"
#include "protocol/tpm/types.h"

namespace protocol::tpm {

enum class StartupType : std::uint16_t { clear = 1, state = 2, deactivated = 3 };

/// TSC_PhysicalPresence (PC Client specification): one meaning or several or-ed.
inline constexpr std::uint16_t kPresenceLock = 0x0004;
inline constexpr std::uint16_t kPresencePresent = 0x0008;
inline constexpr std::uint16_t kPresenceNotPresent = 0x0010;
inline constexpr std::uint16_t kPresenceCmdEnable = 0x0020;
inline constexpr std::uint16_t kPresenceHwEnable = 0x0040;
inline constexpr std::uint16_t kPresenceLifetimeLock = 0x0080;
inline constexpr std::uint16_t kPresenceCmdDisable = 0x0100;
inline constexpr std::uint16_t kPresenceHwDisable = 0x0200;

/// The argument of SetOwnerInstall, PhysicalSetDeactivated and OwnerSetDisable.
enum class Setting : std::uint8_t { off = 0, on = 1 };

/// A command that is a header and nothing more: SelfTestFull, PhysicalEnable, ForceClear,
/// SaveState ...
base::Bytes bare_command(Ordinal ordinal);
base::Bytes startup_command(StartupType type);
base::Bytes presence_command(std::uint16_t meaning);
/// SetOwnerInstall, PhysicalSetDeactivated.
base::Bytes setting_command(Ordinal ordinal, Setting setting);
/// TPM_RT_AUTH (Part 2, 4.1), of CapArea::handle and TPM_FlushSpecific.
inline constexpr std::uint32_t kResourceAuth = 2;
base::Bytes flush_session_command(Handle session);
/// TPM_SetCapability(STCLEAR_DATA, DEFERREDPHYSICALPRESENCE, unownedFieldUpgrade or nothing).
base::Bytes deferred_presence_command(Setting unowned_field_upgrade);
base::Bytes get_random_command(std::uint32_t count);

std::optional<std::uint16_t> decode_presence_command(base::ByteView frame);
std::optional<StartupType> decode_startup_command(base::ByteView frame);

/// The 256-byte modulus of a 2048-bit RSA key with the default exponent.
struct PublicKey {
  base::Bytes modulus;
};

/// ReadPubek and CreateEndorsementKeyPair; `anti_replay` is any nonce, and the answer's checksum is
/// SHA-1(TPM_PUBKEY || anti_replay).
base::Bytes read_pubek_command(const Nonce& anti_replay);
base::Bytes create_endorsement_key_command(const Nonce& anti_replay);
/// Nothing when the frame is not such an answer or its checksum is wrong.
std::optional<PublicKey> decode_pubek_reply(base::ByteView frame, const Nonce& anti_replay);

/// Parameters of TPM_TakeOwnership (C2, one OIAP session keyed with the new owner's secret): both
/// secrets encrypted for the endorsement key, and a 2048-bit storage root key.
struct TakeOwnershipParams {
  base::Bytes encrypted_owner_secret;
  base::Bytes encrypted_srk_secret;
};
base::Bytes to_bytes(const TakeOwnershipParams&);
std::optional<TakeOwnershipParams> decode_take_ownership_params(base::ByteView params);

/// Parameters of TPM_OwnerReadInternalPub: the handle is a parameter here, covered by the digest.
base::Bytes owner_read_internal_pub_params(Handle key);
/// The modulus out of the answer's parameters (a TPM_PUBKEY).
std::optional<PublicKey> decode_pubkey(base::ByteView pubkey);

}  // namespace protocol::tpm
