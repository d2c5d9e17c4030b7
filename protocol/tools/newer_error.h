// SPDX-License-Identifier: BSD-3-Clause
// The error list of the tools for firmware 12 and later: one list for FWUpdLcl, MEInfo, MEManuf and
// FPT. Numbers and names: ErrorList.h of Slim Bootloader (Intel Corporation, BSD-2-Clause-Patent);
// the words are ours. Tools of earlier generations number otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace protocol::tools {

/// What an error is about.
enum class ErrorArea : std::uint8_t {
  update,
  link,
  engine_state,
  flash,
  settings,
  factory_test,
  tool,
  system,
  reserved,  ///< in the list without a meaning
};
const char* name(ErrorArea area);  ///< "update", "link", ...

/// One row: a number, the list's name for it, and what it says in our words, without a full stop.
struct NewerError {
  std::uint16_t number;
  const char* name;
  const char* title;
};

struct FoundError {
  ErrorArea area;
  std::uint16_t number;
  std::string name;
  std::string title;
};

/// The list's row of `number`; null: the list does not have it.
std::optional<FoundError> find_newer_error(std::uint32_t number);
/// All of the list, by rising number.
std::vector<FoundError> newer_errors();

}  // namespace protocol::tools
