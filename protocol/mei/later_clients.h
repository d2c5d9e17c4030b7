// SPDX-License-Identifier: BSD-3-Clause
// Which ME clients CSME lists, with their properties (owners' lists: 11.8.50 of a consumer board
// with sizes; CSME 15 of 8086:A0E0 and 8086:43E0 without). Their tasks are mostly untold.
#pragma once

#include <array>
#include <cstdint>

#include "protocol/known.h"
#include "protocol/mei/clients.h"

namespace protocol::mei {

struct LaterClient {
  Guid guid;
  std::uint8_t fixed_address = 0;  ///< 0: the bus gives one
  std::uint8_t max_connections = 1;
  std::uint8_t protocol_version = 1;
  std::uint32_t max_message_length = 0;  ///< bytes
  Known size_known = Known::inferred;    ///< CSME 11.8 has it
};

/// Files of the engine's own are read through it (fwupd calls it MCHI).
inline constexpr Guid kMchiGuid = guid("6861ec7b-d07a-4673-856c-7f22b4d55769");

/// Of CSME 15, in the order of their GUIDs, without the update client and MKHI.
inline constexpr std::array<LaterClient, 11> kCsme15Clients = {{
    {.guid = guid("082ee5a7-7c25-470a-9643-0c06f0466ea1"),
     .protocol_version = 0,
     .max_message_length = 8196},
    {.guid = guid("3c4852d6-d47b-4f46-b05e-b5edc1aa440e"), .max_message_length = 4096},
    {.guid = guid("42b3ce2f-bd9f-485a-96ae-26406230b1ff"),
     .fixed_address = 8,
     .max_connections = 0,
     .max_message_length = 3092},
    {.guid = guid("5565a099-7fe2-45c1-a22b-d7e9dfea9a2e"), .max_message_length = 4096},
    {.guid = kMchiGuid, .max_message_length = 4096, .size_known = Known::field},
    {.guid = guid("8c2f4425-77d6-4755-aca3-891fdbc66a58"), .max_message_length = 3092},
    {.guid = guid("b638ab7e-94e2-4ea2-a552-d1c54b627f04"),
     .max_connections = 2,
     .max_message_length = 4096},
    {.guid = guid("dba4d603-d7ed-4931-8823-17ad585705d5"), .max_message_length = 4096},
    {.guid = guid("dd17041c-09ea-4b17-a271-5b989867ec65"),
     .max_message_length = 4096,
     .size_known = Known::chosen},
    {.guid = guid("f908627d-13bf-4a04-b91f-a64e9245323d"), .max_message_length = 13312},
    {.guid = guid("fbf6fcf1-96cf-4e2e-a6a6-1bab8cbe36b1"),
     .max_connections = 3,
     .max_message_length = 15360},
}};

}  // namespace protocol::mei
