// SPDX-License-Identifier: BSD-3-Clause
// GUIDs that come as text while the program runs: from another program, from a person.
#pragma once

#include <optional>
#include <string_view>

#include "protocol/mei/guid.h"

namespace protocol::mei {

/// The reverse of to_text(): groups of 8, 4, 4, 4 and 12 hexadecimal digits of either case with
/// '-' between them, else nothing.
std::optional<Guid> parse_guid(std::string_view text);

}  // namespace protocol::mei
