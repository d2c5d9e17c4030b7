// SPDX-License-Identifier: BSD-3-Clause
// Error numbers of the FWUpdLcl tool family. Numbers and meanings: intel/lms
// PFWUpdateDllWrapperLegacy.cpp (Apache-2.0); 8721 and 8729 from owners' reports. The simulated ME
// uses the same numbers as FWU status words: no public source tells those of ME 5
// (docs/fidelity.md).
#pragma once

#include <array>
#include <cstdint>

namespace protocol::update {

enum class ToolError : std::uint32_t {
  success = 0,
  not_me_sku = 1,
  no_device = 8193,
  transfer_failed = 8199,
  wrong_message_type = 8204,
  buffer_too_small = 8213,
  sku_mismatch = 8704,
  version_mismatch = 8705,
  invalid_image = 8706,
  internal_error = 8707,
  update_in_progress = 8708,
  no_memory = 8710,
  invalid_header = 8713,
  file_access = 8714,
  usage = 8716,
  timed_out = 8718,
  local_update_disabled = 8719,
  tpm_update_required = 8721,
  unsupported_message = 8722,
  no_update_in_progress = 8723,
  no_response = 8724,
  last_status_unreadable = 8725,
  parameters_unreadable = 8727,
  tool_incompatible = 8728,
  owner_password_required = 8729,
  update_failed = 8741,
  unknown_platform = 8743,
  oem_verification_failed = 8744,
  oem_id_incorrect = 8745,
  invalid_length = 8746,
  no_global_buffer = 8747,
  invalid_parameters = 8748,
  write_file = 8754,
  version_display = 8757,
  image_not_supported = 8758,
  internal_error_2 = 8759,
  downgrade_vetoed = 8760,
  file_write = 8761,
  file_read = 8762,
  file_delete = 8763,
  partition_layout = 8764,
  downgrade_data_mismatch = 8765,
  password_mismatch = 8766,
  password_needed = 8768,
  polling_failed = 8769,
  allow_same_version_required = 8772,
  version_unreadable = 8778,
  password_retries = 8787,
};

constexpr std::uint32_t number(ToolError error) {
  return static_cast<std::uint32_t>(error);
}

}  // namespace protocol::update
