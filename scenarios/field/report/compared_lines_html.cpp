// SPDX-License-Identifier: BSD-3-Clause
// A log and our lines side by side; a stretch of equal ones is folded.
#include <fmt/format.h>

#include "scenarios/field/report/html_text.h"
#include "scenarios/field/report/page_parts.h"

namespace scenarios::field {
namespace {

/// Fewer equal lines than these stand as they are.
constexpr std::size_t kFewest = 4;
constexpr const char* kTable =
    "<table class=lines><tr><th>line</th><th>the log</th><th>here</th></tr>\n";

std::string line_row(const std::string& kind, const std::string& number, const std::string& log,
                     const std::string& ours) {
  return fmt::format("<tr class={}>{}{}{}</tr>\n", kind, element("td", number),
                     element("td", log, " class=log"), element("td", ours, " class=ours"));
}

std::string row_of(const ComparedLine& line) {
  return line_row(name(line.verdict), std::to_string(line.log.number), line.log.text, line.ours);
}

/// From `begin`: the first line that is not equal, or the end.
std::size_t end_of_equal(const std::vector<ComparedLine>& lines, std::size_t begin) {
  while (begin < lines.size() && lines[begin].verdict == LineVerdict::equal) ++begin;
  return begin;
}

std::string folded(const std::vector<ComparedLine>& lines, std::size_t begin, std::size_t end) {
  std::string text =
      fmt::format("<details class=equal><summary>{} equal lines, {} to {}</summary>\n", end - begin,
                  lines[begin].log.number, lines[end - 1].log.number) +
      kTable;
  for (std::size_t i = begin; i < end; ++i) text += row_of(lines[i]);
  return text + "</table></details>\n";
}

/// Rows that stand open; a table of them begins with the first and ends with what follows.
class OpenRows {
 public:
  void add(const std::string& row) { rows_ += row; }
  /// What there was, and begins anew.
  std::string table() {
    std::string text = rows_.empty() ? "" : kTable + rows_ + "</table>\n";
    rows_.clear();
    return text;
  }

 private:
  std::string rows_;
};

}  // namespace

std::string compared_lines_html(const Comparison& comparison) {
  const auto& lines = comparison.lines;
  std::string text;
  OpenRows open;
  for (std::size_t i = 0; i < lines.size();) {
    const std::size_t end = end_of_equal(lines, i);
    if (end - i >= kFewest) {
      text += open.table() + folded(lines, i, end);
      i = end;
    } else {
      open.add(row_of(lines[i++]));
    }
  }
  for (const std::string& line : comparison.beyond) open.add(line_row("beyond", "", "", line));
  return text + open.table();
}

}  // namespace scenarios::field
