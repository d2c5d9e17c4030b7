// SPDX-License-Identifier: BSD-3-Clause
// What the lines of the old tools tell about a board.
#pragma once

#include <cstdint>

namespace protocol::tools {

enum class Fact : std::uint8_t {
  // MEInfo
  firmware_status,
  bios_version,
  brand,
  flash_version,
  netstack_version,
  apps_version,
  amt_version,
  capabilities,
  sku_names,
  vendor,
  build_number,
  manageability_mode,
  amt_mode,
  uns_version,
  lms_version,
  mei_driver_version,
  link_status,
  crypto_fuse,
  flash_protection,
  reset_reason,
  configuration_state,
  boot_state,
  mac_address,
  wireless_mac_address,
  wireless_driver,
  wireless_hardware,
  override_counter,
  override_qualifier,
  ip_address,
  mebx_version,
  ft_version,
  ft_build_number,
  local_update,
  secure_update,
  remote_connectivity,
  configuration_mode,
  override_behaviour,
  tpm_vendor,
  tpm_specification,
  tpm_version,
  tpm_build_number,
  tpm_state,
  tpm_mode,
  tpm_fips,
  tpm_threshold,
  tpm_lockout,
  tpm_multiplier,
  tpm_fade_out,
  presence_lifetime_lock,
  presence_command,
  presence_hardware,
  tpm_fuses,
  later_version,  ///< "FW Version" of generations 6 and later
  // MEInfo and MEManuf of later generations, intelmetool, the mei driver
  status_word_1,
  status_word_2,
  status_word_3,
  status_word_4,
  status_word_5,
  status_word_6,
  working_state,
  operational_state,
  operation_mode,
  state_error,
  manufacturing_mode,
  init_complete,
  loader_state,
  flash_partition,
  progress_phase,
  clock_control,  ///< "ICC"
  file_system,
  told_besides,  ///< a line that is known and has nothing to do with updates
  // kernels, lspci, tpm-tools, set-up
  pci_device,     ///< "00:03.0"
  pci_id,         ///< "8086:2e14"
  driver_device,  ///< "mei_me 0000:00:03.0"
  driver_says,
  driver_status,  ///< "-110"
  tpm_device,
  tpm_answer,  ///< of a TPM that refused, with its return code
  security_chip,
  tool_says,
  // FWUpdLcl
  firmware_version,
  last_update_status,
  sku,
  enabled_interfaces,
  image_version,
  image_sku,
  communication_mode,
  uploading,
  error,
  // either, from how it was run
  host_system,
  registers_blocked,
  none,  ///< a line that tells none of these: a heading, or what nobody asks for yet
};

}  // namespace protocol::tools
