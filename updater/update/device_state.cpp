// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/device_state.h"

#include "protocol/mei/mkhi.h"
#include "updater/inventory/questions.h"

namespace updater::update {

using base::Result;

bool DeviceState::busy() const {
  return update_status == protocol::mkhi::kUpdateInProgress;
}

Result<DeviceState> read_state(mei::MeiDevice& device) {
  DeviceState state;
  {
    inventory::Conversation fwu = inventory::talk_to_fwu(device);
    const auto version = inventory::ask_version(fwu);
    if (!version) return version.error();
    state.version = version->code;
    state.update_status = version->last_update_status;
  }
  if (state.busy()) return state;
  inventory::Conversation mkhi = inventory::talk_to_mkhi(device);
  const auto firmware = inventory::ask_firmware_version(mkhi);
  // /dev/mei0 may have no way to MKHI: then the update client's word stands alone.
  if (firmware && firmware->code == protocol::FirmwareVersion{}) {
    state.running = Running::recovery;
    state.version = firmware->recovery;
  }
  return state;
}

Result<DeviceState> wait_for(mei::MeiDevice& device, base::Clock& clock, const Rest& rest,
                             const Enough& enough, const Looked& looked) {
  const base::TimePoint begin = clock.now();
  base::TimePoint last_busy = begin;
  for (;;) {
    Result<DeviceState> state = read_state(device);
    looked(state);
    if (state && !state->busy() && enough(*state)) return state;
    const base::TimePoint now = clock.now();
    if (state && state->busy()) last_busy = now;
    if (now - begin >= rest.busy_limit || now - last_busy >= rest.quiet_limit) return state;
    clock.sleep(rest.poll);
  }
}

}  // namespace updater::update
