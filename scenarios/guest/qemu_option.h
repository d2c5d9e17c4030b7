// SPDX-License-Identifier: BSD-3-Clause
// How a value is written in one of QEMU's options (QEMU's manual, "Standard options").
#pragma once

#include <string>

namespace scenarios::guest {

/// In QEMU's options a comma ends a value unless it is doubled.
std::string option_value(const std::string& text);

/// ",name=value"; nothing where `text` is empty.
std::string option_property(const char* name, const std::string& text);

}  // namespace scenarios::guest
