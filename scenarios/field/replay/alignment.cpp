// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/replay/alignment.h"

#include <algorithm>

namespace scenarios::field {
namespace {

/// best(i, k): the largest sum that lines i.. on the left and k.. on the right can have.
class Sums {
 public:
  Sums(std::size_t left, std::size_t right, const Likeness& alike)
      : left_(left), right_(right), best_((left + 1) * (right + 1)) {
    for (std::size_t i = left; i-- > 0;) {
      for (std::size_t k = right; k-- > 0;) {
        const int pair = alike(i, k);
        best(i, k) =
            std::max({best(i + 1, k), best(i, k + 1), pair + (pair > 0 ? best(i + 1, k + 1) : 0)});
      }
    }
  }

  /// The pairs of the largest sum, as early on the right as can be.
  std::vector<Row> pairs(const Likeness& alike) {
    std::vector<Row> found;
    std::size_t i = 0;
    std::size_t k = 0;
    while (i < left_ && k < right_) {
      const int pair = alike(i, k);
      if (pair > 0 && best(i, k) == pair + best(i + 1, k + 1))
        found.push_back({i++, k++});
      else if (best(i, k) == best(i + 1, k))
        ++i;
      else
        ++k;
    }
    return found;
  }

 private:
  int& best(std::size_t i, std::size_t k) { return best_[i * (right_ + 1) + k]; }

  std::size_t left_;
  std::size_t right_;
  std::vector<int> best_;
};

/// What lies in front of the next pair.
void fill_gap(Row& at, std::size_t left_end, std::size_t right_end, std::vector<Row>& rows) {
  while (*at.left < left_end || *at.right < right_end) {
    Row row;
    if (*at.left < left_end) row.left = (*at.left)++;
    if (*at.right < right_end) row.right = (*at.right)++;
    rows.push_back(row);
  }
}

}  // namespace

std::vector<Row> align(std::size_t left, std::size_t right, const Likeness& alike) {
  std::vector<Row> rows;
  std::size_t same = 0;
  for (; same < left && same < right && alike(same, same) == kAlike; ++same)
    rows.push_back({same, same});
  const std::size_t looked_at = std::min(left - same, kMostCells / (right - same + 1));
  const auto behind = [&](std::size_t i, std::size_t k) { return alike(same + i, same + k); };
  Row at{same, same};
  for (const Row& pair : Sums(looked_at, right - same, behind).pairs(behind)) {
    fill_gap(at, same + *pair.left, same + *pair.right, rows);
    rows.push_back({same + *pair.left, same + *pair.right});
    at = {same + *pair.left + 1, same + *pair.right + 1};
  }
  fill_gap(at, left, right, rows);
  return rows;
}

}  // namespace scenarios::field
