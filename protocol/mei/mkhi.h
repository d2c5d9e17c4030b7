// SPDX-License-Identifier: BSD-3-Clause
// MKHI messages (ME kernel host interface), after EDK2/OpenCore HeciMsg.h, intelmetool and
// intel/lms. That ME 5 speaks exactly this form is not documented (docs/fidelity.md).
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "protocol/firmware_version.h"

namespace protocol::mkhi {

enum class Group : std::uint8_t {
  cbm = 0x00,
  pm = 0x01,
  pwd = 0x02,
  fwcaps = 0x03,
  hmrfpo = 0x05,
  fwupdate = 0x06,
  gen = 0xFF
};

inline constexpr std::uint8_t kGetRule = 0x02;          ///< FWCAPS
inline constexpr std::uint8_t kSetRule = 0x03;          ///< FWCAPS
inline constexpr std::uint8_t kGetUpdateStatus = 0x02;  ///< FWUPDATE; documented for ME 7 and later
inline constexpr std::uint8_t kGetMkhiVersion = 0x01;   ///< GEN
inline constexpr std::uint8_t kGetFirmwareVersion = 0x02;  ///< GEN
inline constexpr std::uint8_t kEndOfPost = 0x0C;           ///< GEN
inline constexpr std::uint8_t kEndOfPostSilent = 0x1A;     ///< GEN, ME 9: not acknowledged
inline constexpr std::uint8_t kHmrfpoEnable = 0x01;        ///< HMRFPO
inline constexpr std::uint8_t kHmrfpoLock = 0x02;          ///< HMRFPO
inline constexpr std::uint8_t kHmrfpoLockSilent = 0x05;    ///< HMRFPO, ME 9: not acknowledged
inline constexpr std::uint8_t kHmrfpoLocked = 1;           ///< status in the replies
inline constexpr std::uint8_t kUnconfigure = 0x0D;         ///< GEN: un-provision without password

/// FWCAPS rules (intel/lms, EDK2).
inline constexpr std::uint32_t kRuleCapabilities = 0x00;  ///< u32 MEFWCAPS_SKU
inline constexpr std::uint32_t kRuleMeDisable = 0x06;     ///< u8
inline constexpr std::uint32_t kRuleLocalUpdate = 0x07;   ///< u32: one of kLocalUpdate...
inline constexpr std::uint32_t kRulePlatformType = 0x1D;  ///< u32
inline constexpr std::uint32_t kRuleFeatureState = 0x20;  ///< u32
inline constexpr std::uint32_t kRuleAvailable = 0x27;     ///< u32
inline constexpr std::uint32_t kRuleOverride =
    0x14;  ///< u8: behaviour on the descriptor-override strap

inline constexpr std::uint8_t kLocalUpdateDisabled = 0;
inline constexpr std::uint8_t kLocalUpdateEnabled = 1;
inline constexpr std::uint8_t kLocalUpdatePassword = 2;

/// Rule 0x14 data; the two values are ours (docs/fidelity.md).
inline constexpr std::uint8_t kOverrideHalt = 0;
inline constexpr std::uint8_t kOverrideContinue = 1;

/// Result byte of a response. Only 0 is documented; the others are ours (docs/fidelity.md).
inline constexpr std::uint8_t kSuccess = 0x00;
inline constexpr std::uint8_t kUnknownCommand = 0x01;
inline constexpr std::uint8_t kInvalidParameter = 0x02;
inline constexpr std::uint8_t kNotAllowed = 0x03;

/// Result bytes of firmware from ME 6 on (Slim Bootloader, fwupd, intel/lms).
inline constexpr std::uint8_t kLaterInvalidState = 0x01;
inline constexpr std::uint8_t kLaterParameters = 0x85;
inline constexpr std::uint8_t kLaterNotSupported = 0x89;
inline constexpr std::uint8_t kLaterUnknownCommand = 0x8D;

/// The 4-byte header: group[7:0] command[14:8] is_response[15] reserved[23:16] result[31:24].
struct Header {
  static constexpr std::size_t size = 4;
  std::uint8_t group = 0;
  std::uint8_t command = 0;
  bool is_response = false;
  std::uint8_t result = 0;

  bool operator==(const Header&) const = default;
};

void encode(base::ByteWriter&, const Header&);
std::optional<Header> decode_header(base::ByteView message);

/// GET_RULE request: header, rule id.
struct GetRuleRequest {
  static constexpr std::size_t size = 8;
  std::uint32_t rule = 0;
};
/// GET_RULE response: header, rule id, length, data. `data` refers into the message it was
/// decoded from.
struct GetRuleResponse {
  std::uint8_t result = 0;
  std::uint32_t rule = 0;
  base::ByteView data;
};
/// Decoders of responses read nothing behind the header when its result says that the command
/// failed. Bytes behind the data of a rule are padding: coreboot's intelmetool reads three of them
/// (struct me_fwcaps).
void encode(base::ByteWriter&, const GetRuleRequest&);
void encode(base::ByteWriter&, const GetRuleResponse&);
std::optional<GetRuleRequest> decode_get_rule_request(base::ByteView message);
std::optional<GetRuleResponse> decode_get_rule_response(base::ByteView message);

/// GET_FW_VERSION response: three versions, or (ME 6 to 8) the first two alone, and then the third
/// is all zero here. On the wire each is minor, major, build, hotfix.
struct FirmwareVersionResponse {
  static constexpr std::size_t size = 28;
  static constexpr std::size_t size_of_two = 20;
  static constexpr std::uint8_t most_blocks = 3;
  std::uint8_t result = 0;
  FirmwareVersion code;
  FirmwareVersion recovery;
  FirmwareVersion fitc;
};
/// `blocks`: how many versions, 2 or 3.
void encode(base::ByteWriter&, const FirmwareVersionResponse&,
            std::uint8_t blocks = FirmwareVersionResponse::most_blocks);
std::optional<FirmwareVersionResponse> decode_firmware_version_response(base::ByteView message);

/// FWUPDATE/GET_UPDATE_STATUS response: header, u32 status (kUpdateInProgress, 0, or an FWU error).
/// Later generations.
struct UpdateStatusResponse {
  static constexpr std::size_t size = 8;
  std::uint8_t result = 0;
  std::uint32_t status = 0;
};
inline constexpr std::uint32_t kUpdateInProgress = 0x213;

/// The same in 28 bytes, as ME 9 and later have it (public host program for ME 9, CoreBiosMsg.h).
struct UpdateProgress {
  static constexpr std::size_t size = 28;
  std::uint8_t result = 0;
  std::uint32_t percent = 0;
  std::uint32_t stage = 0;
  std::uint32_t stages = 0;
  std::uint32_t status = 0;      ///< kUpdateInProgress, 0, or an FWU status
  std::uint32_t reset_type = 0;  ///< one of fwu::kReset...
  std::uint32_t flags = 0;       ///< of fwu_later.h: kUpdateRuns and others

  bool operator==(const UpdateProgress&) const = default;
};
inline constexpr std::uint8_t kProgressNotNow = 2;  ///< result: ask again
void encode(base::ByteWriter&, const UpdateProgress&);
std::optional<UpdateProgress> decode_update_progress(base::ByteView message);

void encode(base::ByteWriter&, const UpdateStatusResponse&);
std::optional<UpdateStatusResponse> decode_update_status_response(base::ByteView message);

}  // namespace protocol::mkhi
