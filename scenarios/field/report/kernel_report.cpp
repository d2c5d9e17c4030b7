// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/kernel_report.h"

#include <fmt/format.h>

#include "scenarios/field/report/comparison_json.h"
#include "scenarios/field/report/comparison_text.h"
#include "scenarios/field/report/html_text.h"
#include "scenarios/field/report/page_parts.h"

namespace scenarios::field {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kHowToBoot =
    "a stock Linux can be booted on such a board: give --in guest (some ten seconds)";

std::string what_stands(const BootedLog& boot) {
  switch (boot.state) {
    case BootedLog::State::planned:
      return kHowToBoot;
    case BootedLog::State::no_guest:
      return "not booted: " + boot.failure;
    case BootedLog::State::booted:
      break;
  }
  return kernel_verdict_words(boot);
}

std::string differences(const Comparison& c) {
  const ComparedLine* first = c.first_difference();
  if (first == nullptr) return {};
  const bool added = first->verdict == LineVerdict::added;
  return fmt::format("      log:  {}\n      ours: {}\n", added ? "(no such line)" : first->log.text,
                     added ? first->ours : "(no such line)");
}

const char* state_name(BootedLog::State state) {
  switch (state) {
    case BootedLog::State::planned:
      return "planned";
    case BootedLog::State::no_guest:
      return "no_guest";
    case BootedLog::State::booted:
      break;
  }
  return "booted";
}

Json boot_json(const BootedLog& boot, const ToolRun& log) {
  Json because = Json::array();
  for (const BootReason& reason : boot.plan.because)
    because.push_back({{"place", place_of(reason.line)}, {"means", reason.means}});
  return {{"place", log.place()},
          {"state", state_name(boot.state)},
          {"reproduced", boot.reproduced()},
          {"failure", boot.failure.empty() ? Json() : Json(boot.failure)},
          {"machine", boot.plan.machine},
          {"machine_because", boot.plan.machine_because},
          {"because", because},
          {"our_command", boot.plan.text()},
          {"missing_in_the_paste", boot.comparison.missing_in_paste()},
          {"only_in_the_log", boot.comparison.count(LineVerdict::theirs)},
          {"comparison", comparison_json(boot.comparison)}};
}

std::string boot_html(const BootedLog& boot, const ToolRun& log) {
  const char* mark = !boot.is_booted()   ? " class=note"
                     : boot.reproduced() ? " class=good"
                                         : " class=bad";
  std::string text = fmt::format("<details{}><summary>{} - {}: {}</summary>\n",
                                 boot.reproduced() ? "" : " open", element("b", log.place()),
                                 escaped(log.title()), element("span", what_stands(boot), mark));
  text += element("p", "Here: " + boot.plan.text(), " class=note");
  text += element(
      "p", "Why: " + boot.plan.reasons() + "; the board is " + boot.plan.machine_because + ".",
      " class=note");
  if (boot.is_booted()) text += compared_lines_html(boot.comparison);
  return text + "</details>\n";
}

}  // namespace

std::string kernel_verdict_words(const BootedLog& boot) {
  const Comparison& c = boot.comparison;
  if (c.reproduced()) return reproduced_words(c) + ", " + line_count(c);
  const ComparedLine* first = c.first_difference();
  return first == nullptr ? "DIFFERS" : "DIFFERS at " + place_of(first->log);
}

std::string boot_text(const BootedLog& boot) {
  std::string text;
  if (!boot.is_booted()) text += "      " + what_stands(boot) + "\n";
  text +=
      fmt::format("      {}: {}\n", boot.is_booted() ? "here" : "it would be", boot.plan.text());
  text += fmt::format("      why: {}; the board is {}\n", boot.plan.reasons(),
                      boot.plan.machine_because);
  return text + missing_lines(boot.comparison) + differences(boot.comparison);
}

nlohmann::ordered_json boots_json(const Reproduction& all) {
  Json boots = Json::array();
  for (const BootedLog& boot : all.boots)
    boots.push_back(boot_json(boot, all.report.runs[boot.run]));
  return boots;
}

std::string boots_html(const Reproduction& all) {
  std::string text;
  for (const BootedLog& boot : all.boots) text += boot_html(boot, all.report.runs[boot.run]);
  return text;
}

}  // namespace scenarios::field
