// SPDX-License-Identifier: BSD-3-Clause
// A forecast for people, for programs and as a page: all of them say that the time is simulated.
#include "scenarios/forecast/forecast_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace scenarios::forecast {
namespace {

using std::chrono::seconds;
using updater::update::Way;

Forecast of_ten_seconds() {
  Forecast f{
      .way = Way::heci, .bytes = 65536, .message_payload = 504, .total = seconds(10), .shares = {}};
  f.shares[static_cast<std::size_t>(Work::transfer)] = seconds(1);
  f.shares[static_cast<std::size_t>(Work::erase)] = seconds(9);
  return f;
}

ForecastReport report_of(std::string machine) {
  ForecastReport report{.machine = std::move(machine),
                        .description = "a board",
                        .from = {5, 0, 1, 1},
                        .to = {5, 0, 1, 2},
                        .image = "",
                        .sweep_key = "heci.depth",
                        .ways = {}};
  WayReport heci{.way = Way::heci, .forecast = of_ten_seconds()};
  heci.what_ifs = {{.key = "flash.part", .now = "\"A\"", .then = "\"B\"", .saved = seconds(4)}};
  heci.sweep.push_back({.value = "2", .forecast = of_ten_seconds()});
  heci.sweep.push_back(
      {.value = "3", .forecast = base::Error{base::Errc::invalid, "no such depth"}});
  report.ways.push_back(std::move(heci));
  report.ways.push_back(
      {.way = Way::tpm, .forecast = base::Error{base::Errc::unsupported, "this board has no TPM"}});
  return report;
}

TEST(ForecastReport, TellsPeopleTheTotalTheSharesAndWhatDecides) {
  const std::string text = forecast_text(report_of("m"));
  for (const char* part : {"Through HECI: 10.00 s simulated", "erase          9.00 s   90.0 %",
                           "decided most by flash.part", "4.00 s  \"A\" -> \"B\"", "no such depth",
                           "Through the TPM: this board has no TPM"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(ForecastReport, TellsProgramsTheSame) {
  const auto json = nlohmann::json::parse(forecast_json(report_of("m\xFF")));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["time"], "simulated");
  EXPECT_EQ(json["image"], nullptr);
  const auto& heci = json["ways"][0];
  EXPECT_EQ(heci["via"], "heci");
  EXPECT_EQ(heci["forecast"]["total_s"], 10.0);
  EXPECT_EQ(heci["forecast"]["shares_s"]["erase"], 9.0);
  EXPECT_EQ(heci["what_if"][0]["saved_s"], 4.0);
  EXPECT_EQ(heci["sweep"]["points"][1]["error"], "no such depth");
  EXPECT_EQ(json["ways"][1]["error"], "this board has no TPM");
}

TEST(ForecastReport, ThePageTakesNobodysMarkup) {
  const std::string page = forecast_page(report_of("<script>alert(1)</script>"));
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(page.find("Simulated time"), std::string::npos);
  EXPECT_EQ(page.find("http"), page.find("http-equiv")) << "nothing is loaded";
}

}  // namespace
}  // namespace scenarios::forecast
