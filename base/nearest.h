// SPDX-License-Identifier: BSD-3-Clause
// Which word somebody meant who typed another: for "did you mean".
#pragma once

#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

namespace detail {
/// Letters to insert, drop, replace or swap with the next one to get from one word to the other
/// (Damerau 1964, Levenshtein 1965; no letter is touched twice).
inline std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before;  // the rows of the two letters before a[i]
  std::vector<std::size_t> last(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t> row(b.size() + 1, i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::exchange(last, std::move(row));
  }
  return last[b.size()];
}

/// A word cut short, or one with something behind it, is nearly the word.
inline std::size_t strangeness(std::string_view word, std::string_view candidate) {
  constexpr std::size_t telling = 4;
  const bool begun = word.size() >= telling && candidate.starts_with(word);
  const bool extended = candidate.size() >= telling && word.starts_with(candidate);
  return begun || extended ? 1 : distance(word, candidate);
}

inline std::size_t same_beginning(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const auto end = a.begin() + static_cast<std::ptrdiff_t>(shorter);
  return static_cast<std::size_t>(std::mismatch(a.begin(), end, b.begin()).first - a.begin());
}
}  // namespace detail

/// The candidate a person most likely meant; empty when none is near. Of several that are as near,
/// the one that begins most alike.
inline std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  std::size_t best = std::max<std::size_t>(2, word.size() / 3);
  std::string found;
  for (const std::string& candidate : candidates) {
    const std::size_t d = detail::strangeness(word, candidate);
    const bool begins_more_alike = found.empty() || detail::same_beginning(word, candidate) >
                                                        detail::same_beginning(word, found);
    if (d > best || (d == best && !begins_more_alike)) continue;
    best = d;
    found = candidate;
  }
  return found;
}

}  // namespace base
