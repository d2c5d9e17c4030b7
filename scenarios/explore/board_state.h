// SPDX-License-Identifier: BSD-3-Clause
// What an update may change on a board and what it must leave alone, read from outside without a
// trace: the code, the settings, the TPM's partition.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "emulator/firmware/firmware_config.h"
#include "emulator/firmware/layout.h"
#include "emulator/machine/board.h"
#include "emulator/tpm/state_partition.h"

namespace scenarios::explore {

struct BoardState {
  emulator::firmware::BootPath boot{};
  protocol::FirmwareVersion version;
  base::Bytes code;  ///< the whole partition
  emulator::firmware::Settings settings;
  std::optional<emulator::tpm::StateRecord> tpm;
  unsigned failed_tries = 0;  ///< that the TPM counts
};

unsigned failed_tries(emulator::machine::Board& board);

/// Nothing where the flash has no table of partitions.
std::optional<emulator::firmware::Layout> layout_of(emulator::machine::Board& board);

BoardState state_of(emulator::machine::Board& board, const emulator::firmware::Layout& layout);

/// The bytes of one partition, where they are.
base::ByteView partition(emulator::machine::Board& board, const emulator::firmware::Extent& extent);

/// The newest whole record in the TPM's partition; nothing where there is none.
std::optional<emulator::tpm::StateRecord> tpm_record(emulator::machine::Board& board,
                                                     const emulator::firmware::Layout& layout);

/// Whether `now` is `before` or `after`, but for the status of the last update and for a counter of
/// updates between the two.
bool is_either(const emulator::firmware::Settings& now, const emulator::firmware::Settings& before,
               const emulator::firmware::Settings& after);

/// Whether all but the generation is that of `before` or of `after`, with no more failed tries.
bool is_either(const std::optional<emulator::tpm::StateRecord>& now,
               const std::optional<emulator::tpm::StateRecord>& before,
               const std::optional<emulator::tpm::StateRecord>& after);

}  // namespace scenarios::explore
