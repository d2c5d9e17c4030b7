// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/wide_table.h"

#include <algorithm>

#include "scenarios/field/reading/fact.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/later_labels.h"
#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

std::string label_in(const WideRow& row) {
  return with_tight_mark(row.cells.front());
}

bool has_label(const WideRow& row) {
  const std::string label = label_in(row);
  const auto later = later_labels();
  return meinfo_fact(label).has_value() ||
         std::any_of(later.begin(), later.end(),
                     [&](const LaterLabel& each) { return same_letters(each.label, label); });
}

std::vector<TableLine> as_they_stand(const std::vector<WideRow>& rows) {
  std::vector<TableLine> lines;
  for (const WideRow& row : rows) lines.push_back({row.stands, row.number});
  return lines;
}

bool is_rule(std::string_view cell) {
  return cell.find_first_not_of("-: ") == cell.npos;
}

/// "Before:"; a heading, as over an output of its own.
void add_title(const WideRow& row, std::size_t column, std::vector<TableLine>& lines) {
  if (!is_rule(row.cells[column])) lines.push_back({row.cells[column] + ":", row.number});
}

void add_value(const WideRow& row, std::size_t column, std::vector<TableLine>& lines) {
  lines.push_back({label_in(row) + ": " + row.cells[column], row.number});
}

}  // namespace

std::optional<std::vector<std::string>> wide_cells(std::string_view line) {
  constexpr std::size_t kFewest = 3;
  line = trimmed(line);
  if (line.size() < 2 || !line.starts_with('|') || !line.ends_with('|')) return std::nullopt;
  std::vector<std::string> cells;
  for (line.remove_prefix(1); !line.empty();) {
    const std::size_t end = line.find('|');
    cells.emplace_back(trimmed(line.substr(0, end)));
    line.remove_prefix(end + 1);
  }
  if (cells.size() < kFewest) return std::nullopt;
  return cells;
}

std::vector<TableLine> lines_of_table(const std::vector<WideRow>& rows) {
  constexpr std::ptrdiff_t kFewestLabels = 2;
  if (std::count_if(rows.begin(), rows.end(), has_label) < kFewestLabels)
    return as_they_stand(rows);
  std::vector<TableLine> lines;
  for (std::size_t column = 1; column < rows.front().cells.size(); ++column) {
    bool in_head = true;
    for (const WideRow& row : rows) {
      in_head = in_head && !has_label(row);
      if (in_head)
        add_title(row, column, lines);
      else if (!is_rule(row.cells.front() + row.cells[column]))
        add_value(row, column, lines);
    }
  }
  return lines;
}

}  // namespace scenarios::field
