// SPDX-License-Identifier: BSD-3-Clause
// The single reasons not to write, each a pure function; plan.cpp asks them in order and the first
// that objects wins.
#pragma once

#include <optional>
#include <string>

#include "updater/update/plan.h"

namespace updater::update {

/// Everything a check may look at. Refers to its caller's objects.
struct Question {
  const image::Image& image;
  const std::vector<image::Defect>& defects;
  const inventory::Inventory& device;
  const Targets& targets;
  const PlanOptions& options;
};

/// While the firmware is at work on an update.
Refusal update_in_progress();
/// `next_step`, which takes the power away or may lead there. Where the last update failed it is
/// another: the code in the flash may be half written then, and the firmware lives in memory alone.
std::string step_with_power(const Question& question, const char* next_step);

using Check = std::optional<Refusal> (*)(const Question&);

// The file itself.
std::optional<Refusal> check_soundness(const Question& question);
/// From ME 6 on the maker's file is sent as it is: of a whole region no update can be made.
std::optional<Refusal> check_sent_as_it_is(const Question& question);
std::optional<Refusal> check_key(const Question& question);

// What is written to: whether it is one board, and whether each of it may be.
std::optional<Refusal> check_one_board(const Question& question);
std::optional<Refusal> check_power(const Question& question);
std::optional<Refusal> check_documented(const Question& question);
/// Somebody has thought of what undoes the update, whatever options let it go on.
std::optional<Refusal> check_backup(const Question& question);

// The device, and whether the file is meant for it.
std::optional<Refusal> check_readable(const Question& question);
std::optional<Refusal> check_platform(const Question& question);
std::optional<Refusal> check_idle(const Question& question);
std::optional<Refusal> check_sku(const Question& question);
std::optional<Refusal> check_major(const Question& question);
std::optional<Refusal> check_direction(const Question& question);

// Whether the device's settings and its host allow it now.
std::optional<Refusal> check_way(const Question& question);
std::optional<Refusal> check_local_update(const Question& question);
std::optional<Refusal> check_interface(const Question& question);
std::optional<Refusal> check_password(const Question& question);

// Whether the TPM takes an update now; nothing to object to for one over HECI. In the order in
// which they are asked: what hides the others first. That a missing secret comes before a disabled
// TPM is the T400's log (docs/fidelity.md, updater-tpm-order).
std::optional<Refusal> check_tpm_is_there(const Question& question);
std::optional<Refusal> check_tpm_self_test(const Question& question);
std::optional<Refusal> check_tpm_tells(const Question& question);
std::optional<Refusal> check_tpm_offers(const Question& question);
std::optional<Refusal> check_tpm_session(const Question& question);
std::optional<Refusal> check_owner_secret_given(const Question& question);
std::optional<Refusal> check_lockout(const Question& question);
std::optional<Refusal> check_tpm_enabled(const Question& question);
std::optional<Refusal> check_tpm_active(const Question& question);
std::optional<Refusal> check_owner_secret_right(const Question& question);
std::optional<Refusal> check_presence(const Question& question);

}  // namespace updater::update
