// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/result.h"

#include <array>
#include <nlohmann/json.hpp>

namespace scenarios::engine {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 6> kVerdicts = {"passed",   "failed",  "script_error",
                                                  "internal", "invalid", "skipped"};

Json to_json(const Failure& failure) {
  return {{"step", failure.step}, {"step_text", failure.step_text}, {"place", failure.place},
          {"what", failure.what}, {"expected", failure.expected},   {"got", failure.got}};
}

Failure failure_from_json(const Json& json) {
  return {.step = json.at("step"),
          .step_text = json.at("step_text"),
          .place = json.at("place"),
          .what = json.at("what"),
          .expected = json.at("expected"),
          .got = json.at("got")};
}

Json to_json(const StepTold& step) {
  return {{"text", step.text},
          {"began_ns", step.began.count()},
          {"ended_ns", step.ended.count()},
          {"exit", step.exit ? Json(*step.exit) : Json()},
          {"held", step.held},
          {"stdout", step.out},
          {"stderr", step.err}};
}

StepTold step_from_json(const Json& json) {
  StepTold step{.text = json.at("text"),
                .began = base::Duration(json.at("began_ns").get<std::int64_t>()),
                .ended = base::Duration(json.at("ended_ns").get<std::int64_t>()),
                .exit = std::nullopt,
                .held = json.at("held"),
                .out = json.at("stdout"),
                .err = json.at("stderr")};
  if (const Json& exit = json.at("exit"); !exit.is_null()) step.exit = exit.get<int>();
  return step;
}

Verdict verdict_from_name(const std::string& text) {
  for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
    if (text == kVerdicts[i]) return static_cast<Verdict>(i);
  }
  return Verdict::internal;
}

ScenarioResult read_result(const Json& json) {
  ScenarioResult result{
      .id = json.at("id"),
      .file = json.at("file"),
      .title = json.at("title"),
      .verdict = verdict_from_name(json.at("verdict")),
      .message = json.at("message"),
      .failures = {},
      .out = json.at("stdout"),
      .err = json.at("stderr"),
      .virtual_time = base::Duration(json.at("virtual_time_ns").get<std::int64_t>()),
      .wall_time = base::Duration(json.at("wall_time_ns").get<std::int64_t>()),
      .steps_run = json.at("steps_run"),
      .steps = json.at("steps"),
      .faults_struck = json.at("faults_struck"),
      .bus = json.at("bus")};
  for (const Json& failure : json.at("failures"))
    result.failures.push_back(failure_from_json(failure));
  if (json.contains("told")) {
    for (const Json& step : json.at("told")) result.told.push_back(step_from_json(step));
  }
  if (json.contains("kept")) result.kept = json.at("kept");
  return result;
}

}  // namespace

const char* name(Verdict verdict) {
  return kVerdicts[static_cast<std::size_t>(verdict)];
}

Json to_json(const ScenarioResult& result) {
  Json failures = Json::array();
  for (const Failure& failure : result.failures) failures.push_back(to_json(failure));
  return {{"id", result.id},
          {"file", result.file},
          {"title", result.title},
          {"verdict", name(result.verdict)},
          {"message", result.message},
          {"virtual_time_ns", result.virtual_time.count()},
          {"wall_time_ns", result.wall_time.count()},
          {"steps_run", result.steps_run},
          {"steps", result.steps},
          {"faults_struck", result.faults_struck},
          {"failures", failures},
          {"stdout", result.out},
          {"stderr", result.err},
          {"bus", result.bus}};
}

Json to_wire(const ScenarioResult& result) {
  Json told = Json::array();
  for (const StepTold& step : result.told) told.push_back(to_json(step));
  Json json = to_json(result);
  json["told"] = std::move(told);
  json["kept"] = result.kept;
  return json;
}

std::optional<ScenarioResult> result_from_json(const Json& json) {
  try {
    return read_result(json);
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

Verdict Totals::worst() const {
  if (internal != 0) return Verdict::internal;
  if (script_errors != 0) return Verdict::script_error;
  if (failed != 0) return Verdict::failed;
  return invalid != 0 ? Verdict::invalid : Verdict::passed;
}

Totals totals(const std::vector<ScenarioResult>& results) {
  Totals sum;
  for (const ScenarioResult& result : results) {
    switch (result.verdict) {
      case Verdict::passed:
        ++sum.passed;
        break;
      case Verdict::failed:
        ++sum.failed;
        break;
      case Verdict::script_error:
        ++sum.script_errors;
        break;
      case Verdict::internal:
        ++sum.internal;
        break;
      case Verdict::invalid:
        ++sum.invalid;
        break;
      case Verdict::skipped:
        ++sum.skipped;
        break;
    }
    sum.virtual_time += result.virtual_time;
  }
  return sum;
}

}  // namespace scenarios::engine
