// SPDX-License-Identifier: BSD-3-Clause
// The same facts for programs. Schemas: docs/schema/. Documents are ASCII: everything else is
// escaped.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "updater/image/image.h"
#include "updater/inventory/inventory.h"
#include "updater/report/explain_query.h"
#include "updater/tpm/tpm12_client.h"
#include "updater/update/carry_out.h"
#include "updater/update/plan.h"

namespace updater::report {

using Json = nlohmann::ordered_json;

/// Values as the device gave them; null where it gave none, with the reason under "gaps".
Json info_json(const inventory::Inventory& inventory);
Json tpm_json(const inventory::TpmInventory& tpm);
Json tpm_status_json(const inventory::TpmInventory& tpm);
Json lockout_json(const tpm::LockoutState& lockout);
Json image_json(const image::Image& image, const std::vector<image::Defect>& defects);
Json defect_json(const image::Defect& defect);
Json explanation_json(const KnownNumber& row);
/// How the engine says it runs (updater/report/status_text.h).
Json status_json(const protocol::heci::FirmwareStatus& status);
Json known_case_json(const KnownCase& row);
Json answer_json(const Answer& answer);
Json error_json(const base::Error& error);

/// What would be written to, and how it is known to be one board.
Json targets_json(const update::Targets& targets);
Json plan_json(const update::Plan& plan);
Json refusal_json(const update::Refusal& refusal);
/// The refusal in a document of `meupdate update --format json`, as refusal_json() wrote it;
/// nothing: it was not refused, or that is no such document.
std::optional<update::Refusal> refusal_in(const std::string& document);
Json outcome_json(const update::Report& report);
Json progress_json(const update::Progress& progress);

std::string document(const Json& json);  ///< indented, ends with '\n'
std::string one_line(const Json& json);  ///< ends with '\n'

}  // namespace updater::report
