// SPDX-License-Identifier: BSD-3-Clause
// The settings on the flash: records are appended to one of two banks (sectors); a full bank is
// left for the other, which is erased first. At every moment the newest whole record on the flash
// is the old or the new settings, never anything else.
#pragma once

#include <cstdint>

#include "emulator/firmware/firmware_config.h"
#include "emulator/firmware/flash_queue.h"
#include "emulator/flash/flash.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/trace.h"

namespace emulator::firmware {

/// Told when everything saved so far is on the flash, or the flash would not take it.
class SettingsListener {
 public:
  virtual ~SettingsListener() = default;
  virtual void settings_stored() = 0;
};

class SettingsStore final : private flash::FlashListener {
 public:
  SettingsStore(flash::Flash& flash, FlashQueue& queue, sim::Trace& trace, const Settings& factory);
  void set_listener(SettingsListener& listener) { listener_ = &listener; }

  /// Reads the newest whole record of the partition at `base`; the factory's settings when there is
  /// none. Whatever was still being written is given up.
  void load(std::uint32_t base);

  const Settings& value() const { return value_; }
  /// In force at once; on the flash when clean().
  void save(const Settings& settings);
  bool clean() const { return work_ == Work::none; }

  /// Power is gone: forgets what it was writing.
  void power_off();

  void serialize(sim::Archive& a);

 private:
  enum class Work : std::uint8_t { none, erasing, programming };
  static constexpr std::uint32_t max_failures = 3;

  void flash_operation_ended(flash::FlashEnd end) override;
  void write();
  void write_record();
  void settle();
  std::uint32_t slots() const;
  std::uint32_t bank_base(std::uint32_t bank) const;
  std::uint32_t slot_address(std::uint32_t bank, std::uint32_t slot) const;
  void scan(std::uint32_t bank);

  const Settings& factory_;
  flash::Flash& flash_;
  FlashQueue& queue_;
  sim::Trace& trace_;
  SettingsListener* listener_ = nullptr;

  Settings value_;
  std::uint32_t base_ = 0;       ///< of the partition
  std::uint32_t bank_ = 0;       ///< the one records are appended to
  std::uint32_t next_slot_ = 0;  ///< slots() when the bank is full
  std::uint32_t sequence_ = 0;   ///< of the newest record
  Work work_ = Work::none;
  bool newer_waits_ = false;    ///< saved again while the flash was still at it
  std::uint32_t failures_ = 0;  ///< of this write
};

}  // namespace emulator::firmware
