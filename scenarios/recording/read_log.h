// SPDX-License-Identifier: BSD-3-Clause
// The log of `meupdate ... --log`: each message to the engine and each answer, and of `info` what
// was found.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "scenarios/recording/recording.h"

namespace scenarios::recording {

/// Errors: invalid (no such log, nothing was said in it, or a line that makes no sense; line
/// named), unsupported (a message that the log has cut: image data).
base::Result<Recording> read_log(std::string_view text);

}  // namespace scenarios::recording
