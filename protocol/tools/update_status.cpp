// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tools/update_status.h"

#include <algorithm>
#include <iterator>

namespace protocol::tools {
namespace {

constexpr UpdateStatus kUpdateStatuses[] = {
    {0x81, 0, "the partition is not in the image"},
    {0x85, 0, "a parameter is wrong"},
    {0x89, 0, "not supported"},
    {0x8B, 0, "the flash failed"},
    {0x8D, 0, "a message that the firmware does not know"},
    {0x8F, 0, "the message is too long"},
    {0x91, 0, "the message is too short"},
    {0x95, 336, nullptr},
    {0x203, 337, nullptr},
    {0x204, 338, nullptr},
    {0x206, 0, "the firmware found no memory"},
    {0x208, 0, "the backup has a wrong size"},
    {0x209, 0, "an event inside the firmware failed"},
    {0x210, 349, nullptr},
    {0x211, 350, nullptr},
    {0x213, 336, nullptr},
    {0x214, 351, nullptr},
    {0x216, 344, nullptr},
    {0x219, 346, nullptr},
    {0x22A, 347, nullptr},
    {0x22B, 520, nullptr},
    {0x22D, 348, nullptr},
    {0x22F, 343, nullptr},
    {0x233, 0, "the image's anti-rollback security number is lower than the firmware's"},
    {0x234, 353, nullptr},
    {0x236, 354, nullptr},
    {0x237, 355, nullptr},
    {0x23A, 356, nullptr},
    {0x23B, 352, nullptr},
    {0x23C, 357, nullptr},
    {0x23D, 358, nullptr},
    {0x23E, 359, nullptr},
    {0x23F, 360, nullptr},
    {0x24E, 362, nullptr},
    {0x24F, 363, nullptr},
    {0x250, 364, nullptr},
    {0x251, 365, nullptr},
    {0x252, 366, nullptr},
    {0x28D, 0, "the build does not fit"},
    {0x29A, 443, nullptr},
    {0x29B, 445, nullptr},
    {0x29C, 444, nullptr},
    {0x29D, 446, nullptr},
    {0x2BE, 463, nullptr},
    {0x2C0, 465, nullptr},
    {0x2C1, 466, nullptr},
    {0x2C2, 467, nullptr},
    {0x2C3, 483, nullptr},
    {0x2C4, 482, nullptr},
    {0x2C8, 478, nullptr},
    {0x2C9, 477, nullptr},
    {0x2F1, 671, nullptr},
    {0x2F2, 718, nullptr},
};

/// One status a partition or a check, in the order of the tools' errors.
struct StatusRun {
  std::uint16_t first;
  std::uint16_t last;
  std::uint16_t first_error;
};
constexpr StatusRun kStatusRuns[] = {
    {0x261, 0x26E, 375}, {0x270, 0x27D, 389}, {0x27F, 0x28C, 403}, {0x28E, 0x295, 431},
    {0x296, 0x299, 439}, {0x29E, 0x2A0, 447}, {0x2A1, 0x2AE, 417}, {0x2B0, 0x2BA, 450},
};

static_assert(std::ranges::is_sorted(kUpdateStatuses, {}, &UpdateStatus::status));

using update::ToolError;

struct OlderNumber {
  std::uint16_t first;
  std::uint16_t last;
  ToolError error;
};
constexpr OlderNumber kOlderNumbers[] = {
    {0x95, 0x95, ToolError::update_in_progress},
    {0x203, 0x203, ToolError::sku_mismatch},
    {0x204, 0x204, ToolError::version_mismatch},
    {0x206, 0x206, ToolError::no_memory},
    {0x20A, 0x20F, ToolError::update_in_progress},
    {0x210, 0x211, kInvalidFile},
    {0x213, 0x213, ToolError::update_in_progress},
    {0x216, 0x216, ToolError::oem_id_incorrect},
    {0x219, 0x219, ToolError::downgrade_vetoed},
    {0x22D, 0x22D, ToolError::partition_layout},
    {0x22F, 0x22F, ToolError::local_update_disabled},
    {0x23B, 0x23C, ToolError::downgrade_vetoed},
    {0x261, 0x26E, ToolError::invalid_image},
    {0x270, 0x28C, ToolError::invalid_image},
    {0x29B, 0x29B, ToolError::downgrade_vetoed},
    {0x2C2, 0x2C2, ToolError::no_update_in_progress},
    {0x2C9, 0x2C9, kInvalidFile},
};

/// Numbers of the family itself, which the engines to ME 5 use as statuses.
constexpr std::uint32_t kFirstOfFamily = number(ToolError::no_device);

}  // namespace

std::optional<UpdateStatus> find_update_status(std::uint32_t status) {
  const auto row = std::ranges::lower_bound(kUpdateStatuses, status, {}, &UpdateStatus::status);
  if (row != std::end(kUpdateStatuses) && row->status == status) return *row;
  const bool busy = status >= 0x20A && status <= 0x20F;
  if (busy) return UpdateStatus{static_cast<std::uint16_t>(status), 336, nullptr};
  for (const StatusRun& run : kStatusRuns) {
    if (status < run.first || status > run.last) continue;
    return UpdateStatus{static_cast<std::uint16_t>(status),
                        static_cast<std::uint16_t>(run.first_error + status - run.first), nullptr};
  }
  return std::nullopt;
}

std::optional<std::uint32_t> status_of_newer_error(std::uint32_t tool_error) {
  constexpr std::uint32_t kLastStatus = 0x2FF;
  for (std::uint32_t status = 1; tool_error != 0 && status <= kLastStatus; ++status) {
    const auto row = find_update_status(status);
    if (row && row->tool_error == tool_error) return status;
  }
  return std::nullopt;
}

update::ToolError older_tool_error(std::uint32_t status) {
  if (status >= kFirstOfFamily) return static_cast<ToolError>(status);
  for (const OlderNumber& row : kOlderNumbers) {
    if (row.first <= status && status <= row.last) return row.error;
  }
  return ToolError::internal_error;
}

}  // namespace protocol::tools
