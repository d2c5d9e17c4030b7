// SPDX-License-Identifier: BSD-3-Clause
// Numbers and versions in the middle of words: of tools, of people, of file names. The one reader
// of them, for pasted text and for logs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/firmware_version.h"

namespace protocol::tools {

inline constexpr std::string_view kDecimalDigits = "0123456789";

/// All of `digits`, in base 10 or 16; nothing where something else stands among them, or where the
/// number needs more than 32 bits.
std::optional<std::uint32_t> whole_number(std::string_view digits, int base = 10);

/// The number that `text` begins with, behind blanks and an opening bracket: of "(8721): ...",
/// "8741: ..." and "8719 ...".
std::optional<std::uint32_t> number_behind(std::string_view text);

/// The four-part version that the first digits of `text` begin; nothing where they begin none.
std::optional<FirmwareVersion> version_in(std::string_view text);
/// The first version of four parts that is a word of its own, wherever in `text`.
std::optional<FirmwareVersion> version_anywhere_in(std::string_view text);

/// No engine has a major version above it.
inline constexpr std::uint16_t kLastMajor = 30;
/// "v11.8 Build 3781, Hotfix 81", "7.1.86.1221": 11, 7; 0: it tells none.
std::uint16_t leading_major(std::string_view text);

/// "8.1.65.1568" of "81651568": makers name the images of later generations so. Nothing: the name
/// is none of eight digits.
std::optional<FirmwareVersion> version_in_packed_name(std::string_view name);
/// The version in the name of an image, "8.1" of "81651568" or of "8.1.65.1568"; empty: it tells
/// none. A guess.
std::string version_in_file_name(std::string_view name);

}  // namespace protocol::tools
