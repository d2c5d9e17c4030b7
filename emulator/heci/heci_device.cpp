// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/heci/heci_device.h"

#include <array>

#include "base/promise.h"
#include "emulator/heci/hbm_words.h"
#include "emulator/sim/struck_operation.h"
#include "protocol/mei/clients.h"

namespace emulator::heci {

using protocol::mei::kHbmAddress;

namespace {

/// How long D0i3 takes to be entered or left (chosen). Hosts want to see that it takes time:
/// coreboot looks for CIP for a millisecond.
constexpr base::Duration kPowerGating = std::chrono::microseconds(100);

}  // namespace

HeciDevice::HeciDevice(const HeciConfig& config, sim::Scheduler& scheduler, sim::Trace& trace,
                       sim::FaultPlan& faults, sim::PowerControl& power)
    : config_(config),
      trace_(trace),
      faults_(faults),
      power_(power),
      bad_input_(trace),
      registers_(config, bad_input_),
      bus_(config.credits, bad_input_),
      assembler_(bus_, bad_input_),
      responder_(bus_, hbm_answers_, bad_input_, config.hbm),
      departures_(scheduler, faults, power, [this] { schedule_turn(); }),
      transmitter_(hbm_answers_, bus_, departures_, trace),
      turn_(scheduler, "heci.turn", [this] { take_turn(); }),
      reset_done_(scheduler, "heci.reset_done", [this] { reset_done(); }),
      power_gated_(scheduler, "heci.power_gated", [this] { registers_.end_power_gate(); }),
      held_message_(scheduler, "heci.held_message", [this] { deliver_held(); }),
      late_interrupt_(scheduler, "heci.late_interrupt", [this] { registers_.interrupt_host(); }),
      late_doorbell_(scheduler, "heci.late_doorbell", [this] { schedule_turn(); }) {}

void HeciDevice::write32(std::uint32_t offset, std::uint32_t value) {
  const HostAction action = registers_.write(offset, value);
  if (action == HostAction::none) return;
  if (action == HostAction::reset) return host_reset();
  if (action == HostAction::power_gate) return power_gated_.start(kPowerGating);
  if (state_ == LinkState::up) doorbell_rung();
}

void HeciDevice::read32_each(std::uint32_t offset, std::span<std::uint32_t> out) {
  if (offset == protocol::heci::kMeCbRw) return registers_.read_slots(out);
  Mmio::read32_each(offset, out);
}

void HeciDevice::write32_each(std::uint32_t offset, std::span<const std::uint32_t> values) {
  if (offset == protocol::heci::kHCbWw) return registers_.write_slots(values);
  Mmio::write32_each(offset, values);
}

std::uint8_t HeciDevice::add_client(MeClient& client) {
  MEBENCH_PROMISE(state_ == LinkState::down, "clients change while the link is down");
  return bus_.add_dynamic(client, config_.first_dynamic_address);
}

void HeciDevice::add_fixed_client(std::uint8_t me_addr, MeClient& client) {
  MEBENCH_PROMISE(state_ == LinkState::down, "clients change while the link is down");
  bus_.add_fixed(me_addr, client);
}

void HeciDevice::remove_all_clients() {
  MEBENCH_PROMISE(state_ == LinkState::down, "clients change while the link is down");
  bus_.remove_all_clients();
}

void HeciDevice::reply(Connection to, base::ByteView message) {
  if (state_ != LinkState::up) {
    return bad_input_.count(&BadInput::reply_without_connection, to.me_addr, to.host_addr);
  }
  bus_.queue_reply(to, message);
  schedule_turn();
}

void HeciDevice::schedule_turn() {
  if (state_ == LinkState::up && !turn_.pending()) turn_.start(config_.turnaround);
}

void HeciDevice::take_turn() {
  if (!registers_.host_ready()) return;
  registers_.acknowledge_doorbell();
  if (registers_.overrun()) return reset_by_me("me reset: ring overrun");
  std::uint32_t fragments = 0;
  const std::uint32_t unread = registers_.from_host().filled();
  // Sending makes room for answers, which lets the ME read on.
  for (std::uint32_t sent = 1; sent > 0; fragments += sent) {
    if (read_ring() == Next::stop) return;
    sent = transmitter_.send(registers_.to_host());
  }
  // Having read, too: Linux writes again only after an interrupt that finds its ring empty.
  const bool has_read = registers_.from_host().filled() < unread;
  if (fragments > 0 || has_read) interrupt_host();
  // Answers that were queued during this turn have just been looked at.
  turn_.stop();
}

HeciDevice::Next HeciDevice::read_ring() {
  while (!held_message_.pending() && !hbm_answers_.full()) {
    const Taken taken = assembler_.take(registers_.from_host());
    if (taken == Taken::nothing) break;
    if (taken == Taken::impossible) {
      reset_by_me("me reset: header");
      return Next::stop;
    }
    if (taken == Taken::message && message_arrived(assembler_.from()) == Next::stop) {
      return Next::stop;
    }
  }
  return Next::go_on;
}

/// What is left of the ME's turn once a message was struck: all of it, unless power or the ME went.
class HeciDevice::StruckMessage final : public sim::StruckOperation {
 public:
  StruckMessage(HeciDevice& device, Connection from)
      : StruckOperation(device.power_), device_(device), from_(from) {}
  Next turn() const { return turn_; }

 private:
  sim::Then lose(sim::Loss loss, sim::Moment moment) override {
    if (moment == sim::Moment::after) device_.deliver(from_);
    turn_ = Next::stop;
    return StruckOperation::lose(loss, moment);
  }
  sim::Then fail(std::uint32_t) override {
    device_.refuse_message(from_);
    return sim::Then::stop;
  }
  sim::Then silence() override {
    device_.forget_message(from_);
    return sim::Then::stop;
  }
  sim::Then delay(base::Duration longer) override {
    device_.held_from_ = from_;
    device_.held_message_.start(longer);
    return sim::Then::stop;
  }
  /// Of host bus messages alone: the ME answers once more than it was asked.
  sim::Then repeat() override {
    const bool room_for_both = device_.hbm_answers_.size() + 1 < kHbmAnswers;
    if (room_for_both) device_.responder_.handle(device_.assembler_.hbm().message());
    return sim::Then::go_on;
  }

  HeciDevice& device_;
  Connection from_;
  Next turn_ = Next::go_on;
};

HeciDevice::Next HeciDevice::message_arrived(Connection from) {
  trace_.record({.kind = sim::TraceKind::message_to_me,
                 .me_addr = from.me_addr,
                 .host_addr = from.host_addr,
                 .data = message_from(from),
                 .words = &words_of(from)});
  StruckMessage struck(*this, from);
  const auto fault = fault_at(from);
  if (fault && struck.strike(*fault) == sim::Then::stop) return struck.turn();
  deliver(from);
  return Next::go_on;
}

/// A host bus message counts at both points, whichever of them strikes.
std::optional<sim::FaultRule> HeciDevice::fault_at(Connection from) {
  std::optional<sim::FaultRule> own;
  if (from.me_addr == kHbmAddress) own = faults_.reach(sim::FaultPoint::hbm_message);
  const auto any = faults_.reach(sim::FaultPoint::host_message);
  return own ? own : any;
}

void HeciDevice::deliver_held() {
  deliver(held_from_);
  take_turn();
}

void HeciDevice::deliver(Connection from) {
  if (from.me_addr == kHbmAddress) {
    responder_.handle(assembler_.hbm().message());
    assembler_.hbm().close();
    return;
  }
  Channel& channel = holder_of(from);
  if (responder_.state() == HbmState::stopped) {
    bad_input_.count(&BadInput::message_after_stop, from.me_addr, from.host_addr);
    return bus_.settle(channel);
  }
  bus_.deliver(channel);
}

/// Of a message that the ME holds.
Channel& HeciDevice::holder_of(Connection from) {
  Channel* channel = bus_.find_open(from);
  MEBENCH_PROMISE(channel != nullptr, "a connection does not close under a message the ME holds");
  return *channel;
}

/// The ME swallows it and says nothing, not even that it could take another: the connection hangs
/// until it is closed.
void HeciDevice::forget_message(Connection from) {
  if (from.me_addr == kHbmAddress) return assembler_.hbm().close();
  bus_.swallow(holder_of(from));
}

/// A connect is refused; a client's message costs the connection, which the ME may
/// close (DISCONNECT_REQ).
void HeciDevice::refuse_message(Connection from) {
  if (from.me_addr == kHbmAddress) {
    responder_.refuse(assembler_.hbm().message(), protocol::hbm::Status::out_of_resources);
    return assembler_.hbm().close();
  }
  if (!bus_.disconnect(from)) return forget_message(from);
  responder_.close_from_me(from);
}

const sim::MessageWords& HeciDevice::words_of(Connection from) {
  if (from.me_addr == kHbmAddress) return kHbmWords;
  return bus_.client_of(holder_of(from)).client->words();
}

base::ByteView HeciDevice::message_from(Connection from) {
  if (from.me_addr == kHbmAddress) return assembler_.hbm().message();
  return holder_of(from).inbox.message();
}

void HeciDevice::serialize(sim::Archive& a) {
  a.section("heci");
  a.value(state_);
  a.value(after_reset_);
  a.value(held_from_.me_addr);
  a.value(held_from_.host_addr);
  bad_input_.serialize(a);
  registers_.serialize(a);
  hbm_answers_.serialize(a);
  bus_.serialize(a);
  assembler_.serialize(a);
  responder_.serialize(a);
  departures_.serialize(a);
  turn_.serialize(a);
  reset_done_.serialize(a);
  held_message_.serialize(a);
  late_interrupt_.serialize(a);
  late_doorbell_.serialize(a);
  if (config_.later_registers != LaterRegisters::none) power_gated_.serialize(a);
  if (!a.failed() && held_message_.pending() && !holds_message()) {
    a.fail("heci: a delayed message that is not there");
  }
}

bool HeciDevice::holds_message() {
  if (held_from_.me_addr == kHbmAddress) return !assembler_.hbm().message().empty();
  const Channel* channel = bus_.find_open(held_from_);
  return channel != nullptr && !channel->inbox.message().empty();
}

}  // namespace emulator::heci
