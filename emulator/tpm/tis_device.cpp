// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/tis_device.h"

#include <algorithm>
#include <bit>

#include "base/reached.h"

namespace emulator::tpm {
namespace {

using namespace tis;

constexpr std::uint8_t kFloating = 0xFF;

std::uint8_t lane(std::uint32_t value, std::uint32_t at) {
  return static_cast<std::uint8_t>(value >> 8 * (at & 3));
}

std::uint32_t with_lane(std::uint32_t value, std::uint32_t at, std::uint8_t byte) {
  const unsigned shift = 8 * (at & 3);
  return (value & ~(0xFFu << shift)) | static_cast<std::uint32_t>(byte) << shift;
}

void note_state(TisState next) {
  if (next == TisState::ready) base::reached(base::Place::tis_ready);
  if (next == TisState::reception) base::reached(base::Place::tis_reception);
  if (next == TisState::execution) base::reached(base::Place::tis_execution);
  if (next == TisState::completion) base::reached(base::Place::tis_completion);
}

}  // namespace

const char* name(TisState state) {
  switch (state) {
    case TisState::idle:
      return "idle";
    case TisState::ready:
      return "ready";
    case TisState::reception:
      return "reception";
    case TisState::execution:
      return "execution";
    case TisState::completion:
      return "completion";
  }
  return "unknown";
}

TisDevice::TisDevice(const Tis& config, CommandUnit& unit, sim::Scheduler& scheduler)
    : config_(config),
      unit_(unit),
      refill_(scheduler, "tpm.fifo", [this] { credit_ = config_.fifo_size; }),
      credit_(config.fifo_size) {}

std::uint8_t TisDevice::read8(std::uint32_t offset) {
  const std::uint32_t locality = offset / kLocalitySize;
  if (presence_ == BusPresence::absent || locality >= kLocalities) return kFloating;
  return read_register(static_cast<std::uint8_t>(locality), offset % kLocalitySize);
}

void TisDevice::write8(std::uint32_t offset, std::uint8_t value) {
  const std::uint32_t locality = offset / kLocalitySize;
  if (presence_ == BusPresence::absent || locality >= kLocalities) return;
  write_register(static_cast<std::uint8_t>(locality), offset % kLocalitySize, value);
}

std::uint32_t TisDevice::read32(std::uint32_t offset) {
  std::uint32_t value = 0;
  for (std::uint32_t i = 0; i < 4; ++i) value = with_lane(value, i, read8(offset + i));
  return value;
}

/// A wide write reaches a byte-wide register through its own lane only; the lanes behind STS and
/// ACCESS are reserved.
void TisDevice::write32(std::uint32_t offset, std::uint32_t value) {
  const std::uint32_t at = offset % kLocalitySize;
  const bool one_byte = at == kAccess || at == kSts || at == kIntVector;
  for (std::uint32_t i = 0; i < (one_byte ? 1u : 4u); ++i) write8(offset + i, lane(value, i));
}

std::uint8_t TisDevice::read_register(std::uint8_t locality, std::uint32_t at) {
  const Locality& l = localities_[locality];
  const bool active = locality == active_;
  if (is_fifo(at)) return active ? read_fifo() : kFloating;
  switch (at & ~3u) {
    case kAccess:
      return at == kAccess ? read_access(locality) : kFloating;
    case kIntEnable:
      return lane(l.int_enable, at);
    case kIntVector:
      return at == kIntVector ? l.int_vector : 0;
    case kIntStatus:
      return lane(l.int_status, at);
    case kIntfCapability:
      return lane(kCapabilities, at);
    case kSts:
      if (!active) return kFloating;
      if (at == kSts) return read_sts();
      return at == kSts + 3 ? 0 : lane(burst_count(), at - kSts - 1);
    case kDidVid:
      return lane(static_cast<std::uint32_t>(config_.device_id) << 16 | config_.vendor_id, at);
    case kRid:
      return at == kRid ? config_.revision_id : 0;
    default:
      return kFloating;
  }
}

void TisDevice::write_register(std::uint8_t locality, std::uint32_t at, std::uint8_t value) {
  Locality& l = localities_[locality];
  if (at == kAccess) return write_access(locality, value);
  if (locality != active_) return ignore();
  if (is_fifo(at)) return write_fifo(value);
  if (at == kSts) return write_sts(value);
  if (at == kIntVector) {
    l.int_vector = value & 0x0F;
  } else if ((at & ~3u) == kIntEnable) {
    const std::uint32_t writable = kIntGlobal | kIntKinds;
    l.int_enable = (with_lane(l.int_enable, at, value) & writable) | kIntPolarityLevelLow;
    update_line();
  } else if ((at & ~3u) == kIntStatus) {
    l.int_status &= ~(static_cast<std::uint32_t>(value) << 8 * (at & 3));
    update_line();
  } else {
    ignore();
  }
}

std::uint8_t TisDevice::read_sts() const {
  const std::uint8_t expect = config_.expect_flaw ? 0 : kStsExpect;
  switch (state_) {
    case TisState::idle:
    case TisState::execution:
      return 0;
    case TisState::ready:
      return kStsCommandReady;
    case TisState::reception:
      return static_cast<std::uint8_t>(kStsValid | (expects_more() ? expect : 0));
    case TisState::completion:
      break;
  }
  return static_cast<std::uint8_t>(kStsValid | (read_at_ < fifo_.size() ? kStsDataAvail : 0));
}

std::uint16_t TisDevice::burst_count() const {
  switch (state_) {
    case TisState::ready:
    case TisState::reception:
      return credit_;
    case TisState::completion:
      return static_cast<std::uint16_t>(std::min<std::size_t>(credit_, fifo_.size() - read_at_));
    default:
      return 0;
  }
}

void TisDevice::write_sts(std::uint8_t value) {
  // As with ACCESS, a write that asks for two things asks for none.
  switch (value & (kStsCommandReady | kStsGo | kStsResponseRetry)) {
    case kStsCommandReady:
      return command_ready();
    case kStsGo:
      return go();
    case kStsResponseRetry:
      return retry_response();
    default:
      return ignore();
  }
}

void TisDevice::command_ready() {
  abandon_command();
  enter(TisState::ready);
  raise(active_, kIntCommandReady);
}

void TisDevice::go() {
  if (state_ != TisState::reception || expects_more()) return ignore();
  started_.swap(fifo_);
  enter(TisState::execution);
  // Someone in the same process has the TPM: the host finds out as it does with a TPM that hangs,
  // and aborts.
  if (!unit_.start(Submitter::registers, active_, started_)) ignore();
  started_.clear();
}

void TisDevice::retry_response() {
  if (state_ != TisState::completion) return ignore();
  base::reached(base::Place::tis_read_again);
  read_at_ = 0;
}

void TisDevice::take(base::Bytes response) {
  if (state_ != TisState::execution) return;
  enter(TisState::completion);
  fifo_ = std::move(response);
  raise(active_, kIntStsValid | kIntDataAvail);
}

void TisDevice::enter(TisState next) {
  note_state(next);
  if (next != TisState::reception || state_ != TisState::ready) fifo_.clear();
  if (fifo_.empty()) announced_ = 0;
  state_ = next;
  read_at_ = 0;
}

void TisDevice::abandon_command() {
  if (state_ == TisState::execution) base::reached(base::Place::tis_aborted);
  if (state_ == TisState::execution) unit_.abort(Submitter::registers);
  enter(TisState::idle);
}

void TisDevice::raise(std::uint8_t locality, std::uint32_t kind) {
  Locality& l = localities_[locality];
  l.int_status |= kind & l.int_enable;
  update_line();
}

void TisDevice::update_line() {
  if (line_ == nullptr) return;
  const bool wants = std::any_of(localities_.begin(), localities_.end(), [](const Locality& l) {
    return (l.int_enable & kIntGlobal) != 0 && (l.int_status & l.int_enable & kIntKinds) != 0;
  });
  line_->set_level(wants ? sim::Level::high : sim::Level::low);
}

void TisDevice::reset(BusPresence presence) {
  presence_ = presence;
  localities_ = {};
  active_ = kNobody;
  enter(TisState::idle);
  refill_.stop();
  credit_ = config_.fifo_size;
  update_line();
}

void TisDevice::serialize(sim::Archive& a) {
  a.section("tpm.tis");
  refill_.serialize(a);
  a.value(presence_);
  for (Locality& l : localities_) {
    a.value(l.requested);
    a.value(l.been_seized);
    a.value(l.int_enable);
    a.value(l.int_status);
    a.value(l.int_vector);
  }
  a.value(active_);
  a.value(state_);
  a.value(fifo_);
  if (a.is_loading()) learn_size();
  a.value(read_at_);
  a.value(credit_);
  a.value(bad_accesses_);
  const bool sane = (active_ < kLocalities || active_ == kNobody) &&
                    state_ <= TisState::completion && read_at_ <= fifo_.size();
  if (!sane) a.fail("the TIS registers are in no state they can be in");
}

}  // namespace emulator::tpm
