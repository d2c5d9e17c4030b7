// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/heci/departures.h"

#include <algorithm>
#include <utility>

#include "base/promise.h"
#include "emulator/sim/struck_operation.h"
#include "protocol/heci/message_header.h"

namespace emulator::heci {
namespace {

/// Saved machines are read with care: more than this were never late at once.
constexpr std::uint32_t kMostLate = 4096;
constexpr std::uint32_t kLongestMessage = 0xFFFF;

}  // namespace

class Departures::StruckDeparture final : public sim::StruckOperation {
 public:
  StruckDeparture(Departures& departures, SendQueue& queue, Connection to)
      : StruckOperation(departures.power_), departures_(departures), queue_(queue), to_(to) {}
  Fate fate() const { return fate_; }

 private:
  sim::Then lose(sim::Loss loss, sim::Moment moment) override {
    fate_ = moment == sim::Moment::after ? Fate::goes : Fate::stays;
    return StruckOperation::lose(loss, moment);
  }
  sim::Then fail(std::uint32_t) override { return silence(); }
  sim::Then silence() override {
    queue_.pop();
    fate_ = Fate::is_gone;
    return sim::Then::stop;
  }
  sim::Then delay(base::Duration longer) override {
    departures_.keep(queue_.front(), to_, longer);
    return silence();
  }
  sim::Then repeat() override {
    departures_.keep(queue_.front(), to_, base::Duration::zero());
    return sim::Then::go_on;
  }
  sim::Then corrupt() override {
    queue_.invert_first_byte();
    return sim::Then::go_on;
  }
  sim::Then truncate() override {
    queue_.shorten(queue_.front().size() / 2);
    return sim::Then::go_on;
  }

  Departures& departures_;
  SendQueue& queue_;
  Connection to_;
  Fate fate_ = Fate::goes;
};

Departures::Departures(sim::Scheduler& scheduler, sim::FaultPlan& faults, sim::PowerControl& power,
                       std::function<void()> wake)
    : scheduler_(scheduler),
      faults_(faults),
      power_(power),
      wake_(std::move(wake)),
      due_(scheduler, "heci.late_message", [this] {
        wait_for_next();
        wake_();
      }) {}

Fate Departures::leaving(SendQueue& queue, Connection to) {
  const auto fault = faults_.reach(sim::FaultPoint::me_message);
  if (!fault) return Fate::goes;
  StruckDeparture struck(*this, queue, to);
  struck.strike(*fault);
  return struck.fate();
}

void Departures::keep(base::ByteView message, Connection to, base::Duration longer) {
  LateMessage& late =
      late_.emplace_back(LateMessage{to, scheduler_.now() + longer, SendQueue(1, message.size())});
  late.queue.push(message, 0);
  wait_for_next();
}

void Departures::wait_for_next() {
  due_.stop();
  auto next = base::TimePoint::max();
  for (const LateMessage& late : late_) {
    if (late.due > scheduler_.now()) next = std::min(next, late.due);
  }
  if (next != base::TimePoint::max()) due_.start(next - scheduler_.now());
}

LateMessage* Departures::under_way() {
  const auto at =
      std::ranges::find_if(late_, [](const LateMessage& late) { return late.queue.under_way(); });
  return at == late_.end() ? nullptr : &*at;
}

LateMessage* Departures::due() {
  const auto at = std::ranges::find_if(
      late_, [this](const LateMessage& late) { return late.due <= scheduler_.now(); });
  return at == late_.end() ? nullptr : &*at;
}

void Departures::sent(const LateMessage& message) {
  std::erase_if(late_, [&](const LateMessage& late) { return &late == &message; });
}

void Departures::clear() {
  due_.stop();
  late_.clear();
}

void Departures::serialize(sim::Archive& a) {
  auto count = static_cast<std::uint32_t>(late_.size());
  a.value(count);
  if (count > kMostLate) a.fail("heci: more late messages than there can be");
  if (a.is_loading()) late_.clear();
  for (std::uint32_t i = 0; i < count && !a.failed(); ++i) {
    auto size =
        a.is_loading() ? std::uint32_t{0} : static_cast<std::uint32_t>(late_[i].queue.capacity());
    a.value(size);
    if (size > kLongestMessage) return a.fail("heci: a late message is too long");
    if (a.is_loading()) late_.push_back(LateMessage{{}, {}, SendQueue(1, size)});
    LateMessage& late = late_[i];
    a.value(late.to.me_addr);
    a.value(late.to.host_addr);
    a.value(late.due);
    late.queue.serialize(a);
    if (late.queue.empty()) a.fail("heci: a late message that is not there");
  }
  due_.serialize(a);
}

}  // namespace emulator::heci
