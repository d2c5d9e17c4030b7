// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/bench_command.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "emulator/attach/set_values.h"
#include "os/report_file.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"
#include "scenarios/forecast/forecast_report.h"
#include "updater/io/read_file.h"

namespace scenarios::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using forecast::ForecastReport;
using forecast::Subject;
using forecast::WayReport;
using updater::image::Image;
using updater::update::Way;

Result<Subject> subject_of(const BenchArguments& arguments) {
  const auto values = emulator::attach::read_set_values(arguments.set, "--set");
  if (!values) return values.error();
  Subject subject{.machine = arguments.machine, .set = {}};
  for (const std::string& entry : *values) {
    const std::size_t equals = entry.find('=');
    subject.set.push_back(
        {.key = entry.substr(0, equals), .value = entry.substr(equals + 1), .where = "--set"});
  }
  return subject;
}

Result<std::optional<Image>> given_image(const std::string& path) {
  if (path.empty()) return std::optional<Image>();
  auto bytes = updater::io::read_file(path);
  if (!bytes) return bytes.error();
  auto outcome = updater::image::parse(std::move(*bytes));
  if (!outcome.image)
    return Error{Errc::invalid, "reading " + path + ": " + to_text(*outcome.defect)};
  return std::optional<Image>(std::move(*outcome.image));
}

std::vector<Way> ways_of(BenchArguments::Via via, const emulator::machine::Profile& profile) {
  if (via == BenchArguments::Via::heci) return {Way::heci};
  if (via == BenchArguments::Via::tpm) return {Way::tpm};
  if (!profile.tpm.fitted) return {Way::heci};
  return {Way::heci, Way::tpm};
}

struct Question {
  Subject subject;
  std::optional<Image> image;
  std::optional<forecast::Sweep> sweep;
};

WayReport told_way(const Question& q, const Image& image, Way way) {
  WayReport report{.way = way, .forecast = forecast::forecast(q.subject, image, way)};
  if (!report.forecast) return report;
  if (auto levers = forecast::what_ifs(q.subject, image, *report.forecast))
    report.what_ifs = std::move(*levers);
  if (q.sweep) report.sweep = forecast::run_sweep(q.subject, *q.sweep, q.image, way);
  return report;
}

Result<ForecastReport> told(const BenchArguments& arguments) {
  auto subject = subject_of(arguments);
  if (!subject) return subject.error();
  auto image = given_image(arguments.image);
  if (!image) return image.error();
  Question question{.subject = std::move(*subject), .image = std::move(*image), .sweep = {}};
  if (!arguments.sweep.empty()) {
    auto sweep = forecast::read_sweep(arguments.sweep);
    if (!sweep) return sweep.error();
    question.sweep = std::move(*sweep);
  }
  const auto profile = forecast::open_profile(question.subject, Way::heci);
  if (!profile) return profile.error();
  auto used = question.image ? Result<Image>(*question.image) : forecast::next_image(*profile);
  if (!used) return used.error();
  ForecastReport report{.machine = arguments.machine,
                        .description = profile->description,
                        .from = profile->firmware.identity.version,
                        .to = used->version(),
                        .image = arguments.image,
                        .sweep_key = question.sweep ? question.sweep->key : "",
                        .ways = {}};
  for (const Way way : ways_of(arguments.via, *profile))
    report.ways.push_back(told_way(question, *used, way));
  return report;
}

int status_of(const Error& error) {
  const bool nonsense = error.code == Errc::invalid || error.code == Errc::not_found;
  return nonsense ? kUsage : kBroken;
}

Result<void> written(const BenchArguments& arguments, const ForecastReport& report) {
  if (arguments.json != kStandardOutput && arguments.html != kStandardOutput)
    say(forecast_text(report));
  for (const auto& [path, text] : {std::pair(arguments.json, &forecast::forecast_json),
                                   std::pair(arguments.html, &forecast::forecast_page)}) {
    if (path.empty()) continue;
    if (path == kStandardOutput) {
      pass_on(text(report));
    } else if (const auto done = os::write_report(path, text(report)); !done) {
      return done;
    }
  }
  return {};
}

}  // namespace

int bench(const BenchArguments& arguments) {
  if (arguments.json == kStandardOutput && arguments.html == kStandardOutput) {
    complain("--json - and --html -: both cannot have standard output");
    return kUsage;
  }
  const auto report = told(arguments);
  if (!report) {
    complain(report.error().doing);
    return status_of(report.error());
  }
  if (const auto done = written(arguments, *report); !done) {
    complain(done.error().doing);
    return kBroken;
  }
  const bool any = std::ranges::any_of(
      report->ways, [](const WayReport& way) { return way.forecast.has_value(); });
  return any ? 0 : 1;
}

}  // namespace scenarios::cli
