// SPDX-License-Identifier: BSD-3-Clause
// How rows become a sequence: like ones counted, silences between them.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "scenarios/page/sequence.h"

namespace scenarios::page {

/// Rows as they come, like ones counted, silences between them.
class SequenceRows {
 public:
  /// Where the flash is at work, what would be silence is none.
  void flash_works() { flash_worked_ = true; }
  void pass(double at) {
    last_ = at;
    flash_worked_ = false;
  }
  void add(SequenceRow row) {
    if (row.at - last_ > kSilence && !rows_.empty())
      rows_.push_back({SequenceRow::Kind::silence, last_, row.at - last_,
                       flash_worked_ ? kFlashWorks : "silence"});
    const bool again = !rows_.empty() && row.kind != SequenceRow::Kind::step &&
                       rows_.back().kind == row.kind && rows_.back().what == row.what;
    if (again)
      ++rows_.back().count;
    else
      rows_.push_back(std::move(row));
  }
  std::size_t size() const { return rows_.size(); }
  std::vector<SequenceRow> take() { return std::move(rows_); }

 private:
  /// Shorter ones are a computer's ordinary pauses.
  static constexpr double kSilence = 2.0;
  static constexpr const char* kFlashWorks = "the flash works";

  std::vector<SequenceRow> rows_;
  double last_ = 0;
  bool flash_worked_ = false;
};

}  // namespace scenarios::page
