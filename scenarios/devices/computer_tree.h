// SPDX-License-Identifier: BSD-3-Clause
// What /sys tells of a computer with the board in it, as umockdev reads it: the form of
// "udevadm info --export-db".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scenarios::devices {

struct Computer {
  std::optional<std::uint16_t> pci_device_id;  ///< of the HECI function
  std::vector<std::uint32_t> status_words;     ///< as the driver has them in fw_status
  bool has_tpm = false;
};

inline constexpr const char* kMeiFolder = "/devices/pci0000:00/0000:00:03.0/mei/mei0";
inline constexpr const char* kTpmFolder = "/devices/pnp0/00:05/tpm/tpm0";

std::string tree_of(const Computer& computer);

}  // namespace scenarios::devices
