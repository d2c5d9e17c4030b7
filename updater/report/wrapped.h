// SPDX-License-Identifier: BSD-3-Clause
// Text for a terminal of some width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace updater::report {

/// `text` with lines of more than `columns` characters broken at blanks; what goes on stands below
/// the words behind the line's label ("  Meaning:   ..."). A word that is longer stays whole. 0, or
/// so few columns that no words fit beside a label: as it is.
std::string wrapped(std::string_view text, std::size_t columns);

}  // namespace updater::report
