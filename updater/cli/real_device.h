// SPDX-License-Identifier: BSD-3-Clause
// --device auto, /dev/meiN and pci:...: the Management Engines of this computer.
#pragma once

#include "updater/cli/open_device.h"
#include "updater/mmio/pci_function.h"

namespace updater::cli {

/// `tpm` is what --tpm says, in each.
/// Errors: not_found, permission, busy, io, each with what a person can do.
base::Result<std::unique_ptr<OpenDevice>> open_node(const std::string& path,
                                                    const std::string& tpm);
/// Errors: those of PciBarMmio::open, invalid (not a PCI address), unsupported (not a
/// HECI function).
base::Result<std::unique_ptr<OpenDevice>> open_function(const std::string& address,
                                                        const std::string& tpm,
                                                        const mmio::SystemRoots& roots = {});
/// A function that another process serves: `path` is its socket's. Only one that tells a board id
/// is known not to be hardware.
/// Errors: those of VfioUserFunction::open, unsupported (not a HECI function).
base::Result<std::unique_ptr<OpenDevice>> open_vfio_user(const std::string& path,
                                                         const std::string& tpm);
/// The first that opens: device nodes, then functions. Never a simulated one. Errors: not_found
/// (lists what was looked at), or the error of the best one that is there.
base::Result<std::unique_ptr<OpenDevice>> open_first(const std::string& tpm,
                                                     const mmio::SystemRoots& roots = {});

}  // namespace updater::cli
