// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/report_files.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "base/markup.h"
#include "os/safe_text.h"
#include "scenarios/engine/report_text.h"

namespace scenarios::engine {
namespace {

/// XML 1.0 has no way to write most control characters, and takes nothing that is not UTF-8: both
/// are shown as \xNN, as on a terminal.
std::string escaped(std::string_view text) {
  return base::as_markup(os::safe_text(text));
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

/// CI servers list messages one a line; all of it is in the element's text.
std::string shortened(std::string_view message) {
  constexpr std::size_t most = 160;
  std::string_view line = message.substr(0, message.find('\n'));
  if (line.size() > most) {
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
    line = line.substr(0, end);
  }
  return std::string(line) + (line.size() < message.size() ? " ..." : "");
}

std::string message_of(const ScenarioResult& result) {
  if (result.failures.empty()) return result.message;
  const Failure& first = result.failures.front();
  return fmt::format("{}: expected {}, got {}", first.what, first.expected, first.got);
}

/// JUnit's own time is virtual, so that CI servers can compare it from one run to the next. The
/// schema has properties for a suite alone, so those of its cases stand there by their names.
std::string wall_times(const std::vector<ScenarioResult>& results, base::Duration all) {
  std::string out = fmt::format(
      "    <properties>\n      <property name=\"wall_time_s\" value=\"{:.3f}\"/>\n", seconds(all));
  for (const ScenarioResult& result : results) {
    out += fmt::format("      <property name=\"wall_time_s {}\" value=\"{:.3f}\"/>\n",
                       escaped(result.id), seconds(result.wall_time));
  }
  return out + "    </properties>\n";
}

std::string problem_of(const ScenarioResult& result) {
  if (result.verdict == Verdict::passed) return {};
  if (result.verdict == Verdict::skipped)
    return fmt::format("      <skipped message=\"{}\"/>\n", escaped(result.message));
  const char* element = result.verdict == Verdict::failed ? "failure" : "error";
  return fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element,
                     name(result.verdict), escaped(shortened(message_of(result))),
                     escaped(details_of(result)));
}

std::string test_case(const ScenarioResult& result) {
  const auto [folder, story] = split_id(result.id);
  return fmt::format(
      "    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\">\n{}    </testcase>\n",
      escaped(folder), escaped(story), seconds(result.virtual_time), problem_of(result));
}

}  // namespace

std::string junit_xml(const std::vector<ScenarioResult>& results, base::Duration wall_time) {
  const Totals sum = totals(results);
  const std::string counts =
      fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", sum.all(), sum.failed,
                  sum.script_errors + sum.internal + sum.invalid);
  const std::string time = fmt::format("time=\"{:.3f}\"", seconds(sum.virtual_time));
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format("<testsuites {0} {1}>\n  <testsuite name=\"mesim\" {0} skipped=\"{2}\" {1}>\n",
                     counts, time, sum.skipped);
  out += wall_times(results, wall_time);
  for (const ScenarioResult& result : results) out += test_case(result);
  return out + "  </testsuite>\n</testsuites>\n";
}

std::string results_json(const std::vector<ScenarioResult>& results, base::Duration wall_time) {
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
                           {"invalid", sum.invalid},
                           {"skipped", sum.skipped},
                           {"virtual_time_ns", sum.virtual_time.count()},
                           {"wall_time_ns", wall_time.count()}}},
                         {"scenarios", scenarios}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace scenarios::engine
