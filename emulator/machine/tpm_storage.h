// SPDX-License-Identifier: BSD-3-Clause
// The TPM's partition on the board's flash: two places that are written in turn, so that the newest
// whole record is the old or the new state whatever happens while one is written. Its operations
// queue up with the rest of the firmware's.
#pragma once

#include <cstdint>
#include <optional>

#include "emulator/firmware/flash_queue.h"
#include "emulator/firmware/layout.h"
#include "emulator/firmware/partition_writer.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/scheduler.h"
#include "emulator/tpm/tpm_config.h"
#include "emulator/tpm/tpm_engine.h"

namespace emulator::machine {

/// Of each place, in bytes: room for all that libtpms may store (40960 permanent, 21088 saved).
inline constexpr std::uint32_t kTpmPlaceSize = 0x10000;
inline constexpr std::uint32_t kTpmPartitionSize = 2 * kTpmPlaceSize;

/// The partition as the factory fills it; empty when the board has no TPM.
base::Bytes factory_tpm_partition(const tpm::TpmConfig& config, std::uint64_t seed);

class TpmStorage final : public tpm::TpmStorage, private flash::FlashListener {
 public:
  TpmStorage(flash::Flash& flash, firmware::FlashQueue& queue, sim::Scheduler& scheduler,
             sim::FaultPlan& faults, sim::PowerControl& power);

  /// The firmware has booted and found the partition (size 0: there is none, and nothing can be
  /// loaded or stored). A write that the flash has lost is begun anew.
  void locate(const firmware::Extent& partition);
  /// Power is gone, and what was being written with it.
  void power_off();

  base::Result<base::Bytes> load() override;
  /// Returns at once; settled() when it is on the flash. Several stores in one event are one write.
  base::Result<void> store(base::ByteView record) override;
  bool settled() const override { return work_ == Work::none; }
  void set_listener(tpm::StorageListener& listener) override { listener_ = &listener; }

  void serialize(sim::Archive& a);

 private:
  class StruckStore;
  enum class Work : std::uint8_t { none, due, writing };

  void flash_operation_ended(flash::FlashEnd end) override;
  void begin();
  bool is_struck();
  void write_on();
  void settle(const base::Result<void>& kept);
  base::ByteView place(std::size_t index) const;
  std::optional<std::size_t> newest() const;
  bool has_place() const { return partition_.size >= kTpmPartitionSize; }

  flash::Flash& flash_;
  sim::FaultPlan& faults_;
  sim::PowerControl& power_;
  firmware::FlashQueue& queue_;
  tpm::StorageListener* listener_ = nullptr;
  firmware::PartitionWriter writer_;
  sim::Timer due_;

  firmware::Extent partition_;
  Work work_ = Work::none;
  base::Bytes record_;                ///< due or being written
  std::optional<base::Bytes> newer_;  ///< stored while record_ was being written
};

}  // namespace emulator::machine
