// SPDX-License-Identifier: BSD-3-Clause
// Reasons that lie in the device's settings or in its host: the update is possible, but not in this
// way or not now.
#include <fmt/format.h>

#include "updater/update/checks.h"

namespace updater::update {
std::optional<Refusal> check_way(const Question& question) {
  // The recovery code takes a HECI update whatever the interface word says (docs/fidelity.md).
  if (inventory::in_recovery(question.device)) return std::nullopt;
  const Way way = way_of(question.device, question.options.via);
  if (way == way_of(question.device, Via::automatic)) return std::nullopt;
  if (way == Way::heci) {
    return refuse(
        row("through-tpm"),
        "The device takes firmware updates through its TPM, and this update would go over "
        "HECI.",
        "Leave --via heci out, so that the update goes through the TPM; "
        "`meupdate tpm status` shows whether the TPM is ready.");
  }
  return refuse(row("not-through-tpm"),
                "The device does not take firmware updates through its TPM.",
                "Leave --via tpm out, so that the update goes over HECI.");
}

std::optional<Refusal> check_local_update(const Question& question) {
  if (inventory::in_recovery(question.device)) return std::nullopt;
  const auto state = inventory::local_update_state(question.device);
  if (state != protocol::mkhi::kLocalUpdateDisabled) return std::nullopt;
  return refuse(row("local-update-disabled"),
                "Local firmware update is switched off in the device.",
                "Switch on \"ME Firmware Local Update\" in MEBx (Ctrl-P while the machine "
                "starts). Run the same command again.");
}

std::optional<Refusal> check_interface(const Question& question) {
  if (inventory::in_recovery(question.device)) return std::nullopt;
  if (way_of(question.device, question.options.via) == Way::tpm) return std::nullopt;
  const std::uint16_t open = question.device.version->enabled_update_interfaces;
  if ((open & protocol::fwu::kInterfaceLocal) != 0) return std::nullopt;
  return refuse(
      row("interface-closed"),
      fmt::format("The device's update interfaces (0x{:X}) do not include the local one.", open),
      "Ask the board's maker: the word belongs to the board's set-up, and no option of "
      "MEBx is known to change it (docs/fidelity.md, fw-local-bit).");
}

std::optional<Refusal> check_password(const Question& question) {
  if (inventory::in_recovery(question.device)) return std::nullopt;
  const auto state = inventory::local_update_state(question.device);
  if (state != protocol::mkhi::kLocalUpdatePassword || question.options.password_given)
    return std::nullopt;
  return refuse(row("password-needed"),
                "The device takes a local firmware update only with its password.",
                "Put the MEBx password into a file and give --password-file FILE.");
}

}  // namespace updater::update
