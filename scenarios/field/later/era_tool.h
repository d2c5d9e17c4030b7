// SPDX-License-Identifier: BSD-3-Clause
// FWUpdLcl of ME 6 to CSME 16 as a host program: which messages it sends is known from public
// programs that update such boards (docs/generations.md), what it prints from protocol/tools. The
// updater of this project writes no such board but a simulated one and none from CSME 12 on; this
// one never leaves the bench.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "protocol/firmware_version.h"
#include "scenarios/engine/world.h"

namespace scenarios::field {

/// What the tool looks at before it sends anything; its releases differ in that (docs/fidelity.md,
/// row later-tool-checks).
enum class LooksAt : std::uint8_t {
  nothing,
  recovery,   ///< gives up on an engine in recovery (280)
  direction,  ///< wants to be told to take an older file, or the same
};

struct EraUpdate {
  std::optional<base::Bytes> file;         ///< nothing: it cannot be opened
  protocol::FirmwareVersion version = {};  ///< of the file, as its manifest says
  bool device_absent = false;
  LooksAt looks_at = LooksAt::nothing;
};

/// What one run of the tool came to.
struct EraRun {
  std::string printed;
  bool updated = false;  ///< the file is written and runs behind the next start
};

/// On the world's board, as it stands.
EraRun run_fwupdlcl(const EraUpdate& update, engine::World& world);

/// As a BIOS does it that finds the engine in recovery at a start, with the file that it has: what
/// stands on its screen.
EraRun run_bios_recovery(const EraUpdate& update, engine::World& world);

}  // namespace scenarios::field
