// SPDX-License-Identifier: BSD-3-Clause
// Reasons that lie in the device's settings or in its host: the update is possible, but not in this
// way or not now.
#include <fmt/format.h>

#include "updater/update/checks.h"

namespace updater::update {
namespace {

using protocol::update::ToolError;

}  // namespace

std::optional<Refusal> check_way(const Question& question) {
  // The recovery code takes a HECI update whatever the interface word says (docs/fidelity.md).
  if (inventory::in_recovery(question.device)) return std::nullopt;
  const Way way = way_of(question.device, question.options.via);
  if (way == way_of(question.device, Via::automatic)) return std::nullopt;
  if (way == Way::heci) {
    return Refusal{
        .tool_error = ToolError::tpm_update_required,
        .id = "through-tpm",
        .what =
            "The device takes firmware updates through its TPM, and this update would go over "
            "HECI.",
        .next_step =
            "Leave --via heci out, so that the update goes through the TPM; "
            "`meupdate tpm status` shows whether the TPM is ready."};
  }
  return Refusal{.tool_error = ToolError::local_update_disabled,
                 .id = "not-through-tpm",
                 .what = "The device does not take firmware updates through its TPM.",
                 .next_step = "Leave --via tpm out, so that the update goes over HECI."};
}

std::optional<Refusal> check_local_update(const Question& question) {
  if (inventory::in_recovery(question.device)) return std::nullopt;
  const auto state = inventory::local_update_state(question.device);
  if (state != protocol::mkhi::kLocalUpdateDisabled) return std::nullopt;
  return Refusal{.tool_error = ToolError::local_update_disabled,
                 .id = "local-update-disabled",
                 .what = "Local firmware update is switched off in the device.",
                 .next_step =
                     "Switch on \"ME Firmware Local Update\" in MEBx (Ctrl-P while the machine "
                     "starts), then try again."};
}

std::optional<Refusal> check_interface(const Question& question) {
  if (inventory::in_recovery(question.device)) return std::nullopt;
  if (way_of(question.device, question.options.via) == Way::tpm) return std::nullopt;
  const std::uint16_t open = question.device.version->enabled_update_interfaces;
  if ((open & protocol::fwu::kInterfaceLocal) != 0) return std::nullopt;
  return Refusal{
      .tool_error = ToolError::local_update_disabled,
      .id = "interface-closed",
      .what = fmt::format("The device's update interfaces (0x{:X}) do not include the local one.",
                          open),
      .next_step =
          "Ask the board's maker: the word belongs to the board's set-up, and no option of "
          "MEBx is known to change it (docs/fidelity.md, fw-local-bit)."};
}

std::optional<Refusal> check_password(const Question& question) {
  if (inventory::in_recovery(question.device)) return std::nullopt;
  const auto state = inventory::local_update_state(question.device);
  if (state != protocol::mkhi::kLocalUpdatePassword || !question.options.password.empty())
    return std::nullopt;
  return Refusal{.tool_error = ToolError::password_needed,
                 .id = "password-needed",
                 .what = "The device takes a local firmware update only with its password.",
                 .next_step = "Put the MEBx password into a file and give --password-file FILE."};
}

std::optional<Refusal> check_power(const Question& question) {
  if (question.options.power != PowerSource::battery) return std::nullopt;
  return Refusal{.tool_error = std::nullopt,
                 .id = "on-battery",
                 .what = "The machine runs on its battery, and an update must not lose power.",
                 .next_step = "Connect the power supply, then try again."};
}

std::optional<Refusal> check_documented(const Question& question) {
  if (question.device.simulated || question.options.accept_undocumented_protocol)
    return std::nullopt;
  return Refusal{
      .tool_error = std::nullopt,
      .id = "undocumented-protocol",
      .what =
          way_of(question.device, question.options.via) == Way::tpm
              ? "This is a real device, and nothing public documents how its TPM takes an update: "
                "the contents of TPM_FieldUpgrade used here are this project's own."
              : "This is a real device, and how firmware of its generation takes an update over "
                "HECI is not publicly documented: the START, DATA and END messages used here are "
                "those of later generations.",
      .next_step =
          "Use the board maker's tool. Whoever can restore the flash with a programmer may give "
          "--accept-undocumented-protocol."};
}

}  // namespace updater::update
