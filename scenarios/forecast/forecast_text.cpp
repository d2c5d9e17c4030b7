// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/forecast/forecast_report.h"

namespace scenarios::forecast {
namespace {

using updater::update::Way;

constexpr std::size_t kBar = 40;  ///< characters
constexpr std::size_t kMostLevers = 5;

std::string bar(double share) {
  return std::string(static_cast<std::size_t>(share * static_cast<double>(kBar) + 0.5), '#');
}

std::string shares_text(const Forecast& f) {
  std::string out;
  for (std::size_t i = 0; i < kWorks; ++i) {
    const double share = in_seconds(f.shares[i]) / in_seconds(f.total);
    out += fmt::format("  {:<9} {:>9.2f} s  {:>5.1f} %  {}\n", name(static_cast<Work>(i)),
                       in_seconds(f.shares[i]), share * 100, bar(share));
  }
  return out;
}

std::string levers_text(const std::vector<WhatIf>& levers) {
  if (levers.empty()) return "  no value of the profile, made twice as good, shortens it\n";
  std::string out =
      fmt::format("  decided most by {}; by itself this would shorten it:\n", levers.front().key);
  for (std::size_t i = 0; i < std::min(levers.size(), kMostLevers); ++i) {
    const WhatIf& l = levers[i];
    out +=
        fmt::format("    {:<24} {:>9.2f} s  {} -> {}\n", l.key, in_seconds(l.saved), l.now, l.then);
  }
  return out;
}

std::string sweep_text(const std::string& key, const std::vector<SweepPoint>& points) {
  double longest = 0;
  for (const SweepPoint& p : points) {
    if (p.forecast) longest = std::max(longest, in_seconds(p.forecast->total));
  }
  std::string out = fmt::format("  {}:\n", key);
  for (const SweepPoint& p : points) {
    if (!p.forecast) {
      out += fmt::format("    {:<14} {}\n", p.value, p.forecast.error().doing);
      continue;
    }
    const double total = in_seconds(p.forecast->total);
    out += fmt::format("    {:<14} {:>9.2f} s  {}\n", p.value, total, bar(total / longest));
  }
  return out;
}

std::string way_text(const ForecastReport& report, const WayReport& way) {
  if (!way.forecast)
    return fmt::format("Through {}: {}\n", link_name(way.way), way.forecast.error().doing);
  const Forecast& f = *way.forecast;
  std::string out = fmt::format("Through {}: {:.2f} s simulated, {} bytes, {} in one {}\n",
                                link_name(way.way), in_seconds(f.total), f.bytes, f.message_payload,
                                way.way == Way::tpm ? "command" : "message");
  out += shares_text(f) + levers_text(way.what_ifs);
  if (!way.sweep.empty()) out += sweep_text(report.sweep_key, way.sweep);
  return out;
}

}  // namespace

const char* link_name(Way way) {
  return way == Way::tpm ? "the TPM" : "HECI";
}

std::string forecast_text(const ForecastReport& report) {
  std::string out = fmt::format(
      "{} ({}): {} -> {}, {}\nPredicted by carrying the update out on the simulated board; on a "
      "real one the profile's times decide.\n",
      report.machine, report.description, to_text(report.from), to_text(report.to),
      report.image.empty() ? "an image as large as its partition" : report.image);
  for (const WayReport& way : report.ways) out += "\n" + way_text(report, way);
  return out;
}

}  // namespace scenarios::forecast
