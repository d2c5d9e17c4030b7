// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/report_files.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "base/markup.h"
#include "scenarios/engine/report_text.h"
#include "updater/cli/safe_text.h"

namespace scenarios::engine {
namespace {

/// XML 1.0 has no way to write most control characters, and takes nothing that is not UTF-8: both
/// are shown as \xNN, as on a terminal.
std::string escaped(std::string_view text) {
  return base::as_markup(updater::cli::safe_text(text));
}

double seconds(base::Duration duration) {
  return static_cast<double>(duration.count()) / 1e9;
}

/// "refusals/sku.toml[depth=2]" -> "refusals" and "sku.toml[depth=2]".
std::pair<std::string_view, std::string_view> split_id(std::string_view id) {
  const std::size_t slash = id.substr(0, id.find('[')).rfind('/');
  if (slash == std::string_view::npos) return {"scenarios", id};
  return {id.substr(0, slash), id.substr(slash + 1)};
}

std::string problem_of(const ScenarioResult& result) {
  if (result.verdict == Verdict::passed) return {};
  if (result.verdict == Verdict::skipped)
    return fmt::format("      <skipped message=\"{}\"/>\n", escaped(result.message));
  const char* element = result.verdict == Verdict::failed ? "failure" : "error";
  const std::string message =
      result.failures.empty()
          ? result.message
          : fmt::format("{}: expected {}, got {}", result.failures.front().what,
                        result.failures.front().expected, result.failures.front().got);
  return fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element,
                     name(result.verdict), escaped(message), escaped(details_of(result)));
}

std::string test_case(const ScenarioResult& result) {
  const auto [folder, story] = split_id(result.id);
  return fmt::format(
      "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" time=\"{:.6f}\">\n{}    "
      "</testcase>\n",
      escaped(folder), escaped(story), escaped(result.file), seconds(result.virtual_time),
      problem_of(result));
}

}  // namespace

std::string junit_xml(const std::vector<ScenarioResult>& results) {
  const Totals sum = totals(results);
  const std::string counts = fmt::format(
      "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.6f}\"", sum.all(),
      sum.failed, sum.script_errors + sum.internal, sum.skipped, seconds(sum.virtual_time));
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites {0}>\n  <testsuite name=\"mesim\" {0}>\n", counts);
  for (const ScenarioResult& result : results) out += test_case(result);
  return out + "  </testsuite>\n</testsuites>\n";
}

std::string results_json(const std::vector<ScenarioResult>& results) {
  using Json = nlohmann::ordered_json;
  const Totals sum = totals(results);
  Json scenarios = Json::array();
  for (const ScenarioResult& result : results) scenarios.push_back(to_json(result));
  const Json document = {{"schema", 1},
                         {"totals",
                          {{"all", sum.all()},
                           {"passed", sum.passed},
                           {"failed", sum.failed},
                           {"script_errors", sum.script_errors},
                           {"internal", sum.internal},
                           {"skipped", sum.skipped},
                           {"virtual_time_ns", sum.virtual_time.count()}}},
                         {"scenarios", scenarios}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace scenarios::engine
