// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/device_state.h"

#include "protocol/mei/clients.h"
#include "protocol/mei/mkhi.h"
#include "updater/inventory/inventory.h"
#include "updater/inventory/questions.h"

namespace updater::update {

using base::Result;

namespace {

/// Where there is no way to MKHI (/dev/mei0): the recovery code of a SKU with AMT brings no AMT.
bool lacks_its_amt(mei::MeiDevice& device, std::uint32_t sku) {
  if (!inventory::has_amt(sku)) return false;
  const auto amthi = device.connect(protocol::mei::kAmthiGuid);
  return !amthi && inventory::is_absent(amthi.error());
}

}  // namespace

bool DeviceState::busy() const {
  return update_status == protocol::mkhi::kUpdateInProgress;
}

Result<DeviceState> read_state(mei::MeiDevice& device) {
  DeviceState state;
  std::uint32_t sku = 0;
  {
    inventory::Conversation fwu = inventory::talk_to_fwu(device);
    const auto version = inventory::ask_version(fwu);
    if (!version) return version.error();
    state.version = version->code;
    state.update_status = version->last_update_status;
    sku = version->sku;
    if (version->later) {
      const bool recovers =
          inventory::words_tell_recovery(device.firmware_status_words(), version->code.major);
      state.running = recovers ? Running::recovery : Running::operational;
      return state;
    }
  }
  if (state.busy()) return state;
  inventory::Conversation mkhi = inventory::talk_to_mkhi(device);
  const auto firmware = inventory::ask_firmware_version(mkhi);
  if (firmware && firmware->code == protocol::FirmwareVersion{}) {
    state.running = Running::recovery;
    state.version = firmware->recovery;
  }
  if (!firmware && inventory::is_absent(firmware.error()) && lacks_its_amt(device, sku))
    state.running = Running::recovery;
  return state;
}

Sight wait_for(const Look& look, base::Clock& clock, const Rest& rest, const Enough& enough) {
  const base::TimePoint begin = clock.now();
  base::TimePoint last_busy = begin;
  for (;;) {
    Sight sight = look();
    if (sight.device && !sight.busy() && enough(sight)) return sight;
    const base::TimePoint now = clock.now();
    if (sight.busy()) last_busy = now;
    if (now - begin >= rest.busy_limit || now - last_busy >= rest.quiet_limit) return sight;
    clock.sleep(rest.poll);
  }
}

}  // namespace updater::update
