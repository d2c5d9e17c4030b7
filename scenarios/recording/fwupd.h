// SPDX-License-Identifier: BSD-3-Clause
// The JSON in which fwupd keeps what a device was asked and answered, so that it can be emulated
// (fwupd docs/device-emulation.md; events as libfwupdplugin's FuMeiDevice, FuUdevDevice and
// FuDeviceEvent name them in 2.0 and 2.1). docs/recordings.md has the part of it that is ours.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "scenarios/recording/recording.h"

namespace scenarios::recording {

/// Adds what one document tells of the engine (of a zip, its phases one after the other) to
/// `recording`. Errors: invalid (no JSON, or an event that makes no sense; says which), unsupported
/// (an event whose question is kept as a hash alone).
base::Result<void> read_fwupd(std::string_view json, Recording& recording);

/// The document that fwupd loads: the PCI function where its status words are known, and a
/// /dev/mei0 for each client that was spoken to. Errors: invalid (no PCI device id is known, or
/// there is nothing to tell).
base::Result<std::string> write_fwupd(const Recording& recording);

}  // namespace scenarios::recording
