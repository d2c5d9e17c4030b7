// SPDX-License-Identifier: BSD-3-Clause
// For programs, and for the machine that merges shares: docs/mesim.md lists the members.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/explore/report.h"

namespace scenarios::explore {
namespace {

using Json = nlohmann::ordered_json;

template <class Enum, std::size_t Count>
Enum named(const std::string& text) {
  for (std::size_t i = 0; i < Count; ++i) {
    if (text == name(static_cast<Enum>(i))) return static_cast<Enum>(i);
  }
  throw std::invalid_argument("\"" + text + "\" is not one of its words");
}

Json case_to_json(const Case& one) {
  Json json = {
      {"id", one.id}, {"phase", one.phase}, {"ending", name(one.ending)}, {"runs", one.runs}};
  if (one.ending == Ending::violation) {
    json["broken"] = name(one.broken);
    json["what"] = one.what;
  }
  if (one.ending == Ending::met) json["same_as"] = one.same_as;
  return json;
}

Case case_from_json(const Json& json) {
  return {.id = json.at("id"),
          .phase = json.at("phase"),
          .ending = named<Ending, kEndingCount>(json.at("ending")),
          .broken = named<Rule, kRuleCount>(json.value("broken", std::string("none"))),
          .what = json.value("what", std::string()),
          .same_as = json.value("same_as", std::string()),
          .runs = json.at("runs")};
}

Report read_report(const Json& json) {
  if (json.at("schema") != 1) throw std::invalid_argument("its schema is not 1");
  Report report{.story = json.at("story"),
                .file = json.at("file"),
                .kind = json.at("kind"),
                .shard = json.at("shard"),
                .seed = json.at("seed"),
                .lost = json.at("lost"),
                .wall_time = base::Duration(json.at("wall_time_ns").get<std::int64_t>()),
                .cases = {}};
  for (const Json& one : json.at("cases")) report.cases.push_back(case_from_json(one));
  return report;
}

}  // namespace

std::string to_json(const Report& report) {
  const Sums all = sums(report);
  Json totals = {{"all", all.all()}, {"run", all.run()}};
  for (std::size_t i = 0; i < kEndingCount; ++i) totals[name(static_cast<Ending>(i))] = all.of[i];
  Json cases = Json::array();
  for (const Case& one : report.cases) cases.push_back(case_to_json(one));
  const Json document = {{"schema", 1},           {"story", report.story},
                         {"file", report.file},   {"kind", report.kind},
                         {"shard", report.shard}, {"seed", report.seed},
                         {"lost", report.lost},   {"wall_time_ns", report.wall_time.count()},
                         {"totals", totals},      {"cases", cases}};
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

base::Result<Report> report_from_json(const std::string& text) {
  try {
    return read_report(Json::parse(text));
  } catch (const std::exception& trouble) {
    return base::Error{
        base::Errc::invalid,
        fmt::format("this is no report that mesim explore --json wrote: {}", trouble.what())};
  }
}

}  // namespace scenarios::explore
