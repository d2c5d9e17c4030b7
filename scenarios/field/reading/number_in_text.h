// SPDX-License-Identifier: BSD-3-Clause
// The numbers that the era's tools print in the middle of their words.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "protocol/firmware_version.h"

namespace scenarios::field {

/// The four-part version that the first digits of `text` begin; nothing where they begin none.
std::optional<protocol::FirmwareVersion> version_in(std::string_view text);

/// The number that `text` begins with, behind blanks and an opening bracket: of "(8721): ...",
/// "8741: ..." and "8719 ...".
std::optional<std::uint32_t> number_behind(std::string_view text);

}  // namespace scenarios::field
