// SPDX-License-Identifier: BSD-3-Clause
// The words that a line of the era's tools can have for a value, in any case: those of the tables
// in protocol/tools.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/field/reading/fact.h"

namespace scenarios::field {

/// What a profile has for `value`; nothing when it is none of the fact's words.
std::optional<std::string> toml_of(Fact fact, std::string_view value);

/// Every word that the fact has in any dialect; one can stand there twice.
std::vector<std::string_view> words_of(Fact fact);

/// Whether `value` is one of the fact's words.
bool is_word(Fact fact, std::string_view value);

/// The one of the fact's words for which a reader of pictures could have taken `value`; nothing
/// where it is none of them or could be two. A guess.
std::optional<std::string> word_misread_as(Fact fact, std::string_view value);

/// Whether one of the fact's words begins with `value` and goes on.
bool begins_a_word(Fact fact, std::string_view value);

}  // namespace scenarios::field
