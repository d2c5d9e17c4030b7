// SPDX-License-Identifier: BSD-3-Clause
// What each number means and what to do about it: the tool family's errors, this program's exit
// statuses, and values of old logs that are not what they seem.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace updater::report {

enum class NumberOf : std::uint8_t {
  tool_error,
  exit_status,
  logged_value,  ///< a value that an old tool prints and that needs a story
};

struct Explanation {
  NumberOf kind;
  std::uint32_t number;
  const char* title;      ///< a few words, no full stop
  const char* meaning;    ///< one or two sentences
  const char* next_step;  ///< what a person can do
};

std::span<const Explanation> tool_errors();    ///< by rising number
std::span<const Explanation> exit_statuses();  ///< by rising number
std::span<const Explanation> logged_values();  ///< by rising number
const char* name(NumberOf kind);               ///< "error", "exit_status", "logged_value"

/// The tool family's error `number`; null where it is not known.
const Explanation* find_tool_error(std::uint32_t number);

/// What `query` asks for: "all", a number (of every kind), or words that must all occur, in any
/// case; a number that has no row of its own is looked for like a word. Empty: nothing found.
std::vector<const Explanation*> search(std::string_view query);

/// One row for people, several lines.
std::string explanation_text(const Explanation& row);
/// One row on one line: "8721  ...".
std::string explanation_line(const Explanation& row);

}  // namespace updater::report
