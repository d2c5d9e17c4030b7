// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>

#include "updater/report/people.h"
#include "updater/report/printable.h"
#include "updater/report/words.h"

namespace updater::report {
namespace {

std::string plan_line(const char* label, const std::string& value) {
  return fmt::format("  {:14}{}\n", label, value);
}

std::string list(const char* label, const std::vector<std::string>& entries) {
  std::string text;
  for (const std::string& entry : entries)
    text += plan_line(text.empty() ? label : "", printable(entry));
  return text;
}

std::string direction(const update::Plan& plan) {
  if (plan.recovery_mode) return " (repair)";
  return plan.downgrade ? " (DOWNGRADE)" : "";
}

const char* way_words(const update::Plan& plan) {
  if (plan.way == update::Way::heci) return "HECI, firmware update client";
  return plan.by_owner ? "the TPM (TPM_FieldUpgrade), authorised by its owner"
                       : "the TPM (TPM_FieldUpgrade), which has no owner";
}

std::string file_words(const update::Plan& plan) {
  const char* kind = plan.file_kind == image::Kind::update   ? "an update image"
                     : plan.file_kind == image::Kind::region ? "a whole ME region"
                                                             : "a whole flash image";
  return fmt::format("{}, sound, signed with the key {}", kind, name(plan.key));
}

std::vector<std::string> notes(const update::Plan& plan) {
  std::vector<std::string> all = plan.warnings;
  all.emplace_back("do not take the power away before it has ended");
  return all;
}

const char* power_words(update::PowerSource power) {
  return power == update::PowerSource::mains ? "mains" : "this computer does not tell";
}

}  // namespace

std::string plan_text(const update::Plan& plan, const inventory::Inventory& inventory) {
  std::string text = "Plan\n";
  text += plan_line("device", printable(inventory.device) +
                                  (inventory.simulated ? " (simulated)" : " (REAL HARDWARE)"));
  text += plan_line(
      "firmware", fmt::format("{} -> {}{}", to_text(plan.from), to_text(plan.to), direction(plan)));
  text += plan_line("file", file_words(plan));
  text += plan_line("fits", fmt::format("SKU {}, generation {}", plan.sku, plan.to.major));
  text += plan_line("over", way_words(plan));
  if (!inventory.simulated) text += plan_line("power", power_words(plan.power));
  text += plan_line("transfer",
                    fmt::format("{} bytes in {} {}", plan.bytes,
                                (plan.bytes + plan.message_payload - 1) / plan.message_payload,
                                plan.way == update::Way::tpm ? "TPM commands" : "messages"));
  text += plan_line("kept", "set-up, provisioning and the other settings in the flash");
  text += plan.lost.empty() ? plan_line("lost", "nothing") : list("lost", plan.lost);
  return text + list("note", notes(plan));
}

std::string refusal_text(const update::Refusal& refusal) {
  std::string title = "Refused";
  if (refusal.tool_error)
    title += fmt::format(" (error {})", protocol::update::number(*refusal.tool_error));
  return fmt::format("{}: {}\nNext step: {}\nNothing was written.\n", title,
                     printable(refusal.what), printable(refusal.next_step));
}

}  // namespace updater::report
