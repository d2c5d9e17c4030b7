// SPDX-License-Identifier: BSD-3-Clause
// MEInfo of ME 6 to CSME 16 on a board here: the lines of protocol/tools, from what the board
// answers. The BIOS's version and the vendor's id the tool has from the host, whatever the engine
// says.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/tools/meinfo.h"
#include "scenarios/engine/world.h"

namespace scenarios::field {

/// Which parts it prints; null: not that one.
struct EraInfo {
  std::uint16_t generation = 0;                     ///< of the tool
  const protocol::tools::Meinfo* status = nullptr;  ///< as with -fwsts
  const protocol::tools::Meinfo* report = nullptr;  ///< its lines about the board

  /// "meupdate info --format meinfo-9"
  std::string command() const;
};

/// The lines; where the engine's update client does not answer, that.
std::string run_meinfo(const EraInfo& info, engine::World& world);

}  // namespace scenarios::field
