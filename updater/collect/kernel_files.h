// SPDX-License-Identifier: BSD-3-Clause
// What Linux tells of the Management Engine and the TPM in files that whoever looks may read:
// Documentation/ABI/testing/sysfs-bus-mei, sysfs-class-mei, sysfs-class-tpm and debugfs' mei0.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/tar.h"

namespace updater::collect {

/// Bytes of a configuration space that are taken. The capability that holds a serial number can
/// only stand behind them (PCI Express Base Specification, "Device Serial Number").
inline constexpr std::size_t kConfigurationBytes = 256;

/// Those that are there and can be read, below `root` (empty: this computer's), each under the name
/// that it has in an archive: "pci/0000:00:16.0/config". scripts/collect.sh takes the same.
std::vector<base::TarFile> kernel_files(const std::string& root);

/// The text of a file, cut behind 1 MiB; empty where it cannot be read.
std::string text_of(const std::string& path);
/// Of the folder's entries those that begin with `start`, with the folder before them, in order.
std::vector<std::string> entries(const std::string& folder, std::string_view start = "");

}  // namespace updater::collect
