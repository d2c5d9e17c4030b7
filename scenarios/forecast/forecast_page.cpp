// SPDX-License-Identifier: BSD-3-Clause
// The forecast as one HTML file: a bar of shares for each way, a chart for each sweep.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/forecast/forecast_report.h"
#include "scenarios/page/html_text.h"
#include "scenarios/page/page_head.h"

namespace scenarios::forecast {
namespace {

constexpr std::string_view kForecastRules =
    R"(table { width: auto; } td, th { padding: 1px 10px; } td.n { text-align: right; }
svg text { stroke: none; }
)";

constexpr const char* kColours[kWorks] = {"#4c78a8", "#e45756", "#f58518",
                                          "#54a24b", "#b279a2", "#9d9da0"};
constexpr double kChart = 600;  ///< user units, the longest bar
constexpr double kLabels = 170;

/// One horizontal bar of shares; `scale` in user units a second.
std::string share_bar(const Forecast& f, double y, double scale) {
  std::string out;
  double x = kLabels;
  for (std::size_t i = 0; i < kWorks; ++i) {
    const double width = in_seconds(f.shares[i]) * scale;
    out += fmt::format(
        R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="18" fill="{}"><title>{} {:.2f} s</title></rect>)",
        x, y, width, kColours[i], name(static_cast<Work>(i)), in_seconds(f.shares[i]));
    x += width;
  }
  return out + fmt::format(R"(<text x="{:.1f}" y="{:.1f}">{:.2f} s</text>)", x + 6, y + 14,
                           in_seconds(f.total));
}

std::string chart(const std::vector<std::pair<std::string, const Forecast*>>& rows) {
  double longest = 0;
  for (const auto& [label, f] : rows) longest = std::max(longest, in_seconds(f->total));
  const double scale = longest > 0 ? kChart / longest : 0;
  std::string out = fmt::format(R"(<svg viewBox="0 0 860 {}" role="img">)", 24 * rows.size() + 8);
  double y = 4;
  for (const auto& [label, f] : rows) {
    out += fmt::format(R"(<text x="0" y="{:.1f}">{}</text>)", y + 14, page::escaped(label));
    out += share_bar(*f, y, scale);
    y += 24;
  }
  return out + "</svg>\n";
}

std::string legend() {
  std::string out = "<p>";
  for (std::size_t i = 0; i < kWorks; ++i) {
    out += fmt::format(R"(<span style="color:{}">&#9632;</span> {} &nbsp; )", kColours[i],
                       name(static_cast<Work>(i)));
  }
  return out + "</p>\n";
}

std::string levers_table(const std::vector<WhatIf>& levers) {
  std::string out =
      "<table><tr><th>value</th><th>now</th><th>twice as good</th><th>saves</th></tr>\n";
  for (const WhatIf& l : levers) {
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td class=n>{:.2f} s</td></tr>\n",
                       page::escaped(l.key), page::escaped(l.now), page::escaped(l.then),
                       in_seconds(l.saved));
  }
  return out + "</table>\n";
}

std::string sweep_part(const ForecastReport& report, const WayReport& way) {
  std::vector<std::pair<std::string, const Forecast*>> rows;
  std::string errors;
  for (const SweepPoint& p : way.sweep) {
    if (p.forecast) {
      rows.emplace_back(p.value, &*p.forecast);
    } else {
      errors += fmt::format("<p>{}: {}</p>\n", page::escaped(p.value),
                            page::escaped(p.forecast.error().doing));
    }
  }
  return fmt::format("<h3>{}</h3>\n", page::escaped(report.sweep_key)) + chart(rows) + errors;
}

std::string way_part(const ForecastReport& report, const WayReport& way) {
  std::string out = fmt::format("<h2>Through {}</h2>\n", link_name(way.way));
  if (!way.forecast)
    return out + fmt::format("<p>{}</p>\n", page::escaped(way.forecast.error().doing));
  out += chart({{"as it is", &*way.forecast}}) + levers_table(way.what_ifs);
  if (!way.sweep.empty()) out += sweep_part(report, way);
  return out;
}

}  // namespace

std::string forecast_page(const ForecastReport& report) {
  std::string out = page::page_head("How long an update takes", kForecastRules);
  out += fmt::format("<h1>{}: {} to {}</h1>\n<p>{}</p>\n", page::escaped(report.machine),
                     to_text(report.from), to_text(report.to), page::escaped(report.description));
  out +=
      "<p class=note>Simulated time: predicted by carrying the update out on the simulated "
      "board. On a real one the profile's times decide.</p>\n";
  out += legend();
  for (const WayReport& way : report.ways) out += way_part(report, way);
  return out + std::string(page::kPageEnd);
}

}  // namespace scenarios::forecast
