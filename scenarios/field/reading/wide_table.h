// SPDX-License-Identifier: BSD-3-Clause
// A table of labels and several columns of values ("| BIOS Version | before | after |"): each
// column is one output of the tool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios::field {

/// The cells of a line "| a | b | c |" with three at least; nothing: it is none.
std::optional<std::vector<std::string>> wide_cells(std::string_view line);

struct WideRow {
  std::vector<std::string> cells;
  std::string stands;  ///< the whole line
  std::uint32_t number = 0;
};

struct TableLine {
  std::string text;
  std::uint32_t number = 0;
};

/// Column by column: its title, then "label: value" a row. Rows above the first label of MEInfo are
/// titles or rules; one below it that is none of its labels stays a line. Where fewer than two
/// labels are there, the rows as they stand.
std::vector<TableLine> lines_of_table(const std::vector<WideRow>& rows);

}  // namespace scenarios::field
