// SPDX-License-Identifier: BSD-3-Clause
// What makes an update of ME 6 and later fail with a number, one row a cause: what is done here so
// that it comes about, what speaks for it and against it in a log, and what a person does about it.
// Which number comes out is the board's and the tool's to say, never the row's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "emulator/sim/fault_plan.h"
#include "protocol/generation.h"
#include "scenarios/field/later/era_tool.h"

namespace scenarios::field {

/// The first generation whose tools tell errors by the newer list.
inline constexpr std::uint16_t kFirstNewer = [] {
  for (const protocol::Generation& row : protocol::kGenerations) {
    if (row.errors == protocol::tools::ErrorList::csme12) return row.major;
  }
  return protocol::kNewestGeneration;
}();

/// What is wrong with the file.
enum class FileFault : std::uint8_t {
  none,
  missing,
  other_generation,
  other_sku,
  other_key,
  cleaned,  ///< NFTP is erased, as cleaning tools leave it
  cut,      ///< its end is missing
  region,   ///< a whole region instead of an update
  damaged,  ///< a module's bytes are others
  older,
  same,
  older_control,  ///< a lower version control number
  older_part,     ///< that of a part with a version of its own
  older_security  ///< a lower security version
};

/// What befalls the board while the tool is at work.
enum class BoardFault : std::uint8_t {
  none,
  absent,        ///< no device: hidden, or no driver
  closed,        ///< local update is off
  never_ready,   ///< the engine does not come up
  flash_fails,   ///< the flash refuses a page
  gone,          ///< the engine stops in the middle of writing and does not come back
  silent,        ///< it stops answering
  busy,          ///< it says that another update runs
  own_fault,     ///< it breaks off by itself
  forgot,        ///< it knows of no update
  refuses,       ///< it takes the file and refuses it at its end, with the log's number
  vetoes_older,  ///< its policy takes no older file
  wants_oem_id   ///< it takes files of its maker alone
};

/// What helps, as far as it can be tried here.
enum class Remedy : std::uint8_t {
  none,
  right_file,       ///< the maker's file for this very model, whole and newer
  power_then_file,  ///< all power away, then that
  open_then_file,   ///< local update switched on, then that
  newer_file        ///< one newer than any that was tried
};
std::string_view words(Remedy remedy);

struct Cause {
  std::string_view id;      ///< stable
  std::string_view text;    ///< a sentence without its full stop
  std::uint32_t error = 0;  ///< the last one that the tool tells, or the one that tells why
  std::uint16_t first = 6;  ///< generations of the tool
  std::uint16_t last = 16;
  FileFault file = FileFault::none;
  BoardFault board = BoardFault::none;
  LooksAt looks_at = LooksAt::nothing;
  Remedy remedy = Remedy::right_file;
  std::string_view leans_on = {};  ///< a row of docs/fidelity.md
};

std::span<const Cause> causes();

/// Those of a tool of `generation` (0: any) whose update ends with one of `errors`, in the order of
/// the table: what owners met most comes first.
std::vector<const Cause*> causes_of(std::span<const std::uint32_t> errors,
                                    std::uint16_t generation);

/// Where no other cause is known: the engine refuses the file with one of `errors`. Null: none of
/// them is an engine's to answer.
const Cause* refusal_of(std::span<const std::uint32_t> errors, std::uint16_t generation);
/// The status with which an engine does so.
std::optional<std::uint32_t> refusal_status(std::span<const std::uint32_t> errors,
                                            std::uint16_t generation);

/// Of an update that goes through, and of one that is tried as a remedy.
const Cause& nothing_wrong();

}  // namespace scenarios::field
