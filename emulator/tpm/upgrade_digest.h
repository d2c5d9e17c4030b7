// SPDX-License-Identifier: BSD-3-Clause
// SHA-1 of an image that arrives in blocks, with a state that a snapshot can hold.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "emulator/sim/archive.h"
#include "protocol/tpm/types.h"

namespace emulator::tpm {

class UpgradeDigest {
 public:
  UpgradeDigest();
  void add(base::ByteView block);
  /// Of everything added so far; adding may go on.
  protocol::tpm::Digest value() const;

  void serialize(sim::Archive& a);

 private:
  std::array<std::uint32_t, 5> chain_{};
  std::uint64_t bytes_ = 0;
  std::array<std::uint8_t, 64> open_block_{};  ///< the first bytes_ % 64 are waiting
};

}  // namespace emulator::tpm
