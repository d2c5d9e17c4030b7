// SPDX-License-Identifier: BSD-3-Clause
// Switches: those of the field reports, and those of later generations that owners' posts show.
#include "scenarios/field/reading/command_line.h"

#include <algorithm>
#include <array>

namespace scenarios::field {
namespace {

/// Switches whose next word belongs to them.
constexpr std::array<std::string_view, 6> kWithValue = {"f",      "save",    "oemid",
                                                        "partid", "verbose", "pass"};
constexpr std::array<std::string_view, 4> kImageEndings = {".bin", ".rom", ".img", ".me"};

bool is_switch(std::string_view word) {
  return word.size() > 1 && (word[0] == '-' || word[0] == '/');
}

std::string switch_name(std::string_view word) {
  return is_switch(word) ? lower_case(word.substr(1)) : std::string();
}

bool takes_value(std::string_view word) {
  const std::string name = switch_name(word);
  return std::find(kWithValue.begin(), kWithValue.end(), name) != kWithValue.end();
}

bool is_image_file(std::string_view word) {
  const std::string name = lower_case(word);
  return std::any_of(kImageEndings.begin(), kImageEndings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

/// Neither switch nor file nor a switch's value.
bool is_free(const std::vector<std::string>& words, std::size_t i) {
  return !is_switch(words[i]) && !is_image_file(words[i]) && !takes_value(words[i - 1]);
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = text.find_first_not_of(' '); at != text.npos;) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = text.find_first_not_of(' ', end);
  }
  return words;
}

bool could_be_typed(const std::vector<std::string>& words) {
  if (words.size() < 2) return false;
  std::size_t free = 0;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (is_free(words, i)) ++free;
  }
  const bool ends_a_sentence =
      is_free(words, words.size() - 1) &&
      std::string_view(".,:;!?").find(words.back().back()) != std::string_view::npos;
  return free < words.size() - 1 && free <= 1 && !ends_a_sentence;
}

const std::string* image_word(const std::vector<std::string>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool named = switch_name(words[i - 1]) == "f" && !is_switch(words[i]);
    const bool other_file = takes_value(words[i - 1]) && !named;
    if (named || (is_image_file(words[i]) && !is_switch(words[i]) && !other_file)) return &words[i];
  }
  return nullptr;
}

bool has_password(const std::vector<std::string>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (is_free(words, i) || switch_name(words[i - 1]) == "pass") return true;
  }
  return false;
}

bool has_switch(const std::vector<std::string>& words, std::string_view name) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return switch_name(word) == name; });
}

}  // namespace scenarios::field
