// SPDX-License-Identifier: BSD-3-Clause
// Whether and how a device can be updated with an image: a pure function of the two, shown before
// anything is written.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "updater/image/image.h"
#include "updater/inventory/inventory.h"
#include "updater/update/backup.h"
#include "updater/update/owner_secret.h"
#include "updater/update/refusal.h"
#include "updater/update/rehearsal.h"
#include "updater/update/target.h"
#include "updater/update/way.h"

namespace updater::update {

struct PlanOptions {
  Via via = Via::automatic;
  OwnerSecretIs owner_secret = OwnerSecretIs::missing;
  bool allow_downgrade = false;
  bool allow_same_version = false;
  bool accept_undocumented_protocol =
      false;  ///< write to what may be real though its update protocol is not documented
  bool abort_other = false;  ///< take an update away that waits in the TPM and is not this image's
  bool password_given = false;  ///< for a password-protected local update
  Backup backup;                ///< of the board's flash
  std::vector<std::string>
      others;  ///< sentences' beginnings: programs that have a target open, too
};

/// The device already runs what the image holds.
struct NothingToDo {
  std::string what;
};

/// How the session is opened. Only an upload through the TPM outlives the program that began it.
enum class Opening : std::uint8_t {
  anew,
  going_on,     ///< the TPM holds a part of this very image from an interrupted run
  after_abort,  ///< it holds another one, which is taken away as asked
};
const char* name(Opening opening);

/// What will be done, in words and numbers a person confirms.
struct Plan {
  Targets targets;  ///< what will be written to
  Way way = Way::heci;
  Opening opening = Opening::anew;
  bool by_owner = false;  ///< through the TPM: authorised by its owner
  image::Kind file_kind = image::Kind::update;
  image::SigningKey key = image::SigningKey::unknown;
  std::uint32_t sku = 0;  ///< of device and image, or, of a device in recovery, of the image
  protocol::FirmwareVersion from;
  protocol::FirmwareVersion to;
  std::size_t bytes = 0;            ///< to transfer
  std::size_t message_payload = 0;  ///< bytes of it that one message or command carries
  bool downgrade = false;
  bool recovery_mode = false;  ///< the device runs its recovery code
  Backup backup;
  std::optional<Rehearsal> rehearsal;  ///< not plan_update()'s: whoever shows the plan has one made
  std::optional<std::uint32_t> status_before;  ///< its last update status; nothing: not told
  /// Why it is shown and never carried out; empty: it may be.
  std::string shown_alone;
  std::vector<std::string> lost;  ///< what will not survive; empty: nothing
  std::vector<std::string> warnings;
};

using Decision = std::variant<Plan, NothingToDo, Refusal>;

/// Of a device that another updater has claimed, which is not asked anything then; `busy` says who.
Refusal another_updater(const base::Error& busy);

/// Touches nothing. `defects` are what image::verify found; `targets` are the device and, where the
/// way goes through it and it answers, the TPM that `device` was asked about.
Decision plan_update(const image::Image& image, const std::vector<image::Defect>& defects,
                     const inventory::Inventory& device, const Targets& targets,
                     const PlanOptions& options);

}  // namespace updater::update
