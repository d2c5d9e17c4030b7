// SPDX-License-Identifier: BSD-3-Clause
// One value of a machine through a range, and how long the update takes with each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/forecast/forecast.h"

namespace scenarios::forecast {

struct Sweep {
  std::string key;
  std::vector<std::string> values;  ///< as TOML has them
};

/// Values of a sweep at most: each is a board made and updated.
inline constexpr std::size_t kMostValues = 64;

/// "heci.depth=2..128" doubles from 2 to 128; "update.boot_time=1s..8s" likewise;
/// "flash.part=MX25L6405D,W25Q64BV" lists. Errors: invalid (says what is wrong with it).
base::Result<Sweep> read_sweep(std::string_view text);

struct SweepPoint {
  std::string value;
  base::Result<Forecast> forecast;  ///< or why this machine cannot be made or updated
};

/// `image` where one was given; else each machine gets the next version of its own.
std::vector<SweepPoint> run_sweep(const Subject& subject, const Sweep& sweep,
                                  const std::optional<updater::image::Image>& image,
                                  updater::update::Way way);

}  // namespace scenarios::forecast
