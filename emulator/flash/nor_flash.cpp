// SPDX-License-Identifier: BSD-3-Clause
// The NOR part's operations: what begins, how long it takes, and how it ends.
#include "emulator/flash/nor_flash.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/promise.h"
#include "emulator/sim/struck_operation.h"

namespace emulator::flash {

using sim::FaultPoint;
using sim::TraceKind;

namespace {

constexpr std::uint8_t kErased = 0xFF;

bool is_erased(base::ByteView sector) {
  return sector[0] == kErased &&
         std::memcmp(sector.data(), sector.data() + 1, sector.size() - 1) == 0;
}

}  // namespace

NorFlash::NorFlash(const Part& part, base::Bytes contents, sim::Scheduler& scheduler,
                   sim::Trace& trace, sim::FaultPlan& faults, sim::PowerControl& power)
    : part_(part),
      scheduler_(scheduler),
      trace_(trace),
      faults_(faults),
      power_(power),
      contents_(std::move(contents)),
      last_changes_(contents_.size() / kSectorSize),
      timer_(scheduler, "flash.operation", [this] { end(); }) {
  MEBENCH_PROMISE(contents_.size() == part.geometry.size, "the contents are as large as the part");
}

void NorFlash::read(std::uint32_t address, base::MutableByteView out) const {
  const std::size_t begin = std::min<std::size_t>(address, contents_.size());
  const std::size_t there = std::min(out.size(), contents_.size() - begin);
  std::copy_n(contents_.begin() + static_cast<std::ptrdiff_t>(begin), there, out.begin());
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(there), out.end(), kErased);
  if (has_unstable_cells()) read_unstable(address, out.first(there));
}

base::ByteView NorFlash::view(std::uint32_t address, std::uint32_t size) const {
  MEBENCH_PROMISE(address <= contents_.size() && size <= contents_.size() - address,
                  "what is looked at lies inside the part");
  if (!is_unstable(address, size)) return base::ByteView(contents_).subspan(address, size);
  seen_.resize(size);
  read(address, seen_);
  return seen_;
}

std::uint64_t NorFlash::last_change(std::uint32_t address, std::uint32_t size) const {
  if (size == 0) return 0;
  // What reads differently each time has always just changed.
  if (is_unstable(address, size)) return ~++unstable_reads_;
  const auto first = last_changes_.begin() + address / kSectorSize;
  const auto end = last_changes_.begin() + (address + size - 1) / kSectorSize + 1;
  return *std::max_element(first, end);
}

void NorFlash::program(std::uint32_t address, base::ByteView data, FlashListener& listener) {
  MEBENCH_PROMISE(!busy() && !data.empty(), "one operation at a time, of something");
  MEBENCH_PROMISE(address % kPageSize + data.size() <= kPageSize,
                  "a program operation stays in one page");
  MEBENCH_PROMISE(address + data.size() <= contents_.size(),
                  "a program operation ends inside the part");
  ++programs_;
  address_ = address;
  length_ = static_cast<std::uint32_t>(data.size());
  std::copy(data.begin(), data.end(), page_.begin());
  listener_ = &listener;
  trace_.record({.kind = TraceKind::flash_program, .a = address_, .b = length_});
  begin(Operation::program, FaultPoint::flash_program, part_.page_program);
}

void NorFlash::erase(std::uint32_t address, FlashListener& listener) {
  MEBENCH_PROMISE(!busy() && address < contents_.size(),
                  "one operation at a time, inside the part");
  ++erases_;
  address_ = address - address % kSectorSize;
  length_ = kSectorSize;
  listener_ = &listener;
  trace_.record({.kind = TraceKind::flash_erase, .a = address_, .b = length_});
  begin(Operation::erase, FaultPoint::flash_erase, part_.sector_erase);
}

/// The part keeps its power when the ME resets, and goes on.
class NorFlash::StruckWork final : public sim::StruckOperation {
 public:
  explicit StruckWork(NorFlash& flash) : StruckOperation(flash.power_), flash_(flash) {}

 private:
  sim::Then lose(sim::Loss loss, sim::Moment moment) override {
    if (loss == sim::Loss::me) return StruckOperation::lose(loss, moment);
    switch (moment) {
      case sim::Moment::before:
        return end(Ending::cut_before);
      case sim::Moment::inside:
        return end(Ending::cut_inside);
      case sim::Moment::after:
        return end(Ending::cut_after);
      case sim::Moment::nearly:
        return end(Ending::cut_nearly);
      case sim::Moment::garbled:
        return end(Ending::cut_garbled);
      case sim::Moment::unstable:
        return end(Ending::cut_unstable);
    }
    return sim::Then::go_on;
  }
  sim::Then fail(std::uint32_t) override { return end(Ending::failed); }
  sim::Then silence() override { return end(Ending::lost); }
  sim::Then pretend() override { return end(Ending::untrue); }
  sim::Then adhere() override { return end(Ending::one_bit_stuck); }
  sim::Then delay(base::Duration longer) override {
    flash_.duration_ += longer;
    return sim::Then::go_on;
  }
  sim::Then end(Ending ending) {
    flash_.ending_ = ending;
    return sim::Then::go_on;
  }

  NorFlash& flash_;
};

void NorFlash::begin(Operation operation, FaultPoint point, base::Duration duration) {
  operation_ = operation;
  ending_ = Ending::done;
  began_ = scheduler_.now();
  duration_ = duration;
  // Both points count this operation, whichever of them strikes.
  const auto strike = faults_.reach(point);
  const auto either = faults_.reach(FaultPoint::flash_operation);
  if (strike || either) StruckWork(*this).strike(strike ? *strike : *either);
  if (ending_ == Ending::lost) {
    operation_ = Operation::none;
    return;
  }
  if (ending_ == Ending::cut_before) {
    power_.request_power_cut();
    return;
  }
  timer_.start(ending_ == Ending::cut_inside ? duration_ / 2 : duration_);
}

void NorFlash::end() {
  switch (ending_) {
    case Ending::done:
      apply();
      tell(FlashEnd::done);
      return;
    case Ending::failed:
      tear(kHalf);
      tell(FlashEnd::failed);
      return;
    case Ending::untrue:
      tell(FlashEnd::done);
      return;
    case Ending::one_bit_stuck:
      apply_but_one_bit();
      tell(FlashEnd::done);
      return;
    case Ending::cut_unstable:
      unsettle();
      break;
    case Ending::cut_nearly:
      tear_last_word();
      break;
    case Ending::cut_garbled:
      garble();
      break;
    case Ending::cut_inside:
      tear(kHalf);
      break;
    case Ending::cut_after:
      apply();
      break;
    case Ending::cut_before:
    case Ending::lost:
      break;
  }
  // Busy until power_off(): nothing may begin between here and the loss of power.
  ending_ = Ending::cut_before;
  power_.request_power_cut();
}

void NorFlash::tell(FlashEnd end) {
  operation_ = Operation::none;
  FlashListener* const listener = std::exchange(listener_, nullptr);
  if (listener != nullptr) listener->flash_operation_ended(end);
}

void NorFlash::apply() {
  const base::MutableByteView place = to_change();
  if (operation_ == Operation::erase) {
    std::fill(place.begin(), place.end(), kErased);
    settle_erased();
  } else {
    for (std::size_t i = 0; i < place.size(); ++i) place[i] = place[i] & page_[i];
  }
  show_change();
}

void NorFlash::show_change() {
  if (mirror_ != nullptr)
    mirror_->flash_changed(address_, base::ByteView(contents_).subspan(address_, length_));
}

void NorFlash::power_off() {
  if (!busy()) return;
  if (timer_.pending()) {
    const double had = static_cast<double>((scheduler_.now() - began_).count());
    tear(static_cast<std::uint32_t>(had / static_cast<double>(duration_.count()) * kWhole));
  }
  timer_.stop();
  operation_ = Operation::none;
  listener_ = nullptr;
}

/// The part has nothing that could be lost: it is asked before anybody reads it.
class NorFlash::StruckRest final : public sim::StruckOperation {
 public:
  explicit StruckRest(NorFlash& flash) : StruckOperation(flash.power_), flash_(flash) {}

 private:
  sim::Then decay(const sim::FaultRule& rule) override {
    flash_.flip(rule);
    return sim::Then::go_on;
  }

  NorFlash& flash_;
};

void NorFlash::power_on() {
  const auto fault = faults_.reach(FaultPoint::power_on);
  if (fault) StruckRest(*this).strike(*fault);
}

base::MutableByteView NorFlash::to_change() {
  last_changes_[address_ / kSectorSize] = ++changes_;
  return base::MutableByteView(contents_).subspan(address_, length_);
}

/// Most of a part is erased: of such a sector it is only said that it is.
void NorFlash::serialize_contents(sim::Archive& a) {
  for (std::size_t at = 0; at < contents_.size() && !a.failed(); at += kSectorSize) {
    const auto sector = base::MutableByteView(contents_).subspan(at, kSectorSize);
    if (a.is_loading()) last_changes_[at / kSectorSize] = ++changes_;
    const bool was_erased = is_erased(sector);
    bool erased = was_erased;
    a.value(erased);
    if (!erased) {
      a.value(sector);
    } else if (!was_erased) {
      std::ranges::fill(sector, kErased);
    }
  }
}

void NorFlash::serialize(sim::Archive& a) {
  a.section("flash");
  std::string part = part_.name;
  a.value(part);
  if (part != part_.name) return a.fail("saved state is of flash part " + part);
  serialize_contents(a);
  a.value(operation_);
  a.value(ending_);
  a.value(address_);
  a.value(page_);
  a.value(length_);
  a.value(began_);
  a.value(duration_);
  a.value(programs_);
  a.value(erases_);
  a.value(unstable_at_);
  a.value(unstable_length_);
  a.value(unstable_reads_);
  timer_.serialize(a);
  if (!a.is_loading()) return;
  const std::uint32_t longest = operation_ == Operation::program ? kPageSize : kSectorSize;
  const bool sound = length_ <= longest && address_ <= contents_.size() - length_ &&
                     (!busy() || duration_ > base::Duration::zero()) &&
                     unstable_length_ <= kSectorSize &&
                     unstable_at_ <= contents_.size() - unstable_length_;
  if (!sound) a.fail("saved flash does not fit its part");
}

}  // namespace emulator::flash
