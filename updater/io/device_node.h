// SPDX-License-Identifier: BSD-3-Clause
// Whether a path is the very node of a device that this computer's kernel drives.
#pragma once

#include <string>

namespace updater::io {

enum class NodeClass { mei, tpm };

/// Whether `path` is a character device (no link to one, no pseudo-terminal, no socket) whose
/// number is the one that the kernel tells for the device of that name in its class under `sys`,
/// which is hardware's and not one that a process stands for (vtpm_proxy, under devices/virtual).
/// False where any of it cannot be told.
bool is_systems_node(const std::string& path, NodeClass wanted, const std::string& sys = "/sys");

}  // namespace updater::io
