// SPDX-License-Identifier: BSD-3-Clause
// The numbers that firmware from ME 6 on has in the status fields of START, DATA, END and of the
// progress reply (public host programs for ME 9 and CSME 15; protocol/tools/update_status.h has
// their words). Which of them firmware of a generation answers to what is chosen where
// docs/fidelity.md says so.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "protocol/update/tool_errors.h"

namespace protocol::fwu {

enum class Status : std::uint32_t {
  ok = 0,
  partition_not_in_image = 0x81,
  parameter = 0x85,
  unsupported = 0x89,
  flash = 0x8B,
  unknown_command = 0x8D,
  too_big = 0x8F,
  too_small = 0x91,
  sku = 0x203,
  major_version = 0x204,
  memory = 0x206,
  event = 0x209,
  ftpr_invalid = 0x210,
  nftp_invalid = 0x211,
  busy = 0x213,
  oem_id = 0x216,
  vetoed = 0x219,
  layout = 0x22D,
  disabled = 0x22F,
  partial_in_recovery = 0x236,
  partition_absent = 0x237,
  security_version = 0x23B,
  version_control_number = 0x23C,
  ftpr_signature = 0x261,
  nftp_signature = 0x262,
  ftpr_extension = 0x270,
  ftpr_hash = 0x27F,
  nftp_hash = 0x280,
  part_security_version = 0x29A,
  part_control_number = 0x29B,
  restore_point_started = 0x2BE,
  start_length = 0x2C0,
  data_without_start = 0x2C2,
  data_length = 0x2C3,
  end_without_data = 0x2C4,
  update_image = 0x2C9,
};

/// Partitions that have numbers of their own for a wrong signature (261h on), extension (270h on)
/// and hash (27Fh on), in the order of those numbers.
inline constexpr std::array<std::string_view, 14> kNumberedPartitions = {
    "FTPR", "NFTP", "DLMP", "RBEP", "PMCP", "OEMP", "WCOD",
    "LOCL", "PCHC", "IOMP", "NPHY", "TBTP", "ISHC", "IUNP"};

constexpr std::uint32_t number(Status status) {
  return static_cast<std::uint32_t>(status);
}

/// Where later firmware says something else than the tool family's number.
struct StatusFor {
  update::ToolError tool_error;
  Status status;
};
inline constexpr std::array kStatusFor = {
    StatusFor{update::ToolError::success, Status::ok},
    StatusFor{update::ToolError::sku_mismatch, Status::sku},
    StatusFor{update::ToolError::version_mismatch, Status::major_version},
    StatusFor{update::ToolError::invalid_image, Status::update_image},
    StatusFor{update::ToolError::invalid_header, Status::update_image},
    StatusFor{update::ToolError::update_in_progress, Status::busy},
    StatusFor{update::ToolError::no_memory, Status::memory},
    StatusFor{update::ToolError::local_update_disabled, Status::disabled},
    StatusFor{update::ToolError::no_update_in_progress, Status::data_without_start},
    StatusFor{update::ToolError::oem_id_incorrect, Status::oem_id},
    StatusFor{update::ToolError::invalid_length, Status::data_length},
    StatusFor{update::ToolError::invalid_parameters, Status::start_length},
    StatusFor{update::ToolError::unsupported_message, Status::unknown_command},
    StatusFor{update::ToolError::downgrade_vetoed, Status::vetoed},
    StatusFor{update::ToolError::partition_layout, Status::layout},
};

/// What later firmware answers where earlier firmware answers `tool_error`; what has no row is an
/// event that it could not deal with.
constexpr Status status_for(update::ToolError tool_error) {
  for (const StatusFor& row : kStatusFor) {
    if (row.tool_error == tool_error) return row.status;
  }
  return Status::event;
}

}  // namespace protocol::fwu
