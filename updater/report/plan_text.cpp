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

std::string target_words(const update::Target& target) {
  return printable(target.name) + (may_be_real(target) ? " (REAL HARDWARE)" : " (simulated)");
}

const char* one_board_words(update::OneBoard known) {
  switch (known) {
    case update::OneBoard::not_known:
      break;
    case update::OneBoard::one_sim:
      return "both are inside one simulated machine";
    case update::OneBoard::one_served:
      return "both sockets tell the same board id";
    case update::OneBoard::one_system:
      return "both are this computer's own";
  }
  return "not known";
}

std::string backup_words(const update::Backup& backup) {
  if (backup.is != update::BackupIs::sound) return "NONE: what goes wrong cannot be undone";
  return printable(backup.file) + ": " + printable(backup.what);
}

/// A simulated board of which there is no backup is nobody's loss.
bool tells_of_backup(const update::Plan& plan) {
  return plan.backup.is == update::BackupIs::sound || may_be_real(plan.targets.me) ||
         (plan.targets.tpm && may_be_real(*plan.targets.tpm));
}

std::string rehearsal_words(const update::Rehearsal& rehearsal) {
  const std::string took = duration_text(rehearsal.took);
  switch (rehearsal.end) {
    case update::RehearsalEnd::updated:
      return fmt::format("UPDATED, on a simulated board, after {}: {}", took, rehearsal.what);
    case update::RehearsalEnd::refused:
      return "REFUSED, on a simulated board: " + rehearsal.what;
    case update::RehearsalEnd::failed:
      return fmt::format("FAILED, on a simulated board, after {}: {}", took, rehearsal.what);
    case update::RehearsalEnd::not_possible:
      return "NOT POSSIBLE: " + rehearsal.what;
  }
  return "";
}

std::string backup_lines(const update::Plan& plan) {
  if (!tells_of_backup(plan)) return "";
  std::string text = plan_line("backup", backup_words(plan.backup));
  if (!plan.rehearsal) return text;
  text += plan_line("rehearsal", printable(rehearsal_words(*plan.rehearsal)));
  return text + list("not rehearsed", plan.rehearsal->apart);
}

}  // namespace

std::string plan_text(const update::Plan& plan) {
  std::string text = "Plan\n";
  text += plan_line("device", target_words(plan.targets.me));
  if (plan.targets.tpm) {
    text += plan_line("TPM", target_words(*plan.targets.tpm));
    text += plan_line("one board", one_board_words(update::one_board(plan.targets)));
  }
  text += plan_line(
      "firmware", fmt::format("{} -> {}{}", to_text(plan.from), to_text(plan.to), direction(plan)));
  text += plan_line("file", file_words(plan));
  text += plan_line("fits", fmt::format("SKU {}, generation {}", plan.sku, plan.to.major));
  text += plan_line("over", way_words(plan));
  if (may_be_real(plan.targets.me)) text += plan_line("power", power_words(plan.targets.me.power));
  text += backup_lines(plan);
  text += plan_line("transfer",
                    fmt::format("{} bytes in {} {}", plan.bytes,
                                (plan.bytes + plan.message_payload - 1) / plan.message_payload,
                                plan.way == update::Way::tpm ? "TPM commands" : "messages"));
  text += plan_line("kept", "set-up, provisioning and the other settings in the flash");
  text += plan.lost.empty() ? plan_line("lost", "nothing") : list("lost", plan.lost);
  return text + list("note", notes(plan));
}

namespace {

/// Why, and the next step; `between` stands between the two.
std::string why_and_then(const update::Refusal& refusal, char between) {
  std::string title = "Refused";
  if (refusal.tool_error)
    title += fmt::format(" (error {})", protocol::update::number(*refusal.tool_error));
  return fmt::format("{}: {}{}Next step: {}", title, printable(refusal.what), between,
                     printable(refusal.next_step));
}

}  // namespace

std::string refusal_line(const update::Refusal& refusal) {
  return why_and_then(refusal, ' ');
}

std::string refusal_text(const update::Refusal& refusal, const std::string& again) {
  const std::string text = why_and_then(refusal, '\n') + "\nNothing was written.\n";
  if (again.empty()) return text;
  const bool takes_away = refusal.again && refusal.again->abort_other;
  return text + (takes_away ? taking_away(again) : continue_with(again));
}

}  // namespace updater::report
