// SPDX-License-Identifier: BSD-3-Clause
// One line of a pasted log: where it stood, and what is left of it once the paste's own marks are
// off.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace scenarios::field {

/// What a line is to us.
enum class LineKind : std::uint8_t {
  blank,      ///< nothing, or only marks of the paste (a line number)
  command,    ///< what the person typed
  banner,     ///< the tool's name and version
  copyright,  ///< the tool's copyright line
  complaint,  ///< of the tool's helper driver ("PMXUtil: ..."), or an error that only announces the
              ///< one that tells why
  ornament,   ///< stars, dots, dashes
  content,    ///< the tool's own words, to be reproduced
  unknown,    ///< kept and listed
};
const char* name(LineKind kind);

struct LogLine {
  std::shared_ptr<const std::string> file;  ///< as it was named, safe to print
  std::uint32_t number = 0;                 ///< from 1
  std::string text;  ///< without the paste's marks, safe to print: no control bytes, valid UTF-8
  LineKind kind = LineKind::unknown;
  bool has_end = true;  ///< false: the file ends within it
  /// A blank line, or the end of a quotation or of a code box, stands before it.
  bool behind_gap = false;
  /// What stands there, where `text` is what it was taken for: a guess (guessed_line.h).
  std::string stood = {};
};
/// "fwupdlcl-dos.txt:12"
std::string place_of(const LogLine& line);

/// `text` with every byte a terminal could obey made visible: control characters, broken UTF-8
/// and marks that turn the writing direction as "\x1b", "\u202e". Tabs and no-break spaces
/// become spaces.
std::string visible(std::string_view text);

/// Runs of blanks as one, none at the ends: forums re-flow what is pasted.
std::string collapsed(std::string_view text);

std::string_view trimmed(std::string_view text);

}  // namespace scenarios::field
