// SPDX-License-Identifier: BSD-3-Clause
// A log beside what our tool prints on the modelled board, line by line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

enum class LineVerdict : std::uint8_t {
  equal,
  masked,     ///< the owner has made the value unreadable; the label is equal
  elsewhere,  ///< what only another driver of the host knows; the label is equal
  cut,        ///< the log's last line, broken off: ours begins with it
  reworded,   ///< the same outcome or error number, in words of that tool version; or the same in
              ///< another spelling (spelling.h)
  unproven,   ///< ours alone has it, in a place that no known log shows
  differs,
  missing,  ///< the log alone has it
  added,    ///< ours alone has it
};
const char* name(LineVerdict verdict);
/// Whether the line stands against a reproduction.
bool is_difference(LineVerdict verdict);

struct ComparedLine {
  LogLine log;  ///< where ours alone has a line: the place of the log's next one, without text
  std::string ours;
  LineVerdict verdict = LineVerdict::equal;
};

enum class LogVerdict : std::uint8_t {
  reproduced,  ///< line for line, to the end of both
  prefix,      ///< the log ends without an outcome; ours begins with it and goes on
  differs,
  not_understood,  ///< equal as far as it is understood, and then a line that is not
  empty,           ///< the log has no line of the tool
};
const char* name(LogVerdict verdict);

struct Comparison {
  LogVerdict verdict = LogVerdict::empty;
  std::vector<ComparedLine> lines;
  std::vector<std::string> beyond;  ///< our lines behind the end of the log

  bool reproduced() const {
    return verdict != LogVerdict::differs && verdict != LogVerdict::not_understood;
  }
  /// The first line that is a difference; null when there is none.
  const ComparedLine* first_difference() const;
  std::size_t count(LineVerdict wanted) const;
};

/// The tool's own lines of `run` against `printed`. Blanks are compared as one, around a colon not
/// at all; banner, copyright
/// and the helper driver's complaints are not compared, nor are lines we do not know. A log without
/// its head is laid where its first line fits. Where `run` has an outcome that was not understood
/// it is not the beginning of ours.
Comparison compare(const ToolRun& run, const std::string& printed);

}  // namespace scenarios::field
