// SPDX-License-Identifier: BSD-3-Clause
// Where one run of a tool ends and the next begins.
#pragma once

#include <optional>

#include "scenarios/field/reading/heading.h"
#include "scenarios/field/reading/known_lines.h"
#include "scenarios/field/reading/pasted_line.h"
#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// Fed with the lines of one file, in order; finish() when it ends.
class Segmenter {
 public:
  explicit Segmenter(FieldReport& report) : report_(report), first_run_(report.runs.size()) {}

  void take(LogLine line);
  void finish();

 private:
  void pass_on(LogLine line, Recognised found);
  bool begins_section(const LogLine& line, const Recognised& found);
  void tell_apart_from(std::string_view machine);
  bool continues_as_it_stands(LogLine line);
  bool continues_held(const LogLine& line, const Recognised& found);
  bool is_doubled(const LogLine& line, const Recognised& found) const;
  bool was_one_with_the_last(const LogLine& line, const Recognised& found);
  const ToolRun* open_run() const { return run_ ? &*run_ : nullptr; }
  void pass_held_on();
  void close_run();
  bool begins_run(const Recognised& found) const;
  bool tells_again(const Recognised& found) const;
  bool goes_on_in_a_later_tool(const Recognised& found) const;
  void add(LogLine line, Recognised found);

  FieldReport& report_;
  std::size_t first_run_;  ///< of the file
  KnownLines known_;
  std::optional<ToolRun> run_;
  LineKind last_ = LineKind::blank;  ///< of the run
  bool only_openers_ = true;         ///< the run's content so far
  bool has_content_ = false;
  bool in_image_block_ = false;
  bool behind_blank_ = false;  ///< what comes next
  /// A line that may go on in the next one: a mail or a narrow terminal has wrapped it.
  std::optional<HeldLine> held_;
  std::string machine_;             ///< the last that a heading has named
  std::size_t section_ = 0;         ///< headings so far
  Tool announced_ = Tool::unknown;  ///< by the last heading
};

}  // namespace scenarios::field
