// SPDX-License-Identifier: BSD-3-Clause
// Which commands MKHI has in which generation (metee, coreboot cse.c, Slim Bootloader MkhiMsgs.h,
// fwupd; docs/fidelity.md for those of ME 2 to 5).
#pragma once

#include <array>
#include <cstdint>

#include "protocol/known.h"
#include "protocol/mei/mkhi.h"
#include "protocol/newest_generation.h"

namespace protocol::mkhi {

struct Command {
  std::uint8_t group = 0;
  std::uint8_t command = 0;
  std::uint16_t first = 0;  ///< major version
  std::uint16_t last = 0;
  Known known = Known::documented;
};

inline constexpr std::uint8_t kBupCommon = 0xF0;
inline constexpr std::uint8_t kMca = 0x0A;

constexpr std::uint8_t number(Group group) {
  return static_cast<std::uint8_t>(group);
}

inline constexpr std::array kCommands = {
    Command{number(Group::cbm), 0x0B, 6, kNewestGeneration},
    Command{number(Group::fwcaps), kGetRule, 2, 5, Known::chosen},
    Command{number(Group::fwcaps), kGetRule, 6, kNewestGeneration},
    Command{number(Group::fwcaps), kSetRule, 6, kNewestGeneration},
    Command{number(Group::hmrfpo), kHmrfpoEnable, 7, kNewestGeneration},
    Command{number(Group::hmrfpo), kHmrfpoLock, 6, 11},
    Command{number(Group::hmrfpo), 0x03, 11, kNewestGeneration},
    Command{number(Group::hmrfpo), kHmrfpoLockSilent, 9, 9},
    Command{number(Group::fwupdate), kGetUpdateStatus, 2, 5, Known::chosen},
    Command{number(Group::fwupdate), kGetUpdateStatus, 6, 8, Known::inferred},
    Command{number(Group::fwupdate), kGetUpdateStatus, 9, 9},
    Command{number(Group::fwupdate), kGetUpdateStatus, 10, kNewestGeneration, Known::inferred},
    Command{kMca, 0x02, 11, 15},
    Command{kMca, 0x0A, 15, kNewestGeneration},
    Command{kMca, 0x0D, 12, kNewestGeneration},
    Command{kMca, 0x1B, 15, kNewestGeneration},
    Command{kMca, 0x1C, 15, kNewestGeneration},
    Command{kBupCommon, 0x03, 11, kNewestGeneration},
    Command{kBupCommon, 0x1C, 12, kNewestGeneration},
    Command{kBupCommon, 0x1D, 12, kNewestGeneration},
    Command{kBupCommon, 0x20, 12, kNewestGeneration},
    Command{number(Group::gen), kGetMkhiVersion, 2, 5, Known::chosen},
    Command{number(Group::gen), kGetMkhiVersion, 6, kNewestGeneration},
    Command{number(Group::gen), kGetFirmwareVersion, 2, 5, Known::chosen},
    Command{number(Group::gen), kGetFirmwareVersion, 6, kNewestGeneration},
    Command{number(Group::gen), 0x0A, 11, kNewestGeneration},
    Command{number(Group::gen), kEndOfPost, 2, 6, Known::chosen},
    Command{number(Group::gen), kEndOfPost, 7, kNewestGeneration},
    Command{number(Group::gen), kUnconfigure, 2, 5, Known::chosen},
    Command{number(Group::gen), kUnconfigure, 9, kNewestGeneration},
    Command{number(Group::gen), 0x14, 9, kNewestGeneration},
    Command{number(Group::gen), kEndOfPostSilent, 9, 9},
    Command{number(Group::gen), 0x1C, 12, kNewestGeneration},
    Command{number(Group::gen), 0x1D, 12, kNewestGeneration},
};

/// The row of a command in firmware of `major`; null: that firmware has no such command.
constexpr const Command* find_command(std::uint16_t major, std::uint8_t group,
                                      std::uint8_t command) {
  for (const Command& row : kCommands) {
    const bool has = row.first <= major && major <= row.last;
    if (has && row.group == group && row.command == command) return &row;
  }
  return nullptr;
}

}  // namespace protocol::mkhi
