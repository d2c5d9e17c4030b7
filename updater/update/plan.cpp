// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "protocol/generation.h"
#include "updater/update/checks.h"
#include "updater/update/held_update.h"

namespace updater::update {
namespace {

/// Largest FWU message where the device does not tell (ME 9, bios-updater).
constexpr std::uint32_t kUsualMessageLimit = 512;

constexpr std::array kAboutFileAndDevice = {
    &check_soundness, &check_sent_as_it_is, &check_one_board, &check_key,  &check_readable,
    &check_platform,  &check_idle,          &check_sku,       &check_major};
constexpr std::array kAboutSettings = {&check_direction, &check_way, &check_local_update,
                                       &check_interface, &check_password};
constexpr std::array kAboutWriting = {&check_power, &check_documented, &check_backup};
/// Of an update that is not written nothing is asked that only its writing needs: whose key it is,
/// what undoes it. A device without GET_VERSION tells no more than its version.
constexpr std::array kAboutPlansAlone = {&check_soundness, &check_sent_as_it_is, &check_platform,
                                         &check_major, &check_direction};
constexpr std::array kAboutPlansForRealOnes = {
    &check_soundness, &check_sent_as_it_is, &check_readable, &check_platform,
    &check_idle,      &check_sku,           &check_major};
constexpr std::array kAboutTheTpm = {
    &check_tpm_is_there, &check_tpm_self_test,      &check_tpm_tells, &check_tpm_offers,
    &check_tpm_session,  &check_owner_secret_given, &check_lockout,   &check_tpm_enabled,
    &check_tpm_active,   &check_owner_secret_right, &check_presence};

std::optional<Refusal> first_objection(std::span<const Check> checks, const Question& question) {
  for (const Check check : checks) {
    if (auto refusal = check(question)) return refusal;
  }
  return std::nullopt;
}

/// Recovery code never counts as "already there": the operational code is what is missing.
bool already_there(const Question& question) {
  return !question.options.allow_same_version && !inventory::in_recovery(question.device) &&
         inventory::running_version(question.device) == question.image.version();
}

std::vector<std::string> losses(const inventory::Inventory& device) {
  if (!device.info) return {};
  const std::uint8_t left = device.info->override_counter;
  if (left == 0 || left == protocol::fwu::kOverrideCounterAlways) return {};
  return {fmt::format("one of the {} local updates that the firmware still allows", left)};
}

void warn_about_file(const image::Image& image, std::vector<std::string>& warnings) {
  if (image.kind == image::Kind::update) return;
  warnings.push_back(
      fmt::format("the file is a whole {}; only its operational code ({} bytes at offset 0x{:X}) "
                  "is transferred, nothing else in it is written",
                  name(image.kind), image.code_size, image.code_offset));
}

/// What the exchange rests on.
std::string exchange_words(std::uint16_t major) {
  const protocol::Generation& row = protocol::nearest_generation(major);
  return fmt::format(
      "the exchange of {} {}: GET_VERSION {}, START {}, DATA {}, END {}, progress {} "
      "(docs/generations.md)",
      row.engine, major, words(row.version.known), words(row.start.known), words(row.data.known),
      words(row.end.known), words(row.progress.known));
}

void warn_about_device(const Question& question, Way way, std::vector<std::string>& warnings) {
  const inventory::Inventory& device = question.device;
  if (inventory::in_recovery(device)) {
    warnings.emplace_back(
        "the device runs its recovery code: its operational firmware is damaged or missing");
  }
  if (device.provisioning_state &&
      *device.provisioning_state == protocol::amthi::ProvisioningState::post) {
    warnings.emplace_back(
        "AMT is set up: remote management is away while the firmware restarts; its settings are "
        "kept");
  }
  if (inventory::later_major(device)) {
    warnings.emplace_back(exchange_words(question.image.version().major));
  } else if (objecting(row("undocumented-protocol"), question.targets, may_be_real) != nullptr) {
    warnings.emplace_back(
        way == Way::tpm
            ? "the contents of the TPM's update commands are this project's own; a real "
              "TPM will hardly know them"
            : "the update messages are those of later firmware generations; this "
              "device may not know them");
  }
}

std::size_t heci_payload(const inventory::Inventory& device) {
  std::uint32_t usual = kUsualMessageLimit;
  if (const auto major = inventory::later_major(device))
    usual = protocol::nearest_generation(*major).message_limit.value;
  return protocol::fwu::max_data_length(device.update_message_limit.value_or(usual));
}

/// Header, sub-command, length and check byte stand around a block.
std::size_t tpm_payload(const inventory::TpmInventory& tpm) {
  constexpr std::size_t largest = protocol::tpm::kMaxFrame - protocol::tpm::kHeaderSize - 4;
  const std::size_t told = tpm.upgrade->max_block;
  return std::clamp<std::size_t>(told, 1, largest);
}

void warn_about_tpm(const Plan& plan, const Question& question,
                    std::vector<std::string>& warnings) {
  if (plan.way != Way::tpm) return;
  warnings.emplace_back(
      "the TPM is inactive from the end of the upload until the computer starts again; its owner, "
      "keys and contents are kept");
  if (!plan.by_owner && question.options.owner_secret != OwnerSecretIs::missing)
    warnings.emplace_back("the TPM has no owner: the secret that was given is not used");
}

/// Once check_tpm_session() has not objected.
void open_session(Plan& plan, const Question& question) {
  if (plan.way != Way::tpm) return;
  const inventory::TpmInventory& tpm = *question.device.tpm;
  if (session_state(tpm) != protocol::tpm::UpgradeState::staging) return;
  if (!holds_part_of(*tpm.upload, question.image)) {
    plan.opening = Opening::after_abort;
    plan.lost.push_back("the unfinished update that the TPM holds: " + described(*tpm.upload));
    return;
  }
  plan.opening = Opening::going_on;
  plan.warnings.push_back(
      fmt::format("an interrupted run left {} of the {} bytes in the TPM: this one goes on there",
                  tpm.upload->received, plan.bytes));
}

void warn_about_others(const std::vector<std::string>& others, std::vector<std::string>& warnings) {
  for (const std::string& each : others)
    warnings.push_back(each + "; end whatever talks to the device before you go on");
}

/// Firmware without GET_VERSION tells neither SKU nor interfaces.
bool tells_little(const inventory::Inventory& device) {
  return !device.version && inventory::later_major(device).has_value();
}

/// Why this program says what an update would be, and writes nothing, whatever option is given;
/// empty: it would write it.
std::string why_shown_alone(const Question& question) {
  const auto major = inventory::later_major(question.device);
  if (!major) return {};
  const protocol::Generation& known = protocol::nearest_generation(*major);
  if (tells_little(question.device)) {
    return fmt::format(
        "this is a plan alone: how an update of {} {} ends is not known (END: {}), so this program "
        "writes none; use the board maker's tool",
        known.engine, *major, words(known.end.known));
  }
  const Target* real = objecting(row("undocumented-protocol"), question.targets, may_be_real);
  if (known.modelled >= protocol::Modelled::updater || real == nullptr) return {};
  return fmt::format(
      "this is a plan alone: {} is not known to be simulated, so it counts as a real device, and "
      "this program updates {} {} on simulated boards alone; use the board maker's tool",
      to_text(*real), known.engine, *major);
}

std::span<const Check> first_checks(const Question& question, bool alone) {
  if (tells_little(question.device)) return kAboutPlansAlone;
  if (alone) return kAboutPlansForRealOnes;
  return kAboutFileAndDevice;
}

Plan make_plan(const Question& question) {
  Plan plan;
  plan.targets = question.targets;
  plan.file_kind = question.image.kind;
  plan.key = question.image.key;
  plan.sku = question.image.sku;
  plan.from = *inventory::running_version(question.device);
  plan.to = question.image.version();
  plan.bytes = question.image.code_size;
  plan.way = way_of(question.device, question.options.via);
  plan.by_owner = plan.way == Way::tpm && question.device.tpm->owned.value_or(false);
  plan.message_payload =
      plan.way == Way::tpm ? tpm_payload(*question.device.tpm) : heci_payload(question.device);
  plan.recovery_mode = inventory::in_recovery(question.device);
  plan.lost = losses(question.device);
  plan.shown_alone = why_shown_alone(question);
  if (!plan.shown_alone.empty()) plan.warnings.push_back(plan.shown_alone);
  if (tells_little(question.device)) {
    plan.warnings.emplace_back(
        "the device does not tell its SKU: whether the file fits it is not known");
  }
  open_session(plan, question);
  if (question.device.version) plan.status_before = question.device.version->last_update_status;
  plan.downgrade = plan.to < plan.from && !plan.recovery_mode;
  plan.backup = question.options.backup;
  warn_about_file(question.image, plan.warnings);
  warn_about_device(question, plan.way, plan.warnings);
  warn_about_tpm(plan, question, plan.warnings);
  warn_about_others(question.options.others, plan.warnings);
  if (plan.downgrade) {
    plan.warnings.emplace_back(
        "this goes back to an older version; it may hold defects that were mended since");
  }
  return plan;
}

std::optional<Refusal> refusal_by(std::span<const Check> checks, const Question& question) {
  auto refusal = first_objection(checks, question);
  if (refusal) refusal->way = way_of(question.device, question.options.via);
  return refusal;
}

}  // namespace

const char* name(Way way) {
  return way == Way::tpm ? "tpm" : "heci";
}

Way way_of(const inventory::Inventory& device, Via via) {
  if (via != Via::automatic) return via == Via::tpm ? Way::tpm : Way::heci;
  if (inventory::in_recovery(device) || !device.version) return Way::heci;
  if (device.version->later) return Way::heci;  // the TPM is no part of these engines' updates
  const bool through_tpm =
      (device.version->enabled_update_interfaces & protocol::fwu::kInterfaceTpm) != 0;
  return through_tpm ? Way::tpm : Way::heci;
}

Decision plan_update(const image::Image& image, const std::vector<image::Defect>& defects,
                     const inventory::Inventory& device, const Targets& targets,
                     const PlanOptions& options) {
  const Question question{
      .image = image, .defects = defects, .device = device, .targets = targets, .options = options};
  const bool alone = !why_shown_alone(question).empty();
  if (auto refusal = refusal_by(first_checks(question, alone), question)) return *refusal;
  if (already_there(question)) {
    return NothingToDo{.what = "The device already runs " + to_text(image.version()) + "."};
  }
  if (tells_little(device)) return make_plan(question);
  if (auto refusal = refusal_by(kAboutSettings, question)) return *refusal;
  if (alone) return make_plan(question);
  if (auto refusal = refusal_by(kAboutWriting, question)) return *refusal;
  const bool through_tpm = way_of(device, options.via) == Way::tpm;
  if (through_tpm) {
    if (auto refusal = refusal_by(kAboutTheTpm, question)) return *refusal;
  }
  return make_plan(question);
}

}  // namespace updater::update
