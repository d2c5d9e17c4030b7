// SPDX-License-Identifier: BSD-3-Clause
// Spellings of one and the same: people and forums change case and the signs in an address.
#pragma once

#include <string>
#include <string_view>

namespace scenarios::field {

/// Equal but for the case of ASCII letters.
bool same_letters(std::string_view a, std::string_view b);

/// Whether `text` is less than `whole` and begins it, but for the case of ASCII letters.
bool is_beginning_of(std::string_view whole, std::string_view text);

/// Where `text` stands in `line`, as it is written here or all in upper case; npos: nowhere.
std::size_t find_printed(std::string_view line, std::string_view text);
/// Whether `line` begins with it.
bool begins_printed(std::string_view line, std::string_view text);

/// A line without blanks around its colon, or a value, in one spelling: lower case, a hardware
/// address at its end with dashes, and the tools' own second spellings ("Last Update Staus").
std::string respelled(std::string_view text);

/// Whether two values of a fact are the same, however they are spelled.
bool same_value(std::string_view a, std::string_view b);

}  // namespace scenarios::field
