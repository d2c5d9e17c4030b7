// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/tpm_storage.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/promise.h"
#include "base/reached.h"
#include "emulator/sim/struck_operation.h"
#include "emulator/tpm/itpm.h"
#include "emulator/tpm/state_partition.h"

namespace emulator::machine {
namespace {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using firmware::FlashUser;

bool is_erased(ByteView place) {
  return std::all_of(place.begin(), place.end(), [](std::uint8_t b) { return b == 0xFF; });
}

}  // namespace

/// Both places hold the record: an erased place beside one that makes no sense is then a sign that
/// the partition was erased and its first record never got there.
Bytes factory_tpm_partition(const tpm::TpmConfig& config, std::uint64_t seed) {
  if (!config.fitted) return {};
  const Bytes record = tpm::Itpm::factory_contents(config, seed);
  Bytes partition(kTpmPartitionSize, 0xFF);
  for (const std::uint32_t at : {0u, kTpmPlaceSize})
    std::copy(record.begin(), record.end(), partition.begin() + at);
  return partition;
}

TpmStorage::TpmStorage(flash::Flash& flash, firmware::FlashQueue& queue, sim::Scheduler& scheduler,
                       sim::FaultPlan& faults, sim::PowerControl& power)
    : flash_(flash),
      faults_(faults),
      power_(power),
      queue_(queue),
      writer_(flash.geometry(), queue, FlashUser::tpm),
      due_(scheduler, "tpm.storage", [this] { begin(); }) {
  queue.connect(FlashUser::tpm, *this);
}

void TpmStorage::locate(const firmware::Extent& partition) {
  queue_.drop(FlashUser::tpm);
  partition_ = partition;
  if (work_ == Work::writing) begin();
}

void TpmStorage::power_off() {
  due_.stop();
  work_ = Work::none;
  record_.clear();
  newer_.reset();
}

Result<Bytes> TpmStorage::load() {
  if (!has_place()) return Error{Errc::io, "reading the TPM's partition"};
  if (!settled()) return newer_ ? *newer_ : record_;
  if (const auto newest_place = newest()) {
    const ByteView record = tpm::record_in(place(*newest_place));
    return Bytes(record.begin(), record.end());
  }
  const ByteView first = place(0);
  if (is_erased(first) || is_erased(place(1)))
    return Error{Errc::not_found, "reading the TPM's partition"};
  return Bytes(first.begin(), first.end());
}

Result<void> TpmStorage::store(ByteView record) {
  if (!has_place() || record.size() > kTpmPlaceSize)
    return Error{Errc::io, "writing the TPM's partition"};
  Bytes copy(record.begin(), record.end());
  if (work_ == Work::writing) {
    newer_ = std::move(copy);
    return {};
  }
  record_ = std::move(copy);
  work_ = Work::due;
  due_.start(base::Duration::zero());
  return {};
}

/// The partition's own faults: the flash and the rest of the firmware go on.
class TpmStorage::StruckStore final : public sim::StruckOperation {
 public:
  explicit StruckStore(TpmStorage& storage) : StruckOperation(storage.power_), storage_(storage) {}

 private:
  sim::Then fail(std::uint32_t) override {
    base::reached(base::Place::tpm_store_refused);
    storage_.settle(Error{Errc::io, "writing the TPM's partition"});
    return sim::Then::stop;
  }
  sim::Then pretend() override {
    storage_.settle({});
    return sim::Then::stop;
  }

  TpmStorage& storage_;
};

bool TpmStorage::is_struck() {
  const auto fault = faults_.reach(sim::FaultPoint::tpm_store);
  return fault && StruckStore(*this).strike(*fault) == sim::Then::stop;
}

void TpmStorage::begin() {
  work_ = Work::writing;
  if (is_struck()) return;
  const std::uint32_t target = newest().value_or(1) == 0 ? 1 : 0;
  writer_.begin(partition_.base + target * kTpmPlaceSize);
  write_on();
}

void TpmStorage::write_on() {
  const ByteView rest = ByteView(record_).subspan(writer_.written());
  if (!rest.empty()) return writer_.advance(rest);
  if (!newer_) return settle({});
  record_ = std::move(*newer_);
  newer_.reset();
  begin();
}

void TpmStorage::flash_operation_ended(flash::FlashEnd end) {
  if (end == flash::FlashEnd::failed) return settle(Error{Errc::io, "writing the TPM's partition"});
  writer_.advanced();
  write_on();
}

void TpmStorage::settle(const Result<void>& kept) {
  work_ = Work::none;
  record_.clear();
  newer_.reset();
  if (listener_ != nullptr) listener_->storage_settled(kept);
}

ByteView TpmStorage::place(std::size_t index) const {
  MEBENCH_PROMISE(index < 2, "the TPM's partition has two places");
  if (!has_place()) return {};
  const auto at = static_cast<std::uint32_t>(index) * kTpmPlaceSize;
  return flash_.view(partition_.base + at, kTpmPlaceSize);
}

std::optional<std::size_t> TpmStorage::newest() const {
  const std::array<ByteView, 2> copies = {place(0), place(1)};
  return tpm::newest_copy(copies);
}

void TpmStorage::serialize(sim::Archive& a) {
  a.section("tpm.storage");
  a.value(partition_.base);
  a.value(partition_.size);
  a.value(work_);
  a.value(record_);
  bool has_newer = newer_.has_value();
  a.value(has_newer);
  if (a.is_loading()) newer_ = has_newer ? std::optional<Bytes>(Bytes{}) : std::nullopt;
  if (newer_) a.value(*newer_);
  writer_.serialize(a);
  due_.serialize(a);
  const flash::Geometry g = flash_.geometry();
  const bool inside = std::uint64_t{partition_.base} + partition_.size <= g.size &&
                      partition_.base % g.sector_size == 0;
  const bool writes = work_ == Work::writing;
  const bool fits = record_.size() <= kTpmPlaceSize &&
                    writer_.stays_within(static_cast<std::uint32_t>(record_.size()));
  const bool in_place =
      writer_.base() == partition_.base || writer_.base() == partition_.base + kTpmPlaceSize;
  if (work_ > Work::writing || !inside || (writes && !(has_place() && fits && in_place)))
    a.fail("the TPM's partition is being written outside its place");
}

}  // namespace emulator::machine
