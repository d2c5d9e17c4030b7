// SPDX-License-Identifier: BSD-3-Clause
// What the value of a line of the era's tools looks like, so that one can be told from a person's
// words and from another line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/field/reading/fact.h"

namespace scenarios::field {

/// Whether the tool could have printed `value` for the fact: the shape of a version, a number,
/// an address, or one of the fact's words. A value in free words has up to six of them and is
/// no sentence.
bool could_be_value(Fact fact, std::string_view value);

/// Whether values of the fact have a shape that a person's words have not.
bool has_strict_shape(Fact fact);

/// `value` with letters that a reader of pictures takes for digits, or the other way round, put
/// right, where that makes it a value and nothing else does; nothing where it is one already, or
/// stays none. A guess.
std::optional<std::string> repaired_value(Fact fact, std::string_view value);

}  // namespace scenarios::field
