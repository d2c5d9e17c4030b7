// SPDX-License-Identifier: BSD-3-Clause
// The words that somebody typed behind the name of one of the era's tools.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenarios::field {

/// ASCII letters in lower case.
std::string lower_case(std::string_view text);

/// Words between blanks.
std::vector<std::string> words_of(std::string_view text);

/// Whether the words could be a command line: switches, their values, files, one free word. A
/// sentence that begins with the tool's name has more.
bool could_be_typed(const std::vector<std::string>& words);

/// The word that names the image; null when there is none. `words` begin with the tool's name.
const std::string* image_word(const std::vector<std::string>& words);

/// Whether a password was typed: a word that is no switch, no file and no value of another switch.
bool has_password(const std::vector<std::string>& words);

/// `name` in any case, with '-' or '/' in front.
bool has_switch(const std::vector<std::string>& words, std::string_view name);

}  // namespace scenarios::field
