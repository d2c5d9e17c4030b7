// SPDX-License-Identifier: BSD-3-Clause
// TPM_FieldUpgrade (ordinal AA) as this project's iTPM speaks it. The specification leaves the
// contents to the vendor and nothing is public about Intel's. The shape - one-byte sub-command,
// length, data, check byte, authorisation once at the start - and the numbers 10, 11, 31, 32, 34
// follow the one TPM 1.2 flow whose tool is public (Infineon's TPMFactoryUpd); the contents of the
// blocks, the abort and every answer are ours (docs/fidelity.md, rows tpm-upgrade-...).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "protocol/firmware_version.h"
#include "protocol/tpm/types.h"

namespace protocol::tpm {

enum class UpgradeCommand : std::uint8_t {
  information = 0x10,  ///< never authorised, works in every state
  status = 0x11,       ///< never authorised, works in every state
  data = 0x31,
  complete = 0x32,
  abort = 0x33,
  start = 0x34,  ///< authorised by the owner (C2) where there is one
};

/// The body of every TPM_FieldUpgrade command, between the header and the authorisation
/// trailer: sub-command, 16-bit length, data, and - except for information and status - the XOR
/// of all of these.
struct UpgradeBody {
  UpgradeCommand command{};
  base::ByteView data;  ///< refers into what it was decoded from
};
constexpr bool has_check_byte(UpgradeCommand command) {
  return command != UpgradeCommand::information && command != UpgradeCommand::status;
}

/// Data of start. The owner authorises exactly this image: `image_digest` is its SHA-1.
struct UpgradeStart {
  std::uint32_t image_length = 0;
  Digest image_digest{};
  std::array<std::uint8_t, 16> oem_id{};
  /// Of the local-update rule, at most 32 bytes; not the owner's. Refers into what it was
  /// decoded from.
  std::string_view password;
};

/// The firmware's update session as the TPM tells it.
enum class UpgradeState : std::uint8_t {
  idle = 0,
  staging = 1,
  verifying = 2,
  committing = 3,
  committed = 4,
  failed = 5,
};

enum class UpgradeFeeder : std::uint8_t { none = 0, heci = 1, tpm = 2 };

/// The sub-command of the TPM's own upload that the session is still at work on, though nobody may
/// be waiting for its answer any more.
enum class UpgradeWork : std::uint8_t { nothing = 0, start = 1, data = 2, complete = 3 };

/// Of the answers to information and status. Layout 1 does not tell whose image an upload is:
/// its status ends before `digest`.
inline constexpr std::uint8_t kFirstUpgradeLayout = 1;
inline constexpr std::uint8_t kUpgradeLayout = 2;

/// Answer to information.
struct UpgradeInformation {
  static constexpr std::size_t size = 17;
  std::uint8_t layout = kUpgradeLayout;
  bool owner_set = false;          ///< start must be authorised by the owner
  bool unowned_allowed = false;    ///< without an owner, start would be taken now
  bool deferred_presence = false;  ///< the BIOS allowed it for this boot
  bool works_inactive = false;     ///< start is taken while the TPM is disabled or inactive
  std::uint16_t max_block = 0;     ///< bytes of image in one data command
  UpgradeState state = UpgradeState::idle;
  FirmwareVersion version;
  std::uint32_t last_status = 0;  ///< a protocol::update::ToolError number

  bool operator==(const UpgradeInformation&) const = default;
};

/// Answer to status.
struct UpgradeStatus {
  static constexpr std::size_t first_size = 18;  ///< in layout 1
  static constexpr std::size_t size = 39;
  std::uint8_t layout = kUpgradeLayout;  ///< told by the answer's length
  UpgradeState state = UpgradeState::idle;
  UpgradeFeeder feeder = UpgradeFeeder::none;
  std::uint32_t announced = 0;  ///< bytes of image that start announced through the TPM
  std::uint32_t received = 0;   ///< and that data brought: where to go on after a cancelled command
  std::uint32_t last_status =
      0;  ///< of the last update that ended, or kUpdateInProgress while one runs
  std::uint32_t reset_type = 0;  ///< what a committed update waits for: protocol::fwu::kReset...
  // From layout 2 on.
  Digest digest{};  ///< of the image that start announced through the TPM; zeros: no upload
  UpgradeWork working = UpgradeWork::nothing;

  bool operator==(const UpgradeStatus&) const = default;
};

/// Answer to start, data, complete and abort that the TPM itself did not refuse.
struct UpgradeOutcome {
  static constexpr std::size_t size = 8;
  std::uint32_t status = 0;      ///< a protocol::update::ToolError number
  std::uint32_t reset_type = 0;  ///< complete only

  bool operator==(const UpgradeOutcome&) const = default;
};

/// What stands between header and trailer; also what an owner's HMAC covers besides the ordinal.
base::Bytes to_bytes(const UpgradeBody&);
base::Bytes to_bytes(const UpgradeStart&);
/// A whole command without authorisation (C1).
base::Bytes upgrade_command(UpgradeCommand command, base::ByteView data);

/// Out parameters of the answers: 16-bit length and contents.
base::Bytes to_bytes(const UpgradeInformation&);
base::Bytes to_bytes(const UpgradeStatus&);
base::Bytes to_bytes(const UpgradeOutcome&);

enum class BodyFault : std::uint8_t { none, length, check_byte, unknown_command };
struct DecodedBody {
  UpgradeBody body;
  BodyFault fault = BodyFault::none;
};
DecodedBody decode_upgrade_body(base::ByteView bytes);
std::optional<UpgradeStart> decode_upgrade_start(base::ByteView data);
std::optional<UpgradeInformation> decode_upgrade_information(base::ByteView out_params);
std::optional<UpgradeStatus> decode_upgrade_status(base::ByteView out_params);
std::optional<UpgradeOutcome> decode_upgrade_outcome(base::ByteView out_params);

}  // namespace protocol::tpm
