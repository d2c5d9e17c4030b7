// SPDX-License-Identifier: BSD-3-Clause
// The FIFO: bytes of a command on their way in, of its response on their way out, as burstCount
// lets them (TIS 1.2, section 11.2).
#include <algorithm>

#include "emulator/tpm/tis_device.h"
#include "protocol/tpm/frame.h"

namespace emulator::tpm {
namespace {

constexpr std::uint8_t kFloatingByte = 0xFF;
/// The command's length is known once its first six bytes are there.
constexpr std::size_t kSizeField = 6;

}  // namespace

void TisDevice::read8_each(std::uint32_t offset, std::span<std::uint8_t> out) {
  if (!reaches_fifo(offset)) return Mmio::read8_each(offset, out);
  while (!out.empty()) {
    const std::size_t run = give_run(out);
    if (run == 0) out[0] = read_fifo();
    out = out.subspan(std::max<std::size_t>(run, 1));
  }
}

void TisDevice::write8_each(std::uint32_t offset, std::span<const std::uint8_t> values) {
  if (!reaches_fifo(offset)) return Mmio::write8_each(offset, values);
  while (!values.empty()) {
    const std::size_t run = take_run(values);
    if (run == 0) write_fifo(values[0]);
    values = values.subspan(std::max<std::size_t>(run, 1));
  }
}

/// Of the active locality, on a bus that answers.
bool TisDevice::reaches_fifo(std::uint32_t offset) const {
  return presence_ == BusPresence::present && offset / tis::kLocalitySize == active_ &&
         is_fifo(offset % tis::kLocalitySize);
}

std::uint8_t TisDevice::read_fifo() {
  if (state_ != TisState::completion || read_at_ >= fifo_.size()) {
    ignore();
    return kFloatingByte;
  }
  use_credit(1);
  return fifo_[read_at_++];
}

void TisDevice::write_fifo(std::uint8_t value) {
  const bool takes = state_ == TisState::ready || state_ == TisState::reception;
  if (!takes || !expects_more()) return ignore();
  if (state_ == TisState::ready) enter(TisState::reception);
  use_credit(1);
  fifo_.push_back(value);
  if (fifo_.size() == kSizeField) learn_size();
  if (fifo_.size() == kSizeField || !expects_more()) raise(active_, tis::kIntStsValid);
}

/// As many of `values` as write_fifo() would take one like the other: within the burst, and none
/// of them the size field's or the command's last byte. 0: the next byte is not one of those.
std::size_t TisDevice::take_run(base::ByteView values) {
  if (state_ != TisState::reception || fifo_.size() < kSizeField || !expects_more()) return 0;
  const std::size_t end = std::min<std::size_t>(announced_, protocol::tpm::kMaxFrame) - 1;
  const std::size_t run = std::min({values.size(), std::size_t{credit_}, end - fifo_.size()});
  if (run == 0) return 0;
  use_credit(run);
  fifo_.insert(fifo_.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(run));
  return run;
}

/// As many bytes as read_fifo() would give within the burst.
std::size_t TisDevice::give_run(base::MutableByteView out) {
  if (state_ != TisState::completion) return 0;
  const std::size_t run = std::min({out.size(), std::size_t{credit_}, fifo_.size() - read_at_});
  if (run == 0) return 0;
  use_credit(run);
  std::copy_n(fifo_.begin() + static_cast<std::ptrdiff_t>(read_at_), run, out.begin());
  read_at_ += static_cast<std::uint32_t>(run);
  return run;
}

/// Whether the command announces bytes that have not come. Nothing beyond the input buffer is
/// ever expected.
bool TisDevice::expects_more() const {
  if (state_ == TisState::ready) return true;
  if (fifo_.size() >= protocol::tpm::kMaxFrame) return false;
  return fifo_.size() < kSizeField || fifo_.size() < announced_;
}

void TisDevice::learn_size() {
  announced_ = protocol::tpm::announced_size(fifo_).value_or(0);
}

/// A host that ignores burstCount is slowed down by wait states; no byte is lost.
void TisDevice::use_credit(std::size_t bytes) {
  if (credit_ >= bytes) {
    credit_ = static_cast<std::uint16_t>(credit_ - bytes);
  } else {
    ignore();
  }
  if (!refill_.pending()) refill_.start(config_.fifo_refill);
}

}  // namespace emulator::tpm
