// SPDX-License-Identifier: BSD-3-Clause
// Whether and how a device can be updated with an image: a pure function of the two, shown before anything is written.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/update/tool_errors.h"
#include "updater/image/image.h"
#include "updater/inventory/inventory.h"

namespace updater::update {

struct PlanOptions {
  bool allow_downgrade = false;
  bool allow_same_version = false;
  bool accept_undocumented_protocol = false;  ///< write to a real device whose FWU protocol is not documented
  bool on_battery = false;                    ///< the host runs on battery power
  std::string password;                       ///< of a password-protected local update; empty: none given
};

/// Why nothing will be written. `tool_error` is the tool family's number where one is known.
struct Refusal {
  std::optional<protocol::update::ToolError> tool_error;
  std::string id;        ///< stable, kebab-case: "sku-mismatch", "through-tpm", "undocumented-protocol"
  std::string what;      ///< one sentence
  std::string next_step; ///< what a person can do
};

/// The device already runs what the image holds.
struct NothingToDo {
  std::string what;
};

/// What will be done, in words and numbers a person confirms.
struct Plan {
  protocol::FirmwareVersion from;
  protocol::FirmwareVersion to;
  std::size_t bytes = 0;             ///< to transfer
  std::size_t message_payload = 0;   ///< bytes a DATA message carries
  bool downgrade = false;
  bool recovery_mode = false;        ///< the device runs its recovery code
  std::string password;              ///< to send with START; never shown
  std::vector<std::string> lost;     ///< what will not survive; empty: nothing
  std::vector<std::string> warnings;
};

using Decision = std::variant<Plan, NothingToDo, Refusal>;

/// Touches nothing. `defects` are what image::verify found.
Decision plan_update(const image::Image& image, const std::vector<image::Defect>& defects,
                     const inventory::Inventory& device, const PlanOptions& options);

}  // namespace updater::update
