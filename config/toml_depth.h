// SPDX-License-Identifier: BSD-3-Clause
// How deep a TOML text nests, seen before it is parsed: each level is a call in the parser and in
// everything behind it, and a text of some kilobytes can ask for more calls than there is memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace config {

/// No profile and no story comes near it.
inline constexpr std::size_t kDeepestToml = 32;

struct TextPlace {
  std::uint32_t line = 1;
  std::uint32_t column = 1;  ///< in characters
};

/// Where `text` goes deeper than `most` levels for the first time; nothing where it does not. A
/// part of a key or of a table's name is a level, so is an array, an inline table, and each "[[".
/// Text that is no TOML is read up to where a parser would give it up, and further.
std::optional<TextPlace> too_deep(std::string_view text, std::size_t most = kDeepestToml);

}  // namespace config
