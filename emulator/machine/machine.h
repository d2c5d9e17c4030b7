// SPDX-License-Identifier: BSD-3-Clause
// A simulated board with a life: made from a profile, booted, kept as bytes and brought back.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "emulator/machine/board.h"
#include "emulator/machine/profile.h"

namespace emulator::machine {

/// What a fault may add to a boot before it counts as hanging.
inline constexpr base::Duration kBootLimit = std::chrono::minutes(1);

struct MachineOptions {
  std::uint64_t seed = 1;
  /// The flash as it was left; without it the machine is fresh from the factory.
  std::optional<base::Bytes> flash;
};

class Machine final : public Board {
 public:
  /// Errors: invalid (the profile or the flash contents do not make a machine; says which value).
  static base::Result<std::unique_ptr<Machine>> build(const Profile& profile,
                                                      MachineOptions options = {});

  /// Power, where there is none, and time until the ME has booted, has given up or hangs: at most
  /// kBootLimit more than the profile's boot time. firmware().boot_path() says which.
  void boot();

  /// The whole machine as bytes, and back. Restoring into a machine built from the same
  /// profile continues byte-identically. Errors: invalid (another version or another profile,
  /// said in words).
  base::Bytes snapshot();
  base::Result<void> restore(base::ByteView saved);

 private:
  using Board::Board;  // for build() alone
};

}  // namespace emulator::machine
