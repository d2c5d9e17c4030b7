// SPDX-License-Identifier: BSD-3-Clause
// Parts of the page of a reproduction.
#pragma once

#include <string>

#include "scenarios/field/replay/comparison.h"
#include "scenarios/field/report/reproduction.h"

namespace scenarios::field {

/// A log and our lines side by side, stretches of equal lines folded.
std::string compared_lines_html(const Comparison& comparison);

/// `page` without the folders in which the report's files lie: a page is passed on.
std::string without_folders(std::string page, const FieldReport& report);

}  // namespace scenarios::field
