// SPDX-License-Identifier: BSD-3-Clause
// What later firmware (7 to 16) answers on an update: the status in START, DATA, END and in the
// progress reply, and the error that the tools print for it. Numbers: public host programs for
// ME 9 and CSME 12 to 16; the errors were matched by name, which is an inference.
#pragma once

#include <cstdint>
#include <optional>

#include "protocol/update/tool_errors.h"

namespace protocol::tools {

/// "Invalid File" of the tools from ME 9 on (owners' logs).
inline constexpr auto kInvalidFile = static_cast<update::ToolError>(8771);

struct UpdateStatus {
  std::uint16_t status;      ///< as the firmware answers it
  std::uint16_t tool_error;  ///< of the newer list (newer_error.h); 0: none is known
  const char* title;         ///< in our words; null: those of the tool error
};

/// The row of `status`; null: it is not known.
std::optional<UpdateStatus> find_update_status(std::uint32_t status);

/// What the tools of ME 6 to CSME 11 print for `status`, matched by meaning (docs/fidelity.md,
/// later-older-numbers). One that they have no number of their own for is an internal error.
update::ToolError older_tool_error(std::uint32_t status);

/// A status for which the tools from CSME 12 on print `tool_error`; nothing: none is known.
std::optional<std::uint32_t> status_of_newer_error(std::uint32_t tool_error);

}  // namespace protocol::tools
