// SPDX-License-Identifier: BSD-3-Clause
// What a BIOS shows that tries to bring the engine back at a start (fwupd/firmware-lenovo issues
// 226, 303, 360, 387, 614 and 623: ThinkPads with CSME 15 and 16). How each line begins.
#pragma once

#include <string_view>

namespace protocol::tools {

inline constexpr std::string_view kBiosReads = "Reading ME Firmware";
inline constexpr std::string_view kBiosRecovers = "Recovering ME Firmware";
inline constexpr std::string_view kBiosFailed = "Failed to recover ME Firmware";

}  // namespace protocol::tools
