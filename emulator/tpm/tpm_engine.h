// SPDX-License-Identifier: BSD-3-Clause
// The seam at the TPM itself: command in, response out. The product's engine is libtpms; nothing
// outside the engine knows that.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace emulator::tpm {

/// Told when a storage that takes its time has come to rest.
class StorageListener {
 public:
  virtual ~StorageListener() = default;
  /// Everything stored so far is kept for good, or (io) the storage would not take it.
  virtual void storage_settled(const base::Result<void>& kept) = 0;
};

/// Where the engine keeps its permanent state: a partition of the machine's flash. Writes may fail,
/// and then the engine fails as a TPM whose storage is broken does.
class TpmStorage {
 public:
  virtual ~TpmStorage() = default;
  /// The bytes of the last store(), settled or not. Errors: not_found (nothing stored yet), io.
  virtual base::Result<base::Bytes> load() = 0;
  virtual base::Result<void> store(base::ByteView permanent_state) = 0;
  /// Whether nothing that was stored could still be lost; the TPM answers no command before.
  virtual bool settled() const { return true; }
  /// Of a storage that is not always settled.
  virtual void set_listener(StorageListener&) {}
};

/// A TPM 1.2. One command at a time; at most one engine exists in a process (libtpms keeps its
/// state in globals).
class TpmEngine {
 public:
  virtual ~TpmEngine() = default;

  /// _TPM_Init: loads the permanent state and waits for TPM_Startup. Errors: io, invalid (state
  /// that is not a TPM's).
  virtual base::Result<void> power_on() = 0;
  virtual void power_off() = 0;

  /// Runs one whole command at `locality` (0..4) and gives the whole response. A malformed command
  /// gets the TPM's own error response; an engine that is off gives an empty one.
  virtual base::Bytes execute(std::uint8_t locality, base::ByteView command) = 0;

  /// Hardware physical presence as the board asserts it.
  virtual void set_physical_presence(std::uint8_t asserted) = 0;

  /// Volatile state for snapshots. Errors: io, invalid.
  virtual base::Result<base::Bytes> save_volatile() = 0;
  virtual base::Result<void> load_volatile(base::ByteView saved) = 0;
};

}  // namespace emulator::tpm
