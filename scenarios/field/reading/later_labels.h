// SPDX-License-Identifier: BSD-3-Clause
// Labels and lines that only MEInfo and MEManuf of generation 6 and later print, drawn from the
// tables in protocol/tools.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "scenarios/field/reading/fact.h"

namespace scenarios::field {

struct LaterLabel {
  std::string_view label;
  Fact fact;
  bool known_bare = false;  ///< it needs no colon behind it
};

/// All of them.
std::span<const LaterLabel> later_labels();

/// The row whose label `line` begins with, set apart from what follows; null: none. The longest
/// of several.
const LaterLabel* later_label_of(std::string_view line);

/// Whether `line` is one of those that have no value.
bool is_later_plain_line(std::string_view line);

}  // namespace scenarios::field
