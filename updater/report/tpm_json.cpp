// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/gaps.h"
#include "updater/report/json.h"
#include "updater/report/json_values.h"
#include "updater/report/tpm_words.h"

namespace updater::report {
namespace {

using inventory::TpmInventory;

Json version_json(const protocol::tpm::VersionInfo& m, const TpmInventory& i) {
  const auto build = inventory::build_record(i);
  return {{"spec", spec_text(m.version)},
          {"firmware_major", m.version.rev_major},
          {"firmware_minor", m.version.rev_minor},
          {"hotfix", build ? Json(build->hotfix) : Json(nullptr)},
          {"build", build ? Json(build->build) : Json(nullptr)}};
}

Json permanent_json(const protocol::tpm::PermanentFlags& m) {
  return {{"enabled", !m.disable},
          {"active_after_restart", !m.deactivated},
          {"fips", m.fips},
          {"owner_install", m.ownership},
          {"owner_clear", !m.disable_owner_clear},
          {"presence_lifetime_lock", m.physical_presence_lifetime_lock},
          {"presence_command_enabled", m.physical_presence_cmd_enable},
          {"presence_hardware_enabled", m.physical_presence_hw_enable}};
}

Json this_boot_json(const protocol::tpm::StclearFlags& m) {
  return {{"active", !m.deactivated},
          {"presence", m.physical_presence},
          {"presence_locked", m.physical_presence_lock}};
}

Json rule_json(const std::optional<protocol::tpm::LockoutRecord>& m) {
  if (!m) return nullptr;
  return {{"threshold", m->threshold},
          {"initial_seconds", m->initial_seconds},
          {"multiplier", m->multiplier},
          {"fade_out_seconds", m->fade_out_seconds}};
}

}  // namespace

Json lockout_json(const tpm::LockoutState& m) {
  return {{"active", m.active},
          {"failures", or_null(m.failures)},
          {"threshold", or_null(m.threshold)},
          {"seconds_left", or_null(m.seconds_left)},
          {"tries_left", or_null(m.tries_left())}};
}

Json tpm_json(const TpmInventory& i) {
  Json json;
  json["reached_through"] = i.reached_through;
  json["state"] = name(i.start_up);
  json["vendor"] = maybe(i.vendor, vendor_text);
  json["version"] = maybe(i.version, [&](const auto& m) { return version_json(m, i); });
  json["permanent"] = maybe(i.permanent, permanent_json);
  json["this_boot"] = maybe(i.this_boot, this_boot_json);
  json["owned"] = maybe(i.owned, [](bool owned) -> Json { return owned; });
  json["lockout"] = maybe(i.lockout, lockout_json);
  json["lockout_rule"] = rule_json(inventory::lockout_record(i));
  json["takes_upgrade"] = maybe(i.takes_upgrade, [](bool yes) -> Json { return yes; });
  return json;
}

Json tpm_status_json(const TpmInventory& i) {
  Json missing = Json::object();
  for (const Gap& gap : tpm_gaps(i)) missing[gap.fact] = error_json(gap.error);
  return {{"schema", "meupdate-tpm-status-1"}, {"tpm", tpm_json(i)}, {"gaps", missing}};
}

}  // namespace updater::report
