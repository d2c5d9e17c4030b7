// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/settings_store.h"

#include <algorithm>
#include <array>

#include "base/planted.h"
#include "emulator/firmware/settings_record.h"

namespace emulator::firmware {
namespace {

using Slot = std::array<std::uint8_t, SettingsRecord::size>;

bool is_erased(const Slot& slot) {
  return std::all_of(slot.begin(), slot.end(), [](std::uint8_t b) { return b == 0xFF; });
}

void serialize_settings(sim::Archive& a, Settings& s) {
  a.value(s.last_update_status);
  a.value(s.enabled_update_interfaces);
  a.value(s.local_update);
  a.value(s.update_password);
  a.value(s.override_counter);
  a.value(s.override_qualifier);
  a.value(s.provisioning_state);
  a.value(s.provisioning_mode);
  a.value(s.remote_connectivity);
  a.value(s.tls_enabled);
  a.value(s.power_policy);
}

}  // namespace

SettingsStore::SettingsStore(flash::Flash& flash, FlashQueue& queue, sim::Trace& trace,
                             const Settings& factory)
    : factory_(factory), flash_(flash), queue_(queue), trace_(trace), value_(factory) {
  queue.connect(FlashUser::settings, *this);
}

void SettingsStore::load(std::uint32_t base) {
  queue_.drop(FlashUser::settings);
  work_ = Work::none;
  newer_waits_ = false;
  base_ = base;
  value_ = factory_;
  sequence_ = 0;
  // With no record anywhere, bank 0 is erased and used first.
  bank_ = 1;
  next_slot_ = slots();
  scan(0);
  scan(1);
}

/// Takes the bank over when it holds a newer record than any seen so far.
void SettingsStore::scan(std::uint32_t bank) {
  bool newest_is_here = false;
  std::uint32_t first_free = 0;
  for (std::uint32_t i = 0; i < slots(); ++i) {
    Slot slot{};
    flash_.read(slot_address(bank, i), slot);
    if (!is_erased(slot)) first_free = i + 1;
    const auto record = decode_settings_record(slot);
    if (!record || record->sequence <= sequence_) continue;
    sequence_ = record->sequence;
    value_ = record->settings;
    newest_is_here = true;
  }
  if (!newest_is_here) return;
  bank_ = bank;
  next_slot_ = first_free;
}

void SettingsStore::save(const Settings& settings) {
  value_ = settings;
  newer_waits_ = work_ != Work::none;
  if (newer_waits_) return;
  failures_ = 0;
  write();
}

void SettingsStore::write() {
  const bool in_one_place = base::planted(base::PlantedBug::settings_in_one_place);
  if (next_slot_ < slots() && !in_one_place) return write_record();
  if (in_one_place) bank_ = 1 - bank_;
  work_ = Work::erasing;
  queue_.erase(FlashUser::settings, bank_base(1 - bank_));
}

void SettingsStore::write_record() {
  work_ = Work::programming;
  const auto record = encode(SettingsRecord{.sequence = ++sequence_, .settings = value_});
  queue_.program(FlashUser::settings, slot_address(bank_, next_slot_), record);
}

void SettingsStore::flash_operation_ended(flash::FlashEnd end) {
  const bool done = end == flash::FlashEnd::done;
  const bool erased = work_ == Work::erasing;
  if (!erased) ++next_slot_;  // a slot that failed is not tried again
  if (!done && ++failures_ < max_failures) return write();
  if (done && erased) {
    bank_ = 1 - bank_;
    next_slot_ = 0;
    return write_record();
  }
  if (!done) {
    trace_.record(
        {.kind = sim::TraceKind::firmware, .text = "settings: the flash does not take them"});
  }
  settle();
}

void SettingsStore::settle() {
  work_ = Work::none;
  if (newer_waits_) return save(Settings(value_));
  if (listener_ != nullptr) listener_->settings_stored();
}

void SettingsStore::power_off() {
  work_ = Work::none;
  newer_waits_ = false;
}

std::uint32_t SettingsStore::slots() const {
  return flash_.geometry().sector_size / static_cast<std::uint32_t>(SettingsRecord::size);
}

std::uint32_t SettingsStore::bank_base(std::uint32_t bank) const {
  return base_ + bank * flash_.geometry().sector_size;
}

std::uint32_t SettingsStore::slot_address(std::uint32_t bank, std::uint32_t slot) const {
  return bank_base(bank) + slot * static_cast<std::uint32_t>(SettingsRecord::size);
}

void SettingsStore::serialize(sim::Archive& a) {
  a.section("firmware.settings");
  serialize_settings(a, value_);
  a.value(base_);
  a.value(bank_);
  a.value(next_slot_);
  a.value(sequence_);
  a.value(work_);
  a.value(newer_waits_);
  a.value(failures_);
  const std::uint64_t end = std::uint64_t{base_} + 2 * std::uint64_t{flash_.geometry().sector_size};
  const bool sound = bank_ <= 1 && next_slot_ <= slots() && end <= flash_.geometry().size;
  if (!sound) a.fail("settings outside their banks");
}

}  // namespace emulator::firmware
