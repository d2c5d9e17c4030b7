// SPDX-License-Identifier: BSD-3-Clause
// The ME clients of the ICH9/ICH10 era: their GUIDs and fixed addresses (docs/protocols.md names
// the sources).
#pragma once

#include "protocol/mei/guid.h"

namespace protocol::mei {

inline constexpr Guid kAmthiGuid = guid("12f80028-b4b7-4b2d-aca8-46e0ff65814c");
inline constexpr Guid kFwuGuid = guid("309dcde8-ccb1-4062-8f78-600115a34327");
inline constexpr Guid kWatchdogGuid = guid("05b79a6f-4628-4d7f-899d-a91514cb32ab");
inline constexpr Guid kMkhiGuid = guid("8e6a6715-9abc-4043-88ef-9e39c6f63e0f");
/// MKHI at its fixed address, as hosts are told of it from ME 9 on (Linux bus-fixup.c).
inline constexpr Guid kMkhiFixedGuid = guid("55213584-9a29-4916-badf-0fb7ed682aeb");
inline constexpr Guid kLmeGuid = guid("6733a4db-0476-4e7b-b3af-bcfc29bee7a7");
inline constexpr Guid kManageabilityGuid = guid("75b30cd6-a29e-4af7-a712-e6174393c8a6");

/// Fixed addresses need no enumeration, no connection and no flow control; a BIOS talks to them
/// from host address 0.
inline constexpr std::uint8_t kHbmAddress = 0;
inline constexpr std::uint8_t kMkhiFixedAddress = 7;

}  // namespace protocol::mei
