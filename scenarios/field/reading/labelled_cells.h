// SPDX-License-Identifier: BSD-3-Clause
// A label and its value that something else than a colon sets apart: tabs, blanks in columns, the
// commas of a CSV file, the bars of a table.
#pragma once

#include <string>
#include <string_view>

namespace scenarios::field {

/// `line` with a colon behind the label of the era's tools that it begins with, where two blanks, a
/// tab (which the caller has made two blanks), '|', ';', a comma, '=' or a row of dots stands
/// there. An empty cell is an empty value. "Intel (R)" in front of a label becomes "Intel(R)". Any
/// other line as it is.
std::string with_colon(std::string_view line);

/// Whether `line` is a label of the tools of generations 3 to 5 and nothing else.
bool is_bare_label(std::string_view line);

/// Whether `text` and a blank begin a label of more words.
bool begins_a_longer_label(std::string_view text);

/// `text` with "Intel(R)" for "Intel (R)", as MEInfo prints it.
std::string with_tight_mark(std::string_view text);

}  // namespace scenarios::field
