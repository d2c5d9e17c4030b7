// SPDX-License-Identifier: BSD-3-Clause
// What TPM_FieldUpgrade tells of itself, and who may update: answered in every state, never
// authorised.
#include "emulator/tpm/field_upgrade.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using firmware::SessionState;
using namespace protocol::tpm;

UpgradeState wire_state(SessionState state) {
  switch (state) {
    case SessionState::idle:
      return UpgradeState::idle;
    case SessionState::staging:
      return UpgradeState::staging;
    case SessionState::verifying:
      return UpgradeState::verifying;
    case SessionState::committing:
      return UpgradeState::committing;
    case SessionState::committed:
      return UpgradeState::committed;
    case SessionState::failed:
      break;
  }
  return UpgradeState::failed;
}

}  // namespace

Bytes FieldUpgrade::information() {
  const auto flags = personality_.flags();
  const UpgradeInformation m{.owner_set = flags && flags->owned,
                             .unowned_allowed = flags && !flags->owned && unowned_allowed(*flags),
                             .deferred_presence = memory_.unowned_field_upgrade(),
                             .works_inactive = policy_.inactive == InactiveUpgrade::allowed,
                             .max_block = policy_.max_block,
                             .state = wire_state(session_.state()),
                             .version = personality_.version(),
                             .last_status = session_.last_status()};
  return to_bytes(Response{.body = to_bytes(m)});
}

Bytes FieldUpgrade::status() {
  const SessionState state = session_.state();
  const UpgradeFeeder other = session_is_open() ? UpgradeFeeder::none : UpgradeFeeder::heci;
  const Upload none;
  const Upload& upload = uploading() ? upload_ : none;
  const UpgradeStatus m{.state = wire_state(state),
                        .feeder = upload.active ? UpgradeFeeder::tpm : other,
                        .announced = upload.announced,
                        .received = upload.received,
                        .last_status = session_.last_status(),
                        .reset_type = state == SessionState::committed ? reset_type_ : 0,
                        .digest = upload.authorised_digest,
                        .working = static_cast<UpgradeWork>(owed_)};
  return to_bytes(Response{.body = to_bytes(m)});
}

ReturnCode FieldUpgrade::unowned_permission(const Flags& flags) {
  const bool inactive_too = policy_.inactive == InactiveUpgrade::allowed;
  if (flags.permanent.disable && !inactive_too) return ReturnCode::disabled;
  if (flags.stclear.deactivated && !inactive_too) return ReturnCode::deactivated;
  return unowned_allowed(flags) ? ReturnCode::success : ReturnCode::bad_presence;
}

bool FieldUpgrade::unowned_allowed(const Flags& flags) {
  if (policy_.unowned != UnownedUpgrade::presence) return policy_.unowned == UnownedUpgrade::open;
  const bool by_command =
      flags.permanent.physical_presence_cmd_enable && flags.stclear.physical_presence;
  const bool by_hardware =
      flags.permanent.physical_presence_hw_enable && hardware_presence_ == sim::Level::high;
  return by_command || by_hardware || memory_.unowned_field_upgrade();
}

}  // namespace emulator::tpm
