// SPDX-License-Identifier: BSD-3-Clause
// A small board with a TPM, for tests: how it is made, booted and looked at.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "emulator/factory/region.h"
#include "emulator/machine/machine.h"
#include "emulator/machine/tpm_storage.h"
#include "emulator/tpm/itpm.h"

namespace emulator::machine {

inline constexpr std::uint32_t kMeRegionAt = 0x3000;
inline constexpr std::uint32_t kSmallCode = 0x10000;

inline Profile tpm_profile(std::vector<Override> changes = {}) {
  std::vector<Override> all = {
      {.key = "flash.code_size", .value = "0x10000", .where = {}},
      {.key = "tpm.state.owner_secret", .value = "passphrase", .where = {}},
      {.key = "tpm.state.active", .value = "true", .where = {}}};
  for (Override& change : changes) all.push_back(std::move(change));
  const auto profile = load_profile("esprimo-e5730", all);
  EXPECT_TRUE(profile) << (profile ? "" : profile.error().doing);
  return profile.value();
}

inline std::unique_ptr<Machine> tpm_board(const Profile& profile,
                                          std::optional<base::Bytes> flash = {}) {
  auto built = Machine::build(profile, {.seed = 1, .flash = std::move(flash)});
  EXPECT_TRUE(built) << (built ? "" : built.error().doing);
  return std::move(built).value();
}

inline void boot(Machine& machine) {
  machine.power_on();
  machine.clock().sleep(std::chrono::seconds(2));
}

/// Where the TPM's partition begins on the flash of tpm_profile().
inline std::uint32_t tpm_partition_at() {
  return kMeRegionAt +
         factory::region_partitions(kSmallCode, kTpmPartitionSize).find("ITPM")->offset;
}

inline base::Bytes flash_of(Machine& machine) {
  return {machine.flash().begin(), machine.flash().end()};
}

}  // namespace emulator::machine
