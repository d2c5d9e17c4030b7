// SPDX-License-Identifier: BSD-3-Clause
// A page's source pasted instead of what the browser shows of it: tags end the lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenarios::field {

struct MarkupLine {
  std::string text;
  bool begins_block = false;  ///< a paragraph or a division begins before it
};

/// `raw`, one line of a file, as the lines that a browser shows: taken apart at <br>, </p>, </div>,
/// </li>, </tr> and the like, of HTML or BBCode, without the tags of letters and fonts; between the
/// cells of a row stands " | ". A line without such tags comes back as it is; of one with nothing
/// but tags of a table nothing is left.
std::vector<MarkupLine> lines_of_markup(std::string_view raw);

}  // namespace scenarios::field
