// SPDX-License-Identifier: BSD-3-Clause
// Hears all of an update, and asks it to stop where the test says.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "updater/update/carry_out.h"

namespace tests {

class Listener : public updater::update::ProgressListener {
 public:
  void progress(const updater::update::Progress& progress) override { seen.push_back(progress); }
  bool stop_requested() override {
    return stop_at && !seen.empty() && seen.back().bytes_done >= *stop_at;
  }

  bool saw(updater::update::Phase phase) const {
    return std::any_of(seen.begin(), seen.end(), [&](const auto& p) { return p.phase == phase; });
  }

  std::vector<updater::update::Progress> seen;
  std::optional<std::size_t> stop_at;  ///< bytes done
};

}  // namespace tests
