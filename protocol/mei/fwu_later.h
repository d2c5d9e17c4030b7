// SPDX-License-Identifier: BSD-3-Clause
// Messages of the update client that only firmware from ME 6 on has (FwuHeciMsgs.h, CoreBiosMsg.h,
// intel/lms; public host programs for ME 9 and CSME 15). START, DATA and END are in fwu.h. All
// little-endian, packed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "protocol/firmware_version.h"
#include "protocol/known.h"
#include "protocol/newest_generation.h"

namespace protocol::fwu {

/// The first word of a request. A reply has one more.
enum class Later : std::uint32_t {
  feature_state = 0x0A,
  feature_capability = 0x0C,
  platform_type = 0x0E,
  verify_oem_id = 0x10,
  get_oem_id = 0x12,
  restore_point = 0x18,
  partial_update_attributes = 0x1A,
  info_status = 0x1C,
};

/// What stands in place of a type where the request is not one that the firmware answers; the
/// status follows.
inline constexpr std::uint32_t kInvalidRequest = 0xFF;

/// Which requests firmware of a generation answers.
struct Request {
  std::uint32_t type = 0;
  std::uint16_t first = 0;  ///< major version
  std::uint16_t last = 0;
  Known known = Known::documented;
};
inline constexpr std::array kRequests = {
    Request{0x00, 6, 6, Known::inferred},
    Request{0x00, 7, 9},
    Request{0x00, 10, 11, Known::inferred},
    Request{0x02, 6, kNewestGeneration},
    Request{0x04, 6, kNewestGeneration},
    Request{0x06, 6, kNewestGeneration},
    Request{0x08, 6, 11, Known::inferred},
    Request{0x0A, 7, 10},
    Request{0x0C, 7, 10},
    Request{0x0E, 7, 10},
    Request{0x10, 7, 11},
    Request{0x12, 7, 14},
    Request{0x12, 15, 15, Known::one_source},
    Request{0x12, 16, kNewestGeneration, Known::inferred},
    Request{0x18, 7, 14},
    Request{0x18, 15, 15, Known::one_source},
    Request{0x18, 16, kNewestGeneration, Known::inferred},
    Request{0x1A, 7, 14},
    Request{0x1A, 15, 15, Known::one_source},
    Request{0x1A, 16, kNewestGeneration, Known::inferred},
    Request{0x1C, 7, 11},
};
constexpr bool answers(std::uint16_t major, std::uint32_t type) {
  for (const Request& row : kRequests) {
    if (row.type == type && row.first <= major && major <= row.last) return true;
  }
  return false;
}

/// {FF, status}.
struct InvalidReply {
  static constexpr std::size_t size = 8;
  std::uint32_t status = 0;
};

/// Type, status, one word: platform type, feature state, feature capability.
struct WordReply {
  static constexpr std::size_t size = 12;
  Later request = Later::platform_type;
  std::uint32_t status = 0;
  std::uint32_t word = 0;
};

struct VerifyOemIdRequest {
  static constexpr std::size_t size = 20;
  std::array<std::uint8_t, 16> oem_id{};
};
struct VerifyOemIdReply {
  static constexpr std::size_t size = 8;
  std::uint32_t status = 0;
};
struct OemIdReply {
  static constexpr std::size_t size = 24;
  std::uint32_t status = 0;
  std::array<std::uint8_t, 16> oem_id{};
};

/// Type, status and the bytes that a restore point has; what an earlier header lets follow, the
/// image itself, was not sent by the firmware that was asked.
struct RestorePointReply {
  static constexpr std::size_t size = 12;
  std::uint32_t status = 0;
  std::uint32_t bytes = 0;
};

/// A partition that can be updated by itself, 48 bytes.
struct PartialUpdate {
  static constexpr std::size_t size = 48;
  std::string name;  ///< at most 4 characters
  std::uint32_t load_address = 0;
  FirmwareVersion version;
  std::uint32_t instance = 0;
  std::uint32_t update_version = 0;
  std::uint32_t expected_instance = 0;
  std::uint32_t expected_update_version = 0;

  bool operator==(const PartialUpdate&) const = default;
};
/// The reply has room for 4 of them (ME 9: 232 bytes) or 20 (CSME 15: 1000 bytes).
struct PartialUpdatesReply {
  static constexpr std::size_t slots_me9 = 4;
  static constexpr std::size_t slots_csme15 = 20;
  static constexpr std::size_t size_with(std::size_t slots) {
    return 8 + 8 + 4 + 4 + slots * PartialUpdate::size + 16;
  }
  std::uint32_t status = 0;
  std::vector<PartialUpdate> partitions;
};

/// The flags that INFO_STATUS and the progress reply have.
inline constexpr std::uint32_t kRecoveryMask = 3;  ///< 1 full, 2 partial
inline constexpr std::uint32_t kRecoveryFull = 1;
inline constexpr std::uint32_t kRecoveryPartial = 2;
inline constexpr std::uint32_t kPartsNeedUpdate = 1u << 2;
inline constexpr std::uint32_t kInitDone = 1u << 3;
inline constexpr std::uint32_t kUpdateRuns = 1u << 4;
struct InfoStatusReply {
  static constexpr std::size_t size = 28;
  std::uint32_t status = 0;
  std::uint32_t flags = 0;
};

void encode_request(base::ByteWriter&, Later);
/// The request has a reserved word and 16 bytes more than the others: 24 in all.
void encode_info_status_request(base::ByteWriter&);
void encode(base::ByteWriter&, const InvalidReply&);
void encode(base::ByteWriter&, const WordReply&);
void encode(base::ByteWriter&, const VerifyOemIdRequest&);
void encode(base::ByteWriter&, const VerifyOemIdReply&);
void encode(base::ByteWriter&, const OemIdReply&);
void encode(base::ByteWriter&, const RestorePointReply&);
/// What does not fit `slots` is left out.
void encode(base::ByteWriter&, const PartialUpdatesReply&, std::size_t slots);
void encode(base::ByteWriter&, const InfoStatusReply&);

std::optional<InvalidReply> decode_invalid_reply(base::ByteView message);
std::optional<WordReply> decode_word_reply(base::ByteView message, Later request);
std::optional<VerifyOemIdRequest> decode_verify_oem_id_request(base::ByteView message);
std::optional<VerifyOemIdReply> decode_verify_oem_id_reply(base::ByteView message);
std::optional<OemIdReply> decode_oem_id_reply(base::ByteView message);
std::optional<RestorePointReply> decode_restore_point_reply(base::ByteView message);
/// Either size.
std::optional<PartialUpdatesReply> decode_partial_updates_reply(base::ByteView message);
std::optional<InfoStatusReply> decode_info_status_reply(base::ByteView message);

}  // namespace protocol::fwu
