// SPDX-License-Identifier: BSD-3-Clause
// What people read: the inventory, an image, a plan and how it ended. Every line ends with '\n'; no
// control characters.
#pragma once

#include <string>

#include "updater/image/image.h"
#include "updater/inventory/inventory.h"
#include "updater/tpm/check_owner.h"
#include "updater/update/carry_out.h"
#include "updater/update/plan.h"

namespace updater::report {

std::string info_text(const inventory::Inventory& inventory);
std::string tpm_section(const inventory::TpmInventory& tpm);
std::string tpm_status_text(const inventory::TpmInventory& tpm);
std::string owner_check_text(const tpm::OwnerCheck& check);
std::string image_text(const image::Image& image, const std::vector<image::Defect>& defects);
/// Why a file is no image, with its number, and what to do next: two lines. `then` stands between
/// them, behind the first.
std::string unreadable_text(const image::Defect& defect, const std::string& then = "");
std::string plan_text(const update::Plan& plan);
/// With `again`, the command that gets further, where it is not empty.
std::string refusal_text(const update::Refusal& refusal, const std::string& again = "");
/// Why, and the next step, without an end of a line.
std::string refusal_line(const update::Refusal& refusal);

/// Before the first write. `again` is the exact command that continues an interrupted update.
std::string precaution_text(const std::string& again);
std::string outcome_text(const update::Report& report, const update::Plan& plan,
                         const std::string& again);

/// The lines that end everything that was only interrupted.
std::string continue_with(const std::string& again);
/// Those that offer to take another update away.
std::string taking_away(const std::string& again);

/// "asking for the firmware version: ... (status 5)": the number of a device that said no; the
/// system's own are in words already.
std::string error_text(const base::Error& error);

}  // namespace updater::report
