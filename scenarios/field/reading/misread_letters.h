// SPDX-License-Identifier: BSD-3-Clause
// Letters that a reader of pictures confuses: l, I and 1, O and 0, rn and m, kinds of brackets.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace scenarios::field {

/// `text` in one spelling for all that a reader of pictures confuses, without blanks: two lines
/// that he could have taken for one another have the same.
std::string as_seen(std::string_view text);

/// `text` with every letter that looks like a digit as that digit.
std::string with_digits(std::string_view text);

/// The fewest letters that are to be changed, put in or left out to make one the other.
std::size_t letters_apart(std::string_view a, std::string_view b);

}  // namespace scenarios::field
