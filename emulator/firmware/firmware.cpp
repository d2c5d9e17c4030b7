// SPDX-License-Identifier: BSD-3-Clause
// The firmware's life from power-on to power-off, and what set-up changes.
#include "emulator/firmware/firmware.h"

#include "base/promise.h"

namespace emulator::firmware {

using protocol::amthi::ProvisioningMode;
using protocol::amthi::ProvisioningState;

Firmware::Firmware(const FirmwareConfig& config, flash::Flash& flash, sim::Scheduler& scheduler,
                   sim::Trace& trace, sim::FaultPlan& faults, sim::PowerControl& power)
    : config_(config),
      flash_(flash),
      trace_(trace),
      faults_(faults),
      power_(power),
      boot_timer_(scheduler, "firmware.boot", [this] { booted(); }),
      queue_(flash, scheduler, config_.update.flash_watchdog),
      settings_(flash, queue_, trace, config_.settings),
      session_({.config = config_,
                .running = running_,
                .flash = flash,
                .queue = queue_,
                .settings = settings_,
                .scheduler = scheduler,
                .trace = trace,
                .faults = faults,
                .power = power,
                .state_changed = [this] {
                  if (listener_ != nullptr) listener_->session_changed();
                }}) {}

void Firmware::power_on() {
  MEBENCH_PROMISE(running_.path == BootPath::off, "power comes to an ME that has none");
  reset_reason_ =
      booted_before_ ? protocol::fwu::ResetReason::power_up : config_.surroundings.reset_reason;
  boot();
}

void Firmware::power_off() {
  const bool ran = runs();
  session_.stop();
  settings_.power_off();
  queue_.power_off();
  boot_timer_.stop();
  running_ = {};
  trace_boot();
  if (ran && listener_ != nullptr) listener_->firmware_stopped();
}

void Firmware::reset(protocol::fwu::ResetReason reason) {
  if (running_.path == BootPath::off) return;
  const bool ran = runs();
  session_.stop();
  reset_reason_ = reason;
  running_.path = BootPath::booting;
  if (ran && listener_ != nullptr) listener_->firmware_stopped();
  boot();
}

bool Firmware::may_lose_power() const {
  const SessionState state = session_.state();
  return !saving() && !flash_.busy() && state != SessionState::verifying &&
         state != SessionState::committing;
}

bool Firmware::runs() const {
  return running_.path == BootPath::operational || running_.path == BootPath::recovery;
}

bool Firmware::may_set_up() const {
  const bool updating =
      session_.state() == SessionState::verifying || session_.state() == SessionState::committing;
  return running_.path == BootPath::operational && !updating;
}

bool Firmware::provision(ProvisioningMode mode) {
  if (!may_set_up()) return false;
  Settings s = settings();
  s.provisioning_state = ProvisioningState::post;
  s.provisioning_mode = mode;
  settings_.save(s);
  return true;
}

bool Firmware::begin_provisioning() {
  if (!may_set_up()) return false;
  Settings s = settings();
  s.provisioning_state = ProvisioningState::in;
  settings_.save(s);
  return true;
}

bool Firmware::open_local_update() {
  if (!may_set_up()) return false;
  Settings s = settings();
  s.local_update = protocol::mkhi::kLocalUpdateEnabled;
  settings_.save(s);
  return true;
}

bool Firmware::unprovision() {
  if (!may_set_up()) return false;
  const Settings unset;
  Settings s = settings();
  s.provisioning_state = ProvisioningState::pre;
  s.provisioning_mode = ProvisioningMode::none;
  s.tls_enabled = false;
  s.remote_connectivity = false;
  s.power_policy = unset.power_policy;
  settings_.save(s);
  return true;
}

void Firmware::serialize(sim::Archive& a) {
  a.section("firmware");
  a.value(running_.path);
  for (protocol::FirmwareVersion* v : {&running_.version, &running_.recovery_version}) {
    a.value(v->major);
    a.value(v->minor);
    a.value(v->hotfix);
    a.value(v->build);
  }
  running_.layout.serialize(a, flash_.geometry());
  a.value(running_.first_code_failed);
  a.value(running_.second_code_failed);
  a.value(running_.security_version);
  a.value(running_.control_number);
  a.value(reset_reason_);
  a.value(booted_before_);
  a.value(ending_);
  a.value(stuck_);
  boot_timer_.serialize(a);
  queue_.serialize(a);
  settings_.serialize(a);
  session_.serialize(a);
}

}  // namespace emulator::firmware
