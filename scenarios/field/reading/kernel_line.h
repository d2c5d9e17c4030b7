// SPDX-License-Identifier: BSD-3-Clause
// A line of a kernel's log: what Linux' mei and tpm_tis drivers say, and what else it says.
#pragma once

#include <optional>
#include <string_view>

#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

/// Nothing: no kernel says it. A line with a kernel's mark in front ("[   10.7] ", "kernel: ") that
/// is no driver's of ours is LineKind::ornament: it is nobody's deed. Wording: drivers/misc/mei and
/// drivers/char/tpm of Linux 2.6 to 6.
std::optional<Recognised> as_kernel_line(std::string_view line);

}  // namespace scenarios::field
