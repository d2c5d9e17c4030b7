// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/json.h"
#include "updater/report/owner_steps.h"

namespace updater::report {
namespace {

std::int64_t milliseconds(base::Duration duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

Json target_json(const update::Target& target) {
  return {{"role", name(target.role)},
          {"name", target.name},
          {"place", name(target.place)},
          {"simulated", !may_be_real(target)},
          {"power", name(target.power)},
          {"board", target.board ? Json(to_text(*target.board)) : Json(nullptr)}};
}

Json way_home_json(const update::Report& report) {
  if (report.home == nullptr) return nullptr;
  Json steps = Json::array();
  for (const update::Step step : steps_of(report.home->next)) steps.push_back(name(step));
  return {{"stopped", name(*report.stopped)},
          {"seen", name(report.home->seen)},
          {"next", name(report.home->next)},
          {"steps", steps},
          {"safe_because", report.home->safe_because}};
}

Json backup_json(const update::Backup& backup) {
  return {{"is", name(backup.is)}, {"file", backup.file}, {"what", backup.what}};
}

Json rehearsal_json(const update::Rehearsal& rehearsal) {
  return {{"end", name(rehearsal.end)},
          {"what", rehearsal.what},
          {"apart", rehearsal.apart},
          {"took_ms", milliseconds(rehearsal.took)}};
}

}  // namespace

Json targets_json(const update::Targets& targets) {
  Json all = Json::array();
  for (const update::Target* target : targets.all()) all.push_back(target_json(*target));
  return {{"written_to", std::move(all)},
          {"one_board", targets.tpm ? Json(name(one_board(targets))) : Json(nullptr)}};
}

Json plan_json(const update::Plan& plan) {
  return {{"targets", targets_json(plan.targets)},
          {"file", name(plan.file_kind)},
          {"signing_key", name(plan.key)},
          {"sku", plan.sku},
          {"power", name(plan.targets.me.power)},
          {"via", name(plan.way)},
          {"opening", name(plan.opening)},
          {"by_owner", plan.by_owner},
          {"from", to_text(plan.from)},
          {"to", to_text(plan.to)},
          {"bytes", plan.bytes},
          {"message_payload", plan.message_payload},
          {"downgrade", plan.downgrade},
          {"recovery_mode", plan.recovery_mode},
          {"backup", backup_json(plan.backup)},
          {"rehearsal", plan.rehearsal ? rehearsal_json(*plan.rehearsal) : Json(nullptr)},
          {"lost", plan.lost},
          {"warnings", plan.warnings}};
}

Json refusal_json(const update::Refusal& refusal) {
  Json json;
  json["id"] = refusal.id;
  json["tool_error"] =
      refusal.tool_error ? Json(protocol::update::number(*refusal.tool_error)) : Json(nullptr);
  json["what"] = refusal.what;
  json["next_step"] = refusal.next_step;
  return json;
}

std::optional<update::Refusal> refusal_in(const std::string& document) {
  const Json whole = Json::parse(document, nullptr, false);
  if (!whole.is_object() || !whole.contains("refusal")) return std::nullopt;
  const Json& json = whole["refusal"];
  if (!json.is_object()) return std::nullopt;
  const auto text = [&](const char* key) { return json.value(key, std::string()); };
  update::Refusal refusal{.id = text("id"), .what = text("what"), .next_step = text("next_step")};
  if (json.contains("tool_error") && json["tool_error"].is_number_unsigned())
    refusal.tool_error =
        static_cast<protocol::update::ToolError>(json["tool_error"].get<std::uint32_t>());
  return refusal;
}

Json outcome_json(const update::Report& report) {
  Json json;
  json["outcome"] = name(report.outcome);
  json["device_status"] = report.device_status;
  json["error"] = report.error ? error_json(*report.error) : Json(nullptr);
  json["version_after"] =
      report.version_after ? Json(to_text(*report.version_after)) : Json(nullptr);
  json["still_busy"] = report.saw(update::Seen::busy);
  json["code_suspect"] = report.saw(update::Seen::failed);
  json["way_home"] = way_home_json(report);
  json["bytes_sent"] = report.bytes_sent;
  json["took_ms"] = milliseconds(report.took);
  json["stopped_in"] = name(report.stopped_in);
  return json;
}

Json progress_json(const update::Progress& progress) {
  return {{"phase", name(progress.phase)},
          {"bytes_done", progress.bytes_done},
          {"bytes_total", progress.bytes_total},
          {"at_ms", milliseconds(progress.at)}};
}

Json explanation_json(const KnownNumber& row) {
  const char* own = step_on_a_real_board(row);
  const auto* last = last_resort_of(row);
  return {{"kind", name(row.kind)},
          {"number", row.number},
          {"called", called(row)},
          {"listed_as", row.listed_as == nullptr ? Json() : Json(row.listed_as)},
          {"title", row.title},
          {"meaning", row.meaning},
          {"next_step", row.next_step},
          {"on_a_real_board", own == nullptr ? Json() : Json(own)},
          {"source", row.source == nullptr ? Json() : Json(row.source)},
          {"last_resort", last == nullptr ? Json() : Json(update::last_resort(*last))}};
}

}  // namespace updater::report
