// SPDX-License-Identifier: BSD-3-Clause
// Base 64 (RFC 4648, section 4), as fwupd writes bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace scenarios::recording {

std::string to_base64(base::ByteView bytes);

/// Nothing where it is none: another letter, or a group that is not four long.
std::optional<base::Bytes> from_base64(std::string_view text);

}  // namespace scenarios::recording
