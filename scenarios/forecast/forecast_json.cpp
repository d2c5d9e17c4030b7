// SPDX-License-Identifier: BSD-3-Clause
// The forecast for programs. Schema: docs/schema/bench.schema.json.
#include <nlohmann/json.hpp>

#include "scenarios/forecast/forecast_report.h"

namespace scenarios::forecast {
namespace {

using Json = nlohmann::ordered_json;

Json forecast_object(const Forecast& f) {
  Json shares = Json::object();
  for (std::size_t i = 0; i < kWorks; ++i)
    shares[name(static_cast<Work>(i))] = in_seconds(f.shares[i]);
  return {{"total_s", in_seconds(f.total)},
          {"bytes", f.bytes},
          {"message_payload", f.message_payload},
          {"shares_s", std::move(shares)}};
}

Json levers_array(const std::vector<WhatIf>& levers) {
  Json all = Json::array();
  for (const WhatIf& l : levers) {
    all.push_back(
        {{"key", l.key}, {"now", l.now}, {"then", l.then}, {"saved_s", in_seconds(l.saved)}});
  }
  return all;
}

Json sweep_array(const std::vector<SweepPoint>& points) {
  Json all = Json::array();
  for (const SweepPoint& p : points) {
    Json point = {{"value", p.value}};
    if (p.forecast) {
      point["forecast"] = forecast_object(*p.forecast);
    } else {
      point["error"] = p.forecast.error().doing;
    }
    all.push_back(std::move(point));
  }
  return all;
}

Json way_object(const ForecastReport& report, const WayReport& way) {
  Json out = {{"via", way.way == updater::update::Way::tpm ? "tpm" : "heci"}};
  if (!way.forecast) {
    out["error"] = way.forecast.error().doing;
    return out;
  }
  out["forecast"] = forecast_object(*way.forecast);
  out["what_if"] = levers_array(way.what_ifs);
  if (!way.sweep.empty())
    out["sweep"] = {{"key", report.sweep_key}, {"points", sweep_array(way.sweep)}};
  return out;
}

}  // namespace

std::string forecast_json(const ForecastReport& report) {
  Json ways = Json::array();
  for (const WayReport& way : report.ways) ways.push_back(way_object(report, way));
  const Json out = {{"schema", 1},
                    {"time", "simulated"},
                    {"machine", report.machine},
                    {"from", to_text(report.from)},
                    {"to", to_text(report.to)},
                    {"image", report.image.empty() ? Json(nullptr) : Json(report.image)},
                    {"ways", std::move(ways)}};
  // What a file's name holds need not be UTF-8.
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace scenarios::forecast
