// SPDX-License-Identifier: BSD-3-Clause
// What the drivers of mei and the TPM say in a kernel's log, line by line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/field/boot/kernel_event.h"
#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// Whose driver speaks.
enum class KernelPart : std::uint8_t { engine, watchdog, tpm };

struct KernelMessage {
  LogLine line;
  KernelPart part = KernelPart::engine;
  std::string says;  ///< without time, driver and device
  KernelEvent event;
};

/// Of a pasted log.
std::vector<KernelMessage> kernel_messages(const ToolRun& run);
/// Of a kernel here, as `dmesg` prints it: lines have their number and their text, no file.
std::vector<KernelMessage> kernel_messages(const std::string& printed);

}  // namespace scenarios::field
