// SPDX-License-Identifier: BSD-3-Clause
// What is seen of an iTPM from outside, and what a snapshot keeps of it.
#include "emulator/tpm/itpm_parts.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;

}  // namespace

ItpmStatus Itpm::status() {
  Parts& p = *parts_;
  ItpmStatus s{.powered = p.powered, .answers = p.me_runs, .version = p.personality.version()};
  if (!p.powered) return s;
  p.boot();
  DefendLock& lock = p.personality.lock();
  lock.settle();
  s.lockout = lock.running();
  s.failed_attempts = lock.count();
  s.lockout_left = lock.left();
  s.upgrading = p.upgrade.uploading();
  s.started = p.engine.started();
  s.unowned_upgrade_allowed = p.engine.unowned_field_upgrade();
  const auto flags = p.personality.flags();
  if (!flags) {
    s.self_test_failed = flags.error().status == number(ReturnCode::failed_self_test);
    return s;
  }
  s.owned = flags->owned;
  s.has_ek = p.engine.has_endorsement_key();
  s.enabled = !flags->permanent.disable;
  s.active = !flags->stclear.deactivated;
  s.active_after_reset = !flags->permanent.deactivated;
  s.owner_install = flags->permanent.ownership;
  s.owner_clear = !flags->permanent.disable_owner_clear;
  s.force_clear = !flags->stclear.disable_force_clear;
  s.presence = flags->stclear.physical_presence;
  s.presence_locked = flags->stclear.physical_presence_lock;
  s.presence_lifetime_lock = flags->permanent.physical_presence_lifetime_lock;
  s.presence_command_enabled = flags->permanent.physical_presence_cmd_enable;
  s.presence_hardware_enabled = flags->permanent.physical_presence_hw_enable;
  return s;
}

void Itpm::serialize(sim::Archive& a) {
  Parts& p = *parts_;
  a.section("tpm");
  p.partition.serialize(a);
  p.engine.serialize(a);
  p.personality.serialize(a);
  p.bios.serialize(a);
  p.unit.serialize(a);
  p.upgrade.serialize(a);
  p.tis.serialize(a);
  p.port.serialize(a);
  a.value(p.powered);
  a.value(p.me_runs);
  a.value(p.boot_pending);
  a.value(p.self_test_fails);
  bool holds = p.held.has_value();
  a.value(holds);
  if (a.is_loading()) p.held = holds ? std::optional<Bytes>(Bytes{}) : std::nullopt;
  if (p.held) a.value(*p.held);
}

}  // namespace emulator::tpm
