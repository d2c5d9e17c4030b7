// SPDX-License-Identifier: BSD-3-Clause
// What a line that no tool is known to print sounds like where it stands behind a tool's lines: an
// end of the run that was not understood, a person's words, or the noise of a terminal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios::field {

struct HeardLine {
  enum class As : std::uint8_t {
    chatter,  ///< prompts, batch files, forum software
    silence,  ///< a person's words: nothing came any more
    person,   ///< other words of a person
    unclear,  ///< could be anybody's
    failure,
    success,
  } as = As::unclear;
  /// Begins as a tool's error does, in whichever language: "FATAL image", "Err0r (8704)".
  bool begins_with_error = false;
  /// And a mark or a number follows: "FATAL:", "Fehler 8704".
  bool is_marked_error = false;
  /// An error number of the tool family, its digits perhaps misread: a guess.
  std::optional<std::uint32_t> number;
  bool is_prompt = false;  ///< of a shell: the tool has ended
};

/// `line`: without the paste's marks, trimmed. English, and the commonest words for an error in
/// twenty other languages; letters that a reader of pictures takes for digits count as both.
HeardLine hear(std::string_view line);

/// The one of `beginnings` that `line` begins with but for a quarter of its letters; empty: none.
std::string_view nearest_beginning(std::string_view line,
                                   const std::vector<std::string_view>& beginnings);

}  // namespace scenarios::field
