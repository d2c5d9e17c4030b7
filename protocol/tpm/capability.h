// SPDX-License-Identifier: BSD-3-Clause
// TPM_GetCapability and the structures it answers with, as far as this tree asks for them (TPM Main
// Part 2, sections 7, 10 and 21; Part 3, section 7.1).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "protocol/board_id.h"
#include "protocol/tpm/frame.h"
#include "protocol/tpm/types.h"

namespace protocol::tpm {

enum class CapArea : std::uint32_t {
  ord = 0x01,
  flag = 0x04,
  property = 0x05,
  version = 0x06,
  mfr = 0x10,
  handle = 0x14,
  da_logic = 0x19,
  version_val = 0x1A,
};

/// Sub-capabilities of CapArea::flag and CapArea::property.
inline constexpr std::uint32_t kCapFlagPermanent = 0x108;
inline constexpr std::uint32_t kCapFlagVolatile = 0x109;
inline constexpr std::uint32_t kCapPropManufacturer = 0x103;
inline constexpr std::uint32_t kCapPropOwner = 0x111;
inline constexpr std::uint32_t kCapPropTisTimeouts = 0x115;
inline constexpr std::uint32_t kCapPropDurations = 0x120;
inline constexpr std::uint32_t kCapPropInputBuffer = 0x124;

/// Sub-capability of CapArea::mfr, which is each maker's own: "MBID". Only the TPM of a board that
/// is served knows it (docs/fidelity.md, serve-board-id).
inline constexpr std::uint32_t kCapMfrBoardId = 0x4D424944;

/// TPM_GetCapability; `sub_cap` is empty, 2 (da_logic: an entity type) or 4 bytes, and refers into
/// the frame.
struct CapabilityRequest {
  CapArea area{};
  base::ByteView sub_cap;
};

/// TPM_PERMANENT_FLAGS, tag 001F, twenty BOOLs in this order.
struct PermanentFlags {
  static constexpr std::size_t size = 22;
  bool disable = false;
  bool ownership = false;
  bool deactivated = false;
  bool read_pubek = false;
  bool disable_owner_clear = false;
  bool allow_maintenance = false;
  bool physical_presence_lifetime_lock = false;
  bool physical_presence_hw_enable = false;
  bool physical_presence_cmd_enable = false;
  bool cekp_used = false;
  bool tpm_post = false;
  bool tpm_post_lock = false;
  bool fips = false;
  bool operator_set = false;
  bool enable_revoke_ek = false;
  bool nv_locked = false;
  bool read_srk_pub = false;
  bool tpm_established = false;
  bool maintenance_done = false;
  bool disable_full_da_logic_info = false;

  bool operator==(const PermanentFlags&) const = default;
};

/// TPM_STCLEAR_FLAGS, tag 0020, five BOOLs.
struct StclearFlags {
  static constexpr std::size_t size = 7;
  bool deactivated = false;
  bool disable_force_clear = false;
  bool physical_presence = false;
  bool physical_presence_lock = false;
  bool b_global_lock = false;

  bool operator==(const StclearFlags&) const = default;
};

/// TPM_VERSION: 1.2, then the maker's own revision.
struct TpmVersion {
  std::uint8_t major = 1;
  std::uint8_t minor = 2;
  std::uint8_t rev_major = 0;
  std::uint8_t rev_minor = 0;

  bool operator==(const TpmVersion&) const = default;
};

using VendorId = std::array<std::uint8_t, 4>;
inline constexpr VendorId kVendorIntel = {'I', 'N', 'T', 'C'};

/// TPM_CAP_VERSION_INFO, tag 0030.
struct VersionInfo {
  TpmVersion version;
  std::uint16_t spec_level = 2;
  std::uint8_t errata_revision = 3;
  VendorId vendor{};
  base::Bytes vendor_specific;

  bool operator==(const VersionInfo&) const = default;
};

/// What our iTPM puts into vendorSpecific: the rest of its firmware's version
/// (docs/fidelity.md, tpm-version).
struct BuildRecord {
  static constexpr std::size_t size = 4;
  std::uint16_t hotfix = 0;
  std::uint16_t build = 0;

  bool operator==(const BuildRecord&) const = default;
};

/// The dictionary-attack parameters as MEInfo shows them, eight bytes big-endian. Read three bytes
/// late, as one tool of the field report does, 000A 00F0 0002 0E10 becomes 61440, 526, 4096, 0.
struct LockoutRecord {
  static constexpr std::size_t size = 8;
  std::uint16_t threshold = 0;
  std::uint16_t initial_seconds = 0;
  std::uint16_t multiplier = 0;
  std::uint16_t fade_out_seconds = 0;

  bool operator==(const LockoutRecord&) const = default;
};

/// What a served board's TPM answers to kCapMfrBoardId: a text that nobody else would answer, then
/// the id.
struct BoardRecord {
  static constexpr std::string_view kText = "mebench:";
  static constexpr std::size_t size = kText.size() + BoardId::size;
  BoardId id;

  bool operator==(const BoardRecord&) const = default;
};

inline constexpr std::uint32_t kDaActionTimeout = 1;

/// TPM_DA_INFO, tag 0037.
struct DaInfo {
  bool active = false;  ///< a lockout runs
  std::uint16_t current_count = 0;
  std::uint16_t threshold_count = 0;
  std::uint32_t actions = kDaActionTimeout;
  std::uint32_t action_depend_value = 0;  ///< seconds left of the lockout
  base::Bytes vendor_data;

  bool operator==(const DaInfo&) const = default;
};

/// TPM_DA_INFO_LIMITED, tag 0038: what a TPM says whose owner hides the details.
struct DaInfoLimited {
  bool active = false;
  std::uint32_t actions = kDaActionTimeout;
  base::Bytes vendor_data;

  bool operator==(const DaInfoLimited&) const = default;
};

base::Bytes to_bytes(const CapabilityRequest&);
base::Bytes capability_command(CapArea area);
base::Bytes capability_command(CapArea area, std::uint32_t sub_cap);
base::Bytes da_logic_command();
/// The answer's frame around the capability's own bytes.
base::Bytes capability_response(base::ByteView data);

base::Bytes to_bytes(const PermanentFlags&);
base::Bytes to_bytes(const StclearFlags&);
base::Bytes to_bytes(const TpmVersion&);
base::Bytes to_bytes(const VersionInfo&);
base::Bytes to_bytes(const BuildRecord&);
base::Bytes to_bytes(const LockoutRecord&);
base::Bytes to_bytes(const BoardRecord&);
base::Bytes to_bytes(const DaInfo&);
base::Bytes to_bytes(const DaInfoLimited&);

/// From a whole TPM_GetCapability frame.
std::optional<CapabilityRequest> decode_capability_request(base::ByteView frame);
/// The capability's own bytes out of a successful response.
std::optional<base::ByteView> decode_capability_response(base::ByteView frame);
/// A four-byte sub-capability.
std::optional<std::uint32_t> number_of(const CapabilityRequest& request);

std::optional<PermanentFlags> decode_permanent_flags(base::ByteView data);
std::optional<StclearFlags> decode_stclear_flags(base::ByteView data);
std::optional<TpmVersion> decode_version(base::ByteView data);
std::optional<VersionInfo> decode_version_info(base::ByteView data);
std::optional<BuildRecord> decode_build_record(base::ByteView data);
std::optional<LockoutRecord> decode_lockout_record(base::ByteView data);
std::optional<BoardRecord> decode_board_record(base::ByteView data);
std::optional<DaInfo> decode_da_info(base::ByteView data);
std::optional<DaInfoLimited> decode_da_info_limited(base::ByteView data);

}  // namespace protocol::tpm
