// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/report_ci.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace scenarios::engine {
namespace {

/// One thing that did not hold, and where in which file.
struct Finding {
  std::string path;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::string title;
  std::string words;
};

std::optional<std::uint32_t> number_at_end(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  const std::string_view digits = text.substr(colon + 1);
  std::uint32_t value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failure != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  text = text.substr(0, colon);
  return value;
}

/// "lib/a.toml:9:1" into the finding; anything else leaves the story's file.
void set_place(Finding& finding, std::string_view place) {
  const auto column = number_at_end(place);
  const auto line = column ? number_at_end(place) : std::nullopt;
  if (!line) return;
  finding.path = std::string(place);
  finding.line = *line;
  finding.column = *column;
}

/// The place that a message begins with: "lib/a.toml:9:1: unknown key".
std::string_view place_in(std::string_view message) {
  const std::size_t end = message.find(": ");
  return end == message.npos ? std::string_view() : message.substr(0, end);
}

std::string below(const std::string& folder, std::string path) {
  if (!folder.empty() && path.starts_with(folder + "/")) path.erase(0, folder.size() + 1);
  while (path.starts_with("./")) path.erase(0, 2);
  return path;
}

std::vector<Finding> findings_of(const ScenarioResult& result, const std::string& folder) {
  if (result.verdict == Verdict::passed || result.verdict == Verdict::skipped) return {};
  std::vector<Finding> all;
  for (const Failure& failure : result.failures) {
    Finding finding{.path = result.file, .title = result.id, .words = {}};
    set_place(finding, failure.place);
    finding.words =
        fmt::format("{}: expected {}, got {}", failure.what, failure.expected, failure.got);
    if (failure.step != 0)
      finding.words =
          fmt::format("step {} ({}): ", failure.step, failure.step_text) + finding.words;
    all.push_back(std::move(finding));
  }
  if (all.empty()) {
    all.push_back({.path = result.file, .title = result.id, .words = result.message});
    set_place(all.back(), place_in(result.message));
  }
  for (Finding& finding : all) finding.path = below(folder, finding.path);
  return all;
}

/// As actions/toolkit escapes them: what would end the value, or the line.
std::string command_text(std::string_view text, std::string_view also) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '\r' || c == '\n' || also.find(c) != also.npos)
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out;
}

std::string property_text(std::string_view text) {
  return command_text(text, ":,");
}

const char* severity_of(Verdict verdict) {
  if (verdict == Verdict::internal) return "blocker";
  return verdict == Verdict::script_error ? "critical" : "major";
}

/// FNV-1a, 64 bits: the same failure is known again in the next run.
std::uint64_t fingerprint_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return hash;
}

}  // namespace

std::string github_annotations(const std::vector<ScenarioResult>& results,
                               const std::string& folder) {
  std::string out;
  for (const ScenarioResult& result : results) {
    for (const Finding& finding : findings_of(result, folder)) {
      out += fmt::format("::error file={},line={},col={},title={}::{}\n",
                         property_text(finding.path), finding.line, finding.column,
                         property_text(finding.title), command_text(finding.words, ""));
    }
  }
  return out;
}

std::string gitlab_code_quality(const std::vector<ScenarioResult>& results,
                                const std::string& folder) {
  using Json = nlohmann::ordered_json;
  Json all = Json::array();
  std::map<std::string, std::size_t> seen;
  for (const ScenarioResult& result : results) {
    for (const Finding& finding : findings_of(result, folder)) {
      const std::string what = fmt::format("{}|{}|{}|{}", finding.path, finding.line, finding.title,
                                           finding.words.substr(0, finding.words.find('\n')));
      const std::size_t before = seen[what]++;
      all.push_back({{"description", finding.title + ": " + finding.words},
                     {"check_name", fmt::format("mesim/{}", name(result.verdict))},
                     {"fingerprint",
                      fmt::format("{:016x}", fingerprint_of(fmt::format("{}|{}", what, before)))},
                     {"severity", severity_of(result.verdict)},
                     {"location", {{"path", finding.path}, {"lines", {{"begin", finding.line}}}}}});
    }
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace scenarios::engine
