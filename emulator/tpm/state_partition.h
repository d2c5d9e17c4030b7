// SPDX-License-Identifier: BSD-3-Clause
// The contents of the TPM's flash partition: the TPM's permanent state, what TPM_SaveState saved,
// and the count of failed authorisations, sealed with a SHA-1 so that a torn write is noticed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/sim/archive.h"
#include "emulator/tpm/tpm_engine.h"

namespace emulator::tpm {

struct StateRecord {
  std::uint32_t generation = 0;  ///< grows with every store
  base::Bytes permanent;         ///< empty: none yet
  base::Bytes saved;             ///< empty: TPM_SaveState was not called
  std::uint16_t failed_attempts = 0;
  bool lockout = false;  ///< one began and has not been sat out

  bool operator==(const StateRecord&) const = default;
};

base::Bytes encode(const StateRecord& record);
/// Nothing when the bytes are not a whole, unharmed record. Erased flash behind it is not
/// looked at.
std::optional<StateRecord> decode_state_record(base::ByteView bytes);

/// The bytes of the record that begins there, its seal with them; empty where none does.
base::ByteView record_in(base::ByteView bytes);

/// Which of several copies to believe: the whole one of the highest generation. A storage that
/// writes two places in turn loses at most the last change to a power cut.
std::optional<std::size_t> newest_copy(std::span<const base::ByteView> copies);

/// The record in RAM, written through to the partition at every change.
class StatePartition {
 public:
  explicit StatePartition(TpmStorage& storage) : storage_(storage) {}

  /// Reads the partition. Errors: not_found (erased), io, invalid (torn, or not a TPM's).
  base::Result<void> load();
  const StateRecord& record() const { return record_; }
  /// Errors: io. The record in RAM is changed in any case, as a TPM's is whose storage broke.
  base::Result<void> store(const StateRecord& record);
  /// Changes the record in RAM only: what a TPM works on whose partition cannot be read.
  void assume(StateRecord record) { record_ = std::move(record); }

  void serialize(sim::Archive& a);

 private:
  TpmStorage& storage_;
  StateRecord record_;
};

}  // namespace emulator::tpm
