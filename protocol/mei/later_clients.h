// SPDX-License-Identifier: BSD-3-Clause
// Which ME clients CSME lists, with their properties (owners' lists: 11.8.50 of a consumer board
// with sizes; 11.8.93 of a corporate one, CSME 15 of 8086:A0E0 and 8086:43E0 and 16.1 of 8086:7A68
// without). Their tasks are mostly untold.
#pragma once

#include <array>
#include <cstdint>

#include "protocol/known.h"
#include "protocol/mei/clients.h"

namespace protocol::mei {

/// Who lists a client.
enum class ListedBy : std::uint8_t {
  every_board,
  boards_with_amt,  ///< corporate firmware
};

struct LaterClient {
  Guid guid;
  std::uint16_t first = 11;  ///< major version
  std::uint16_t last = 16;
  ListedBy listed_by = ListedBy::every_board;
  std::uint8_t fixed_address = 0;  ///< 0: the bus gives one
  std::uint8_t max_connections = 1;
  std::uint8_t protocol_version = 1;
  std::uint32_t max_message_length = 0;  ///< bytes
  Known size_known = Known::field;       ///< in CSME 11.8; in the others it is inferred from there

  constexpr bool is_of(std::uint16_t major) const { return first <= major && major <= last; }
};

/// Files of the engine's own are read through it: MCHI of fwupd (libfwupdplugin fu-heci-device.h),
/// to which its recording of an 8086:A0E0 connects.
inline constexpr Guid kMchiGuid = guid("dd17041c-09ea-4b17-a271-5b989867ec65");

/// In the order of their GUIDs, without the update client and MKHI.
inline constexpr std::array kLaterClients = {
    LaterClient{.guid = guid("01e88543-8050-4380-9d6f-4f9cec704917"),
                .last = 11,
                .fixed_address = 15,
                .max_connections = 0,
                .max_message_length = 36},
    LaterClient{.guid = kWatchdogGuid,
                .listed_by = ListedBy::boards_with_amt,
                .max_message_length = 32,
                .size_known = Known::chosen},
    LaterClient{.guid = guid("082ee5a7-7c25-470a-9643-0c06f0466ea1"),
                .protocol_version = 0,
                .max_message_length = 8196},
    LaterClient{
        .guid = kAmthiGuid, .listed_by = ListedBy::boards_with_amt, .max_message_length = 0x1400},
    LaterClient{.guid = guid("3c4852d6-d47b-4f46-b05e-b5edc1aa440e"), .max_message_length = 4096},
    LaterClient{.guid = guid("42b3ce2f-bd9f-485a-96ae-26406230b1ff"),
                .fixed_address = 8,
                .max_connections = 0,
                .max_message_length = 3092},
    LaterClient{.guid = guid("5565a099-7fe2-45c1-a22b-d7e9dfea9a2e"), .max_message_length = 4096},
    LaterClient{.guid = guid("6861ec7b-d07a-4673-856c-7f22b4d55769"),
                .first = 15,
                .max_message_length = 4096,
                .size_known = Known::chosen},
    LaterClient{.guid = guid("8c2f4425-77d6-4755-aca3-891fdbc66a58"), .max_message_length = 3092},
    LaterClient{.guid = guid("b638ab7e-94e2-4ea2-a552-d1c54b627f04"),
                .max_connections = 2,
                .max_message_length = 4096},
    LaterClient{.guid = guid("bb875e12-cb58-4d14-ae93-8566183c66c7"),
                .listed_by = ListedBy::boards_with_amt,
                .max_message_length = 4096,
                .size_known = Known::chosen},
    LaterClient{.guid = guid("cea154ea-8ff5-4f94-9290-0bb7355a34db"),
                .listed_by = ListedBy::boards_with_amt,
                .max_message_length = 4096,
                .size_known = Known::chosen},
    LaterClient{.guid = guid("dba4d603-d7ed-4931-8823-17ad585705d5"), .max_message_length = 4096},
    LaterClient{.guid = kMchiGuid, .first = 15, .max_message_length = 4096},
    LaterClient{.guid = guid("f908627d-13bf-4a04-b91f-a64e9245323d"),
                .last = 15,
                .max_message_length = 13312},
    LaterClient{.guid = guid("fbf6fcf1-96cf-4e2e-a6a6-1bab8cbe36b1"),
                .max_connections = 3,
                .max_message_length = 15360},
};

/// The row of that client in firmware of `major`; null: that firmware lists no such client.
constexpr const LaterClient* find_later_client(const Guid& guid, std::uint16_t major) {
  for (const LaterClient& row : kLaterClients) {
    if (row.guid == guid && row.is_of(major)) return &row;
  }
  return nullptr;
}

}  // namespace protocol::mei
