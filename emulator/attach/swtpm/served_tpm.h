// SPDX-License-Identifier: BSD-3-Clause
// The seam at the TPM that is served: what the swtpm protocol can ask for, without the protocol.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/tpm/return_codes.h"

namespace emulator::attach::swtpm {

using protocol::tpm::ReturnCode;

/// A part of the TPM's state that can be carried to another TPM.
enum class StatePart : std::uint8_t {
  permanent,
  volatile_state,
  saved,  ///< what TPM_SaveState saved; may be empty
};

/// What the TPM is, as members of a JSON object.
struct Description {
  std::string specification;
  std::string attributes;
};

/// A command that was taken.
enum class Ticket : std::uint64_t {};

enum class Progress : std::uint8_t {
  working,
  answered,
  dropped,  ///< cancelled, or the ME restarted under it: no response will come
};

class ServedTpm {
 public:
  virtual ~ServedTpm() = default;

  /// _TPM_Init. Whoever says this has a BIOS of its own: the TPM waits for TPM_Startup. With a
  /// volatile state that was stored or brought before, it goes on in that; once.
  virtual ReturnCode initialise() = 0;
  /// Power is taken away.
  virtual void stop() = 0;
  /// Nobody controls the TPM any more: it is the board's again, powered and started by its BIOS.
  virtual void release() = 0;

  /// Nothing: another command runs, or the TPM does not answer now; the same may be tried later.
  virtual std::optional<Ticket> submit(std::uint8_t locality, base::ByteView command) = 0;
  virtual Progress progress(Ticket ticket) = 0;
  /// The whole response of an answered command, once.
  virtual base::Bytes take_response(Ticket ticket) = 0;
  /// Drops whatever command runs; what it would have done is not done.
  virtual void cancel() = 0;

  virtual bool established() = 0;
  virtual ReturnCode reset_established(std::uint8_t locality) = 0;
  virtual ReturnCode hash_start() = 0;
  virtual ReturnCode hash_data(base::ByteView data) = 0;
  virtual ReturnCode hash_end() = 0;

  /// Keeps the volatile state for the next initialise().
  virtual ReturnCode store_volatile() = 0;
  /// Errors: io, invalid (a TPM that is off has no volatile state).
  virtual base::Result<base::Bytes> state(StatePart part) = 0;
  /// Only while stopped; in force from the next initialise().
  virtual ReturnCode set_state(StatePart part, base::ByteView state) = 0;

  virtual Description description() = 0;
};

}  // namespace emulator::attach::swtpm
