// SPDX-License-Identifier: BSD-3-Clause
// In which condition an engine of ME 6 or later is, as its status words tell (coreboot me.h and
// cse.h, fwupd fu-mei; protocol/heci/firmware_status.h), and how a board here gets there.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace scenarios::field {

enum class EngineCondition : std::uint8_t {
  runs,
  update_failed,  ///< it runs, and its last update failed while it wrote
  second_lost,    ///< recovery: NFTP does not load
  first_lost,     ///< recovery: FTPR does not load, its copy runs
  no_code,        ///< no code that the ROM may run
  not_ready,      ///< it starts and never comes up, or was told not to
};
std::string_view name(EngineCondition condition);
/// A sentence: what befell the board.
std::string_view means(EngineCondition condition);
/// Whether it answers a host.
bool answers(EngineCondition condition);

/// `words` of firmware `generation`: 0, not known.
EngineCondition condition_of(std::span<const std::uint32_t> words, std::uint16_t generation);

}  // namespace scenarios::field
