// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/partition_writer.h"

#include <algorithm>
#include <utility>

namespace emulator::firmware {

void PartitionWriter::begin(std::uint32_t base) {
  base_ = base;
  written_ = 0;
  in_flight_ = 0;
  sector_erased_ = false;
}

std::uint32_t PartitionWriter::room_in_page() const {
  return geometry_.page_size - written_ % geometry_.page_size;
}

void PartitionWriter::advance(base::ByteView rest) {
  in_flight_ = 0;
  if (written_ % geometry_.sector_size == 0 && !sector_erased_) {
    queue_.erase(user_, base_ + written_);
    return;
  }
  in_flight_ = std::min(static_cast<std::uint32_t>(rest.size()), room_in_page());
  queue_.program(user_, base_ + written_, rest.first(in_flight_));
}

void PartitionWriter::advanced() {
  sector_erased_ = in_flight_ == 0;
  written_ += std::exchange(in_flight_, 0);
}

bool PartitionWriter::stays_within(std::uint32_t length) const {
  return written_ <= length && in_flight_ <= length - written_;
}

void PartitionWriter::serialize(sim::Archive& a) {
  a.value(base_);
  a.value(written_);
  a.value(in_flight_);
  a.value(sector_erased_);
}

}  // namespace emulator::firmware
