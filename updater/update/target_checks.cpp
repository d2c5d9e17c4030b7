// SPDX-License-Identifier: BSD-3-Clause
// Reasons that lie in what will be written to: the targets may be parts of two boards, and each of
// them may be real, or lose its power.
#include <fmt/format.h>

#include "updater/update/checks.h"

namespace updater::update {
namespace {

/// "The TPM /dev/tpm0".
std::string at_the_front(const Target& target) {
  std::string text = to_text(target);
  text.front() = 'T';
  return text;
}

const char* why_apart(const Target& tpm) {
  switch (tpm.place) {
    case Place::elsewhere:
      return "it is no TPM that this computer's kernel drives";
    case Place::in_sim:
      return "it is inside a simulated machine, and the Management Engine is not";
    case Place::served:
      return tpm.board ? "its socket does not tell the Management Engine's board id"
                       : "its socket tells no board id";
    case Place::this_system:
      return "it is this computer's, and the Management Engine is not known to be";
  }
  return "";
}

const char* how_together(const Target& me) {
  switch (me.place) {
    case Place::elsewhere:
      break;
    case Place::in_sim:
      return "Leave --tpm out: the simulated machine has a TPM of its own.";
    case Place::served:
      return "Name both sockets of one `mesim serve`: --device vfio-user:PATH --tpm swtpm:PATH.";
    case Place::this_system:
      return "Leave --tpm out: this computer's own TPM is /dev/tpm0.";
  }
  return "Name the Management Engine by its node /dev/meiN or its PCI function.";
}

}  // namespace

std::optional<Refusal> check_one_board(const Question& question) {
  const Targets& targets = question.targets;
  const bool through_tpm = way_of(question.device, question.options.via) == Way::tpm;
  if (!through_tpm || !question.device.tpm) return std::nullopt;  // check_tpm_is_there's
  if (one_board(targets) != OneBoard::not_known) return std::nullopt;
  const Target tpm = targets.tpm.value_or(Target{.role = Role::tpm});
  return refuse(row("tpm-of-another-board"),
                fmt::format("{} is not known to be on one board with {}: {}.", at_the_front(tpm),
                            to_text(targets.me), why_apart(tpm)),
                how_together(targets.me));
}

std::optional<Refusal> check_power(const Question& question) {
  const RefusalRow& about = row("on-battery");
  const Target* falling = objecting(about, question.targets, [](const Target& target) {
    return target.power == PowerSource::battery;
  });
  if (falling == nullptr) return std::nullopt;
  return refuse(about,
                fmt::format("The computer of {} runs on its battery, and an update must not lose "
                            "power.",
                            to_text(*falling)),
                "Connect the power supply. Run the same command again.");
}

std::optional<Refusal> check_documented(const Question& question) {
  if (question.options.accept_undocumented_protocol) return std::nullopt;
  const RefusalRow& about = row("undocumented-protocol");
  const Target* real = objecting(about, question.targets, may_be_real);
  if (real == nullptr) return std::nullopt;
  const bool through_tpm = way_of(question.device, question.options.via) == Way::tpm;
  return refuse(
      about,
      at_the_front(*real) + " is not known to be simulated, so it counts as a real device, " +
          (through_tpm
               ? "and nothing public documents how a real TPM takes an update: the contents of "
                 "TPM_FieldUpgrade used here are this project's own."
               : "and how firmware of its generation takes an update over HECI is not publicly "
                 "documented: the START, DATA and END messages used here are those of later "
                 "generations."),
      "Use the board maker's tool. Whoever can restore the flash with a programmer may give "
      "--accept-undocumented-protocol.");
}

std::optional<Refusal> check_backup(const Question& question) {
  const Backup& backup = question.options.backup;
  if (backup.is == BackupIs::unusable) {
    return refuse(
        row("backup-unusable"),
        fmt::format("The file {} is no backup of this board: {}.", backup.file, backup.what),
        "Dump the whole flash once more and compare the two dumps; docs/real-boards.md "
        "says how, and `meupdate image FILE` what is in a file.");
  }
  const RefusalRow& about = row("backup-needed");
  const Target* real = objecting(about, question.targets, may_be_real);
  if (real == nullptr || backup.is != BackupIs::not_named) return std::nullopt;
  return refuse(about,
                fmt::format("{} is not known to be simulated, and no backup of its board's flash "
                            "is named: what goes wrong could not be undone.",
                            at_the_front(*real)),
                "Dump the whole flash (docs/real-boards.md says how) and give --backup FILE: the "
                "update is then rehearsed on a simulated board made of it. Whoever does without "
                "one types --without-backup.");
}

}  // namespace updater::update
