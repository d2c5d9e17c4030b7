// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/misread_letters.h"

#include <algorithm>
#include <array>
#include <vector>

#include "scenarios/field/reading/command_line.h"

namespace scenarios::field {
namespace {

struct Alike {
  std::string_view seen;
  std::string_view as;
};
/// Longer ones first.
constexpr std::array kLookAlike = {
    Alike{"rn", "m"}, Alike{"vv", "w"}, Alike{"cl", "d"}, Alike{"i", "l"}, Alike{"1", "l"},
    Alike{"|", "l"},  Alike{"!", "l"},  Alike{"0", "o"},  Alike{"5", "s"}, Alike{"$", "s"},
    Alike{"8", "b"},  Alike{"2", "z"},  Alike{"6", "g"},  Alike{"9", "g"}, Alike{"q", "g"},
    Alike{"@", "a"},  Alike{"[", "("},  Alike{"{", "("},  Alike{"<", "("}, Alike{"]", ")"},
    Alike{"}", ")"},  Alike{">", ")"},  Alike{";", ":"},  Alike{",", "."}, Alike{" ", ""},
};

struct LikeDigit {
  char letter;
  char digit;
};
constexpr std::array kLikeDigits = {
    LikeDigit{'O', '0'}, LikeDigit{'o', '0'}, LikeDigit{'l', '1'}, LikeDigit{'I', '1'},
    LikeDigit{'i', '1'}, LikeDigit{'|', '1'}, LikeDigit{'S', '5'}, LikeDigit{'s', '5'},
    LikeDigit{'Z', '2'}, LikeDigit{'z', '2'}, LikeDigit{'B', '8'}, LikeDigit{'g', '9'},
    LikeDigit{'q', '9'}, LikeDigit{',', '.'},
};

}  // namespace

namespace {

/// Most letters look like no other.
constexpr std::array<bool, 256> kBeginsARow = [] {
  std::array<bool, 256> begins = {};
  for (const Alike& row : kLookAlike) begins[static_cast<unsigned char>(row.seen[0])] = true;
  return begins;
}();

}  // namespace

std::string as_seen(std::string_view text) {
  const std::string lower = lower_case(text);
  std::string out;
  out.reserve(lower.size());
  for (std::size_t at = 0; at < lower.size();) {
    if (!kBeginsARow[static_cast<unsigned char>(lower[at])]) {
      out += lower[at++];
      continue;
    }
    const std::string_view rest = std::string_view(lower).substr(at);
    const auto* row = std::find_if(kLookAlike.begin(), kLookAlike.end(),
                                   [&](const Alike& each) { return rest.starts_with(each.seen); });
    if (row == kLookAlike.end()) {
      out += lower[at++];
    } else {
      out += row->as;
      at += row->seen.size();
    }
  }
  return out;
}

std::string with_digits(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    const auto* row = std::find_if(kLikeDigits.begin(), kLikeDigits.end(),
                                   [&](const LikeDigit& each) { return each.letter == c; });
    if (row != kLikeDigits.end()) c = row->digit;
  }
  return out;
}

std::size_t letters_apart(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t k = 0; k <= b.size(); ++k) row[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t changed = diagonal + (a[i - 1] == b[k - 1] ? 0 : 1);
      diagonal = row[k];
      row[k] = std::min({changed, row[k] + 1, row[k - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace scenarios::field
