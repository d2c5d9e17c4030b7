// SPDX-License-Identifier: BSD-3-Clause
// What `mesim bench` tells: for people, for programs, and as a page. All times in it are simulated.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/firmware_version.h"
#include "scenarios/forecast/sweep.h"
#include "scenarios/forecast/what_if.h"

namespace scenarios::forecast {

struct WayReport {
  updater::update::Way way = updater::update::Way::heci;
  base::Result<Forecast> forecast;  ///< or why there is none
  std::vector<WhatIf> what_ifs;     ///< the one that saves most first
  std::vector<SweepPoint> sweep;    ///< empty: none was asked for
};

struct ForecastReport {
  std::string machine;
  std::string description;
  protocol::FirmwareVersion from;
  protocol::FirmwareVersion to;
  std::string image;      ///< the file; empty: made for this machine
  std::string sweep_key;  ///< empty: none was asked for
  std::vector<WayReport> ways;
};

/// "HECI", "the TPM".
const char* link_name(updater::update::Way way);

std::string forecast_text(const ForecastReport& report);
/// docs/schema/bench.schema.json.
std::string forecast_json(const ForecastReport& report);
/// One HTML file; nothing is loaded and no script runs.
std::string forecast_page(const ForecastReport& report);

inline double in_seconds(base::Duration d) {
  return std::chrono::duration<double>(d).count();
}

}  // namespace scenarios::forecast
