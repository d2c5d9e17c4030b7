// SPDX-License-Identifier: BSD-3-Clause
// Messages of the firmware-update client (FWU, 309dcde8-...). GET_VERSION and GET_INFO follow the
// LMS 5.x sources (illumos FWULCommand.h) exactly; START, DATA and END are the later generations'
// (ME 7-9, FwuHeciMsgs.h): nothing public documents them for ME 2-5. What only later generations
// have is in fwu_later.h. All little-endian, packed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "protocol/firmware_version.h"
#include "protocol/mei/fwu_forms.h"

namespace protocol::fwu {

enum class Type : std::uint32_t {
  get_version = 0,
  get_version_reply = 1,
  start = 2,
  start_reply = 3,
  data = 4,
  data_reply = 5,
  end = 6,
  end_reply = 7,
  get_info = 8,
  get_info_reply = 9,
};
/// "GET_VERSION", "GET_VERSION_REPLY"; null: no such message.
const char* name(Type type);

/// EnabledUpdateInterfaces of GET_VERSION. The map of bits is ours (docs/fidelity.md): no public
/// source gives it.
inline constexpr std::uint16_t kInterfaceLocal =
    1u << 0;  ///< local update (rule 7 decides whether it is open)
inline constexpr std::uint16_t kInterfaceSecure = 1u << 1;  ///< secure (network) update
inline constexpr std::uint16_t kInterfaceTpm = 1u << 2;     ///< local update goes through the TPM

/// What the 56-byte form of GET_VERSION_REPLY has behind the interfaces (FwuHeciMsgs.h).
struct LaterVersion {
  std::uint16_t security_version = 0;
  std::uint32_t data_format = 0;
  std::uint32_t last_reset_type = 0;  ///< of the last update; 0 again after the reboot

  bool operator==(const LaterVersion&) const = default;
};

/// GET_VERSION_REPLY. ME 4 and 5 send the 52-byte form, ME 3 and earlier the 47-byte form, which
/// has a one-byte type, a recovery version in place of the AMT version, and no HwSku; ME 7 to 11
/// send the 56-byte form, which has no MCH version.
struct VersionReply {
  static constexpr std::size_t size = size_of(VersionForm::bytes_52);
  static constexpr std::size_t size_me3 = size_of(VersionForm::bytes_47);
  static constexpr std::size_t size_later = size_of(VersionForm::bytes_56);

  std::uint32_t status = 0;
  std::uint32_t sku = 0;
  std::uint32_t ich_version = 0;
  std::uint32_t mch_version = 0;
  std::uint32_t vendor = 0;
  std::uint32_t last_update_status = 0;
  std::uint32_t hardware_sku = 0;  ///< not in the 47-byte form
  FirmwareVersion code;
  std::optional<FirmwareVersion> amt;       ///< not in the 47-byte form
  std::optional<FirmwareVersion> recovery;  ///< 47-byte form only
  std::uint16_t enabled_update_interfaces = 0;
  std::optional<LaterVersion> later;  ///< 56-byte form only
};

/// ManageabilityMode of GET_INFO_REPLY (illumos LMS).
enum class ManageabilityMode : std::uint32_t { none = 0, amt = 1, asf = 2, cp = 3 };
/// MeResetReason (intel/lms ME_System.mof).
enum class ResetReason : std::uint8_t {
  power_up = 0,
  firmware_reset = 1,
  system_reset = 2,
  unknown = 3
};
/// FwOverrideQualifier (intel/lms ME_System.mof).
enum class OverrideQualifier : std::uint8_t { always = 0, never = 1, restricted = 2 };
/// FwOverrideCounter: 0 none left, 1..254 left, 255 always.
inline constexpr std::uint8_t kOverrideCounterAlways = 255;

/// GET_INFO_REPLY, 52 bytes.
struct InfoReply {
  static constexpr std::size_t size = 52;

  std::uint32_t status = 0;
  FirmwareVersion mebx;
  std::uint32_t flash_override_policy = 0;
  ManageabilityMode manageability_mode = ManageabilityMode::none;
  std::uint32_t bios_boot_state = 0;  ///< 0 pre boot, 2 post boot
  bool crypto_fuse = false;
  bool flash_protection = false;
  OverrideQualifier override_qualifier = OverrideQualifier::always;
  ResetReason reset_reason = ResetReason::power_up;
  std::uint8_t override_counter = 0;
  std::string bios_version;  ///< at most 20 bytes
};

inline constexpr std::uint32_t kBiosPreBoot = 0;
inline constexpr std::uint32_t kBiosPostBoot = 2;

/// START (later generations): 86 bytes in form A, 90 in form B.
struct StartRequest {
  static constexpr std::size_t size = size_of(StartForm::a);
  std::uint32_t image_length = 0;  ///< bytes that DATA will carry in all
  std::uint8_t update_type = 0;    ///< 0 full, 1 partial
  std::string_view password;       ///< at most 32 bytes; refers into what it was decoded from
  std::uint32_t ipu_id = 0;
  std::uint32_t environment = 0;  ///< 0 manufacturing, 1 in the field
  std::uint32_t flags = 0;
  std::array<std::uint8_t, 16> oem_id{};
};
inline constexpr std::uint32_t kEnvironmentField = 1;

struct StartReply {
  static constexpr std::size_t size = 24;
  std::uint32_t status = 0;
};

/// DATA: an 11-byte header (type, length, 3 reserved) and `length` bytes of image
/// (later generations).
struct DataRequest {
  static constexpr std::size_t header_size = 11;
  base::ByteView data;  ///< refers into the message it was decoded from
};

struct DataReply {
  static constexpr std::size_t size = 8;
  std::uint32_t status = 0;
};

struct EndReply {
  static constexpr std::size_t size = 28;
  std::uint32_t status = 0;
  std::uint32_t reset_type = 0;  ///< one of kReset...; the numbers are ours (docs/fidelity.md)
};
inline constexpr std::uint32_t kResetNone = 0;
inline constexpr std::uint32_t kResetMe =
    1;  ///< the ME restarts by itself and runs the new firmware
inline constexpr std::uint32_t kResetPlatform =
    2;  ///< the new firmware runs after the next power cycle

/// The same from ME 6 on (intel/lms): 1 is a host reset, 3 a global one.
inline constexpr std::uint32_t kLaterResetHost = 1;
inline constexpr std::uint32_t kLaterResetMe = 2;
inline constexpr std::uint32_t kLaterResetGlobal = 3;

/// The longest DATA payload at a client MTU of `mtu` bytes (len <= MTU - 12, as the later
/// tools do).
constexpr std::size_t max_data_length(std::size_t mtu) {
  return mtu > 12 ? mtu - 12 : 0;
}

/// GET_VERSION, END and GET_INFO requests are a bare 32-bit type.
void encode_request(base::ByteWriter&, Type);
void encode(base::ByteWriter&, const VersionReply&);
void encode_me3(base::ByteWriter&, const VersionReply&);
/// In one of the forms that have a reply.
void encode(base::ByteWriter&, const VersionReply&, VersionForm);
void encode(base::ByteWriter&, const InfoReply&);
void encode(base::ByteWriter&, const StartRequest&, StartForm = StartForm::a);
void encode(base::ByteWriter&, const StartReply&);
void encode(base::ByteWriter&, const DataRequest&, DataForm = DataForm::exact);
void encode(base::ByteWriter&, const DataReply&);
void encode(base::ByteWriter&, const EndReply&);

/// The type word of a request, whatever follows it.
std::optional<std::uint32_t> decode_type(base::ByteView message);
/// Any form of GET_VERSION_REPLY, told apart by its size.
std::optional<VersionReply> decode_version_reply(base::ByteView message);
std::optional<InfoReply> decode_info_reply(base::ByteView message);
std::optional<StartRequest> decode_start_request(base::ByteView message);  ///< form A
std::optional<StartRequest> decode_start(base::ByteView message, StartForm form);
std::optional<StartReply> decode_start_reply(base::ByteView message);
/// Accepts the one pad byte that the later tools append.
std::optional<DataRequest> decode_data_request(base::ByteView message);
std::optional<DataReply> decode_data_reply(base::ByteView message);
std::optional<EndReply> decode_end_reply(base::ByteView message);

}  // namespace protocol::fwu
