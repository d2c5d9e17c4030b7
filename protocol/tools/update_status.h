// SPDX-License-Identifier: BSD-3-Clause
// What later firmware (7 to 16) answers on an update: the status in START, DATA, END and in the
// progress reply, and the error that the tools print for it. Numbers: public host programs for
// ME 9 and CSME 12 to 16; the errors were matched by name, which is an inference.
#pragma once

#include <cstdint>
#include <optional>

namespace protocol::tools {

struct UpdateStatus {
  std::uint16_t status;      ///< as the firmware answers it
  std::uint16_t tool_error;  ///< of the newer list (newer_error.h); 0: none is known
  const char* title;         ///< in our words; null: those of the tool error
};

/// The row of `status`; null: it is not known.
std::optional<UpdateStatus> find_update_status(std::uint32_t status);

}  // namespace protocol::tools
