// SPDX-License-Identifier: BSD-3-Clause
// How each side tells the other that there is something to read: H_IS is the ME's interrupt to the
// host, H_IG the host's doorbell. Either can be lost, late, or ring without a cause.
#include "base/reached.h"
#include "emulator/heci/heci_device.h"
#include "emulator/sim/struck_operation.h"

namespace emulator::heci {
namespace {

/// How long after a real interrupt the one without a cause comes (chosen): the host has dealt with
/// the first by then.
constexpr base::Duration kLater = std::chrono::milliseconds(1);

}  // namespace

class HeciDevice::StruckInterrupt final : public sim::StruckOperation {
 public:
  explicit StruckInterrupt(HeciDevice& device) : StruckOperation(device.power_), device_(device) {}

 private:
  sim::Then silence() override {
    base::reached(base::Place::interrupt_lost);
    return sim::Then::stop;
  }
  sim::Then delay(base::Duration longer) override {
    device_.late_interrupt_.start(longer);
    return sim::Then::stop;
  }
  sim::Then repeat() override {
    base::reached(base::Place::interrupt_spurious);
    device_.late_interrupt_.start(kLater);
    return sim::Then::go_on;
  }
  sim::Then run_away() override {
    base::reached(base::Place::link_pointer_wild);
    device_.registers_.to_host().run_away();
    return sim::Then::go_on;
  }

  HeciDevice& device_;
};

class HeciDevice::StruckDoorbell final : public sim::StruckOperation {
 public:
  explicit StruckDoorbell(HeciDevice& device) : StruckOperation(device.power_), device_(device) {}

 private:
  sim::Then silence() override {
    base::reached(base::Place::doorbell_lost);
    return sim::Then::stop;
  }
  sim::Then delay(base::Duration longer) override {
    device_.late_doorbell_.start(longer);
    return sim::Then::stop;
  }
  sim::Then repeat() override {
    device_.late_doorbell_.start(kLater);
    return sim::Then::go_on;
  }

  HeciDevice& device_;
};

void HeciDevice::interrupt_host() {
  const auto fault = faults_.reach(sim::FaultPoint::me_interrupt);
  if (fault && StruckInterrupt(*this).strike(*fault) == sim::Then::stop) return;
  registers_.interrupt_host();
}

void HeciDevice::doorbell_rung() {
  const auto fault = faults_.reach(sim::FaultPoint::doorbell);
  if (fault && StruckDoorbell(*this).strike(*fault) == sim::Then::stop) return;
  schedule_turn();
}

}  // namespace emulator::heci
