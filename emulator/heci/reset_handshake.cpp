// SPDX-License-Identifier: BSD-3-Clause
// How the link goes down and comes back. The ME answers a host reset whether H_RST is held until
// ME_RDY (Linux, intelmetool) or pulsed in two consecutive writes (the era's own driver): only the
// 0->1 edge counts.
#include "base/reached.h"
#include "emulator/heci/heci_device.h"
#include "emulator/sim/struck_operation.h"

namespace emulator::heci {

const char* name(LinkState state) {
  switch (state) {
    case LinkState::down:
      return "down";
    case LinkState::resetting:
      return "resetting";
    case LinkState::up:
      return "up";
  }
  return "unknown";
}

void HeciDevice::set_ready() {
  if (state_ != LinkState::down) return;
  state_ = LinkState::up;
  base::reached(base::Place::link_ready);
  note("ready");
  become_ready();
}

void HeciDevice::set_not_ready() {
  clear_link();
  bus_.close_all();
  if (state_ == LinkState::down) return;
  state_ = LinkState::down;
  base::reached(base::Place::link_down);
  note("not ready");
  interrupt_host();
}

void HeciDevice::host_power_lost() {
  note("the host's power is gone");
  clear_link();
  power_gated_.stop();
  bus_.close_all();
  registers_.power_off();
  if (state_ == LinkState::down) return;
  state_ = LinkState::up;
  become_ready();
}

void HeciDevice::power_off() {
  clear_link();
  power_gated_.stop();
  bus_.forget_all();
  registers_.power_off();
  state_ = LinkState::down;
}

void HeciDevice::host_reset() {
  // While the ME is off or boots nobody sees the reset; becoming ready answers it.
  std::optional<sim::FaultRule> fault;
  if (state_ != LinkState::down) fault = faults_.reach(sim::FaultPoint::link_reset);
  if (fault && sim::row_of(fault->action).blow == sim::Blow::failure) return refuse_reset();
  const bool cut = bus_.any_message_begun() || assembler_.hbm().state() != InboxState::empty ||
                   registers_.from_host().filled() > 0;
  if (cut) bad_input_.count(&BadInput::message_cut_by_reset);
  note("host reset");
  base::reached(base::Place::link_reset_by_host);
  if (state_ == LinkState::down) base::reached(base::Place::link_reset_unseen);
  clear_link();
  bus_.close_all();
  if (state_ != LinkState::down) begin_reset(fault);
}

/// The host reads its bit back as 0, and the link is as it was.
void HeciDevice::refuse_reset() {
  note("host reset refused");
  registers_.refuse_reset();
}

void HeciDevice::reset_by_me(const char* why) {
  note(why);
  base::reached(base::Place::link_reset_by_me);
  clear_link();
  bus_.close_all();
  wait_for_reset(base::Duration::zero());
  interrupt_host();
}

/// An ME that does not come back leaves the link resetting.
class HeciDevice::StruckReset final : public sim::StruckOperation {
 public:
  explicit StruckReset(HeciDevice& device) : StruckOperation(device.power_), device_(device) {}

 private:
  sim::Then lose(sim::Loss loss, sim::Moment moment) override {
    if (loss == sim::Loss::power && moment == sim::Moment::after) {
      device_.wait_for_reset(base::Duration::zero());
      device_.after_reset_ = AfterReset::lose_power;
      return sim::Then::stop;
    }
    device_.state_ = LinkState::down;
    return StruckOperation::lose(loss, moment);
  }
  sim::Then silence() override {
    device_.state_ = LinkState::resetting;
    return sim::Then::stop;
  }
  sim::Then delay(base::Duration longer) override {
    device_.wait_for_reset(longer);
    return sim::Then::stop;
  }

  HeciDevice& device_;
};

void HeciDevice::begin_reset(const std::optional<sim::FaultRule>& fault) {
  if (fault && StruckReset(*this).strike(*fault) == sim::Then::stop) return;
  wait_for_reset(base::Duration::zero());
}

void HeciDevice::wait_for_reset(base::Duration extra) {
  state_ = LinkState::resetting;
  reset_done_.start(config_.reset_delay + extra);
}

void HeciDevice::reset_done() {
  if (after_reset_ == AfterReset::lose_power) return power_.request_power_cut();
  state_ = LinkState::up;
  note("ready");
  become_ready();
}

void HeciDevice::become_ready() {
  registers_.set_me_ready();
  interrupt_host();
}

void HeciDevice::clear_link() {
  turn_.stop();
  reset_done_.stop();
  held_message_.stop();
  late_interrupt_.stop();
  late_doorbell_.stop();
  after_reset_ = AfterReset::get_ready;
  registers_.drop_link();
  departures_.clear();
  hbm_answers_.clear();
  assembler_.hbm().close();
  responder_.link_reset();
}

void HeciDevice::note(const char* what) {
  trace_.record({.kind = sim::TraceKind::link, .text = what});
}

}  // namespace emulator::heci
