// SPDX-License-Identifier: BSD-3-Clause
// Labels that only MEInfo and MEManuf of generation 6 and later print.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "scenarios/field/reading/fact.h"

namespace scenarios::field {

struct LaterLabel {
  std::string_view label;
  Fact fact;
};

/// All of them. Wording: what owners' posts show.
std::span<const LaterLabel> later_labels();

/// The row whose label `line` begins with, set apart from what follows; null: none. The longest
/// of several.
const LaterLabel* later_label_of(std::string_view line);

}  // namespace scenarios::field
