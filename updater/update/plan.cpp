// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/plan.h"

#include <fmt/format.h>

#include "updater/update/checks.h"

namespace updater::update {
namespace {

/// Largest FWU message where the device does not tell (ME 9, bios-updater).
constexpr std::uint32_t kUsualMessageLimit = 512;

constexpr std::array kAboutFileAndDevice = {&check_soundness, &check_key,  &check_readable,
                                            &check_platform,  &check_idle, &check_sku,
                                            &check_major};
constexpr std::array kAboutWriting = {&check_direction, &check_tpm,   &check_local_update,
                                      &check_password,  &check_power, &check_documented};

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

void warn_about_device(const inventory::Inventory& device, std::vector<std::string>& warnings) {
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
  if (!device.simulated) {
    warnings.emplace_back(
        "the update messages are those of later firmware generations; this device may not know "
        "them");
  }
}

Plan make_plan(const Question& question) {
  Plan plan;
  plan.from = *inventory::running_version(question.device);
  plan.to = question.image.version();
  plan.bytes = question.image.code_size;
  plan.message_payload = protocol::fwu::max_data_length(
      question.device.update_message_limit.value_or(kUsualMessageLimit));
  plan.recovery_mode = inventory::in_recovery(question.device);
  plan.downgrade = plan.to < plan.from && !plan.recovery_mode;
  plan.password = question.options.password;
  plan.lost = losses(question.device);
  warn_about_file(question.image, plan.warnings);
  warn_about_device(question.device, plan.warnings);
  if (plan.downgrade)
    plan.warnings.emplace_back(
        "this goes back to an older version; it may hold defects that were mended since");
  return plan;
}

}  // namespace

Decision plan_update(const image::Image& image, const std::vector<image::Defect>& defects,
                     const inventory::Inventory& device, const PlanOptions& options) {
  const Question question{.image = image, .defects = defects, .device = device, .options = options};
  if (auto refusal = first_objection(kAboutFileAndDevice, question)) return *refusal;
  if (already_there(question)) {
    return NothingToDo{.what = "The device already runs " + to_text(image.version()) + "."};
  }
  if (auto refusal = first_objection(kAboutWriting, question)) return *refusal;
  return make_plan(question);
}

}  // namespace updater::update
