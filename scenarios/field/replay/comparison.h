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
  observed,   ///< the model would derive another value than the board shows: the log's counts
  elsewhere,  ///< what only another driver of the host knows; the label is equal
  cut,        ///< the log's last line, broken off: ours begins with it
  reworded,   ///< the same outcome or error number, in words of that tool version; or the same in
              ///< another spelling (spelling.h)
  unproven,   ///< ours alone has it, in a place that no known log shows
  differs,
  missing,  ///< the log alone has it
  theirs,   ///< the same, and it tells nothing of how the tool's work went: told and weighed
  added,    ///< ours alone has it: the owner left it out, or the paste lost it
  unread,   ///< ours alone has it, and a line that nobody can read stands in its place
};
const char* name(LineVerdict verdict);
/// Whether the line stands against a reproduction by itself.
bool is_difference(LineVerdict verdict);
/// Whether it is told and weighed instead.
bool is_set_aside(LineVerdict verdict);

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
/// What the model makes up from other values, and no profile can hold: where a log shows a legal
/// value of it, that is the board's.
bool is_derived_by_the_model(Fact fact);

/// So much may be set aside, as long as twice as many lines are there: a line that is missing in
/// the paste or that nobody can read weighs one, a line only theirs has two
/// (docs/fidelity.md, field-missing-lines).
inline constexpr std::size_t kMostSetAside = 3;
inline constexpr std::size_t kWeightOfTheirs = 2;

/// What is said of a log that was played.
enum class LogStatus : std::uint8_t {
  reproduced,      ///< in every line that there is
  reproduced_but,  ///< but for some lines that are missing, unreadable or only theirs
  differs,
  not_understood
};
const char* name(LogStatus status);

struct Comparison {
  LogVerdict verdict = LogVerdict::empty;
  std::vector<ComparedLine> lines;
  std::vector<std::string> beyond;  ///< our lines behind the end of the log

  bool reproduced() const {
    return verdict != LogVerdict::differs && verdict != LogVerdict::not_understood;
  }
  /// The first line that is a difference; where too much was set aside the first of that; null when
  /// there is none.
  const ComparedLine* first_difference() const;
  /// Lines that ours alone has among the log's: people delete what they take for private.
  std::size_t missing_in_paste() const { return count(LineVerdict::added); }
  std::size_t set_aside() const;
  /// More than a paste spoils.
  bool sets_aside_too_much() const;
  std::size_t count(LineVerdict wanted) const;
};

/// "2 lines missing in the paste, 1 line that only theirs has"; empty: nothing was set aside.
std::string set_aside_words(const Comparison& comparison);

/// The tool's own lines of `run` against `printed`. Blanks are compared as one, around a colon not
/// at all; banner, copyright
/// and the helper driver's complaints are not compared, nor are lines we do not know. A log without
/// its head is laid where its first line fits. Where `run` has an outcome that was not understood
/// it is not the beginning of ours.
Comparison compare(const ToolRun& run, const std::string& printed);

}  // namespace scenarios::field
