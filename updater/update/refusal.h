// SPDX-License-Identifier: BSD-3-Clause
// Why nothing will be written: every refusal is a row here, with whom it is about. The checks ask
// and tell by these rows, and docs/meupdate.md has the same table.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/update/tool_errors.h"
#include "updater/update/command_change.h"
#include "updater/update/target.h"
#include "updater/update/way.h"

namespace updater::update {

/// What stands in the way, as far as programs tell it apart (each has an exit status).
enum class Obstacle : std::uint8_t {
  other,
  no_tpm,
  tpm_not_offered,
  tpm_disabled,
  tpm_inactive,
  owner_secret_missing,
  owner_secret_wrong,
  tpm_locked_out,
  presence_needed,
  tpm_self_test_failed,
  last_try,
};

/// `tool_error` is the tool family's number where one is known.
struct Refusal {
  std::optional<protocol::update::ToolError> tool_error;
  std::string id;    ///< stable, kebab-case: "sku-mismatch", "through-tpm", "undocumented-protocol"
  std::string what;  ///< one sentence
  std::string next_step;  ///< what a person can do
  Obstacle obstacle = Obstacle::other;
  std::optional<CommandChange> again = std::nullopt;  ///< the command that then gets further
  std::optional<Way> way = std::nullopt;              ///< as it was chosen before; nothing: not yet
};

/// Who is asked whether he stands in the way.
enum class Asked : std::uint8_t {
  file,
  me,
  tpm,
  each,  ///< every target by itself: one is enough to refuse
  pair,  ///< both together
};
const char* name(Asked asked);

struct RefusalRow {
  std::string_view id;
  std::optional<protocol::update::ToolError> tool_error;
  Asked asked = Asked::me;
  std::string_view when;
  Obstacle obstacle = Obstacle::other;
};

namespace rows {

using protocol::update::ToolError;

/// The file first, then what is written to, then the rest of the device and of the TPM.
inline constexpr std::array kRefusals = {
    RefusalRow{"invalid-image", ToolError::invalid_image, Asked::file,
               "a hash or the signature does not fit, or another defect"},
    RefusalRow{"invalid-header", ToolError::invalid_header, Asked::file, "a damaged header"},
    RefusalRow{"invalid-length", ToolError::invalid_length, Asked::file,
               "too short, too long, or no image"},
    RefusalRow{"image-not-supported", ToolError::image_not_supported, Asked::file,
               "an image of another kind"},
    RefusalRow{"partition-layout", ToolError::partition_layout, Asked::file,
               "partitions that do not fit"},
    RefusalRow{"tpm-of-another-board", std::nullopt, Asked::pair,
               "the ME and the TPM are not known to be one board", Obstacle::tpm_not_offered},
    RefusalRow{"development-key", ToolError::invalid_image, Asked::each,
               "not known to be simulated, and the image is signed with this project's public key"},
    RefusalRow{"unknown-key", ToolError::invalid_image, Asked::each,
               "not known to be simulated, and the image is signed with a key that is not known"},
    RefusalRow{"another-updater", std::nullopt, Asked::me,
               "another `meupdate` is at it; the message has its process"},
    RefusalRow{"device-in-use", std::nullopt, Asked::me,
               "another program holds its update client; the message has who has it open"},
    RefusalRow{"version-unreadable", ToolError::version_unreadable, Asked::me,
               "it does not tell its version"},
    RefusalRow{"unknown-platform", ToolError::unknown_platform, Asked::me,
               "not ICH8 to ICH10, or not firmware 2 to 5"},
    RefusalRow{"update-in-progress", ToolError::update_in_progress, Asked::me,
               "it says that it is at work on an update"},
    RefusalRow{"sku-mismatch", ToolError::sku_mismatch, Asked::me,
               "the image's `$SKU` is not its SKU"},
    RefusalRow{"version-mismatch", ToolError::version_mismatch, Asked::me,
               "the image is of another major version"},
    RefusalRow{"downgrade", ToolError::downgrade_vetoed, Asked::me,
               "the image is older, without `--allow-downgrade`"},
    RefusalRow{"through-tpm", ToolError::tpm_update_required, Asked::me,
               "`--via heci`, and it takes updates through its TPM"},
    RefusalRow{"not-through-tpm", ToolError::local_update_disabled, Asked::me,
               "`--via tpm`, and it takes updates over HECI"},
    RefusalRow{"local-update-disabled", ToolError::local_update_disabled, Asked::me,
               "MKHI rule 7, or the interface bit where the rule is not known"},
    RefusalRow{"interface-closed", ToolError::local_update_disabled, Asked::me,
               "over HECI, and its interface word leaves the local way out"},
    RefusalRow{"password-needed", ToolError::password_needed, Asked::me,
               "it wants a password, and `--password-file` was not given"},
    RefusalRow{"on-battery", std::nullopt, Asked::each, "its computer runs on its battery"},
    RefusalRow{"undocumented-protocol", std::nullopt, Asked::each,
               "not known to be simulated, without `--accept-undocumented-protocol`"},
    RefusalRow{"backup-unusable", std::nullopt, Asked::file,
               "`--backup` names no dump of this board's whole flash"},
    RefusalRow{"backup-needed", std::nullopt, Asked::each,
               "not known to be simulated, without `--backup FILE` or `--without-backup`"},
    RefusalRow{"no-tpm", std::nullopt, Asked::tpm, "there is none, or it does not answer",
               Obstacle::no_tpm},
    RefusalRow{"tpm-in-use", std::nullopt, Asked::tpm,
               "another program has it; the message has which", Obstacle::no_tpm},
    RefusalRow{"tpm-self-test-failed", std::nullopt, Asked::tpm, "it has shut down",
               Obstacle::tpm_self_test_failed},
    RefusalRow{"tpm-not-started", std::nullopt, Asked::tpm, "the BIOS has not started it",
               Obstacle::no_tpm},
    RefusalRow{"tpm-silent", std::nullopt, Asked::tpm,
               "it does not tell its state, or whether it takes an update", Obstacle::no_tpm},
    RefusalRow{"tpm-foreign", std::nullopt, Asked::tpm, "its maker is not Intel (INTC)",
               Obstacle::tpm_not_offered},
    RefusalRow{"tpm-not-offered", std::nullopt, Asked::tpm, "it does not know TPM_FieldUpgrade",
               Obstacle::tpm_not_offered},
    RefusalRow{"tpm-other-protocol", std::nullopt, Asked::tpm,
               "its TPM_FieldUpgrade is another than ours", Obstacle::tpm_not_offered},
    RefusalRow{"update-over-heci", ToolError::update_in_progress, Asked::tpm,
               "another program sends an update over HECI"},
    RefusalRow{"other-update", ToolError::update_in_progress, Asked::tpm,
               "it holds an unfinished update of another image, or does not tell of which; see "
               "`--abort-other`"},
    RefusalRow{"update-waits-for-restart", ToolError::update_in_progress, Asked::tpm,
               "an update is written and waits for the computer to start again"},
    RefusalRow{"tpm-owned", ToolError::owner_password_required, Asked::tpm,
               "it has an owner, and no secret was given", Obstacle::owner_secret_missing},
    RefusalRow{"tpm-locked-out", std::nullopt, Asked::tpm,
               "a lockout runs; the message has the time left", Obstacle::tpm_locked_out},
    RefusalRow{"tpm-disabled", std::nullopt, Asked::tpm, "disabled, and it takes no update then",
               Obstacle::tpm_disabled},
    RefusalRow{"tpm-inactive", std::nullopt, Asked::tpm,
               "inactive likewise; the message says whether a restart is enough",
               Obstacle::tpm_inactive},
    RefusalRow{"tpm-owner-wrong", std::nullopt, Asked::tpm, "the secret is not its owner's",
               Obstacle::owner_secret_wrong},
    RefusalRow{"tpm-last-try", std::nullopt, Asked::tpm,
               "one more wrong secret may start a lockout, and nobody agreed", Obstacle::last_try},
    RefusalRow{"tpm-presence-locked", std::nullopt, Asked::tpm,
               "no owner, and the BIOS has ruled physical presence out", Obstacle::presence_needed},
    RefusalRow{"tpm-presence-needed", std::nullopt, Asked::tpm,
               "no owner, and the BIOS has seen no person", Obstacle::presence_needed},
};

}  // namespace rows

/// The row of `id`; one that there is not does not compile.
consteval const RefusalRow& row(std::string_view id) {
  for (const RefusalRow& each : rows::kRefusals) {
    if (each.id == id) return each;
  }
  throw "no such refusal";
}

inline Refusal refuse(const RefusalRow& row, std::string what, std::string next_step) {
  return {.tool_error = row.tool_error,
          .id = std::string(row.id),
          .what = std::move(what),
          .next_step = std::move(next_step),
          .obstacle = row.obstacle,
          .again = std::nullopt};
}

/// The targets that `row` asks, the one that is written to first.
std::vector<const Target*> asked_by(const RefusalRow& row, const Targets& targets);

/// The first of them for which `objects` is true; null: none objects.
template <class Objects>
const Target* objecting(const RefusalRow& row, const Targets& targets, Objects objects) {
  const auto asked = asked_by(row, targets);
  const auto found =
      std::ranges::find_if(asked, [&](const Target* target) { return objects(*target); });
  return found == asked.end() ? nullptr : *found;
}

}  // namespace updater::update
