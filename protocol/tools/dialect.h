// SPDX-License-Identifier: BSD-3-Clause
// The dialects of the old tools: each is named after the first generation whose tool speaks it.
#pragma once

#include <cstdint>

namespace protocol::tools {

enum class MeinfoDialect : std::uint8_t {
  me4,     ///< one version a line, "SKU: ASF IAMT ITPM"
  me5,     ///< two versions a line, "FW Capabilities: 62"
  me6,     ///< status words, "FW Version:   8.0.4.1441", values in a column of their own
  me9,     ///< likewise, with "TLS" in place of "Cryptography Support"
  me11,    ///< no colon behind a label
  csme12,  ///< sections, values set apart by blanks
};

enum class FwupdlclDialect : std::uint8_t {
  me2,     ///< errors without a number
  me4,     ///< names neither the flash nor the image before its way
  me5,     ///< "***** Flash Info ******", "Error (8721): ..."
  me6,     ///< "Checking firmware parameters...", "Error 8741: ..."
  csme12,  ///< "Executing Full FW Update", "FW Error Code: 280."
};

/// How the tools number their errors.
enum class ErrorList : std::uint8_t {
  family,  ///< one row of numbers from 8192 on, grown with each generation
  me11,    ///< FWUpdLcl's own from 1 on, and the family's
  csme12,  ///< one list for all tools (newer_error.h)
};

}  // namespace protocol::tools
