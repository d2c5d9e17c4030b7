// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/client_slot.h"

#include <utility>

#include "emulator/clients/amthi_client.h"
#include "emulator/clients/fwu_client.h"
#include "emulator/clients/mkhi_client.h"
#include "emulator/clients/watchdog_client.h"
#include "protocol/generation.h"
#include "protocol/heci/firmware_status.h"
#include "protocol/mei/clients.h"

namespace emulator::machine {

FirmwareClients::FirmwareClients(firmware::FirmwareView& firmware, heci::ReplyPort& port,
                                 sim::Scheduler& scheduler, sim::Trace& trace) {
  const auto add = [&](std::unique_ptr<heci::MeClient> client, ClientSlot slot) {
    slot.client = client.get();
    slots_.push_back(slot);
    clients_.push_back(std::move(client));
  };
  add(std::make_unique<clients::AmthiClient>(firmware, port),
      {.brought = Brought::by_operational_code});
  add(std::make_unique<clients::FwuClient>(firmware, port), {});
  add(std::make_unique<clients::WatchdogClient>(port, scheduler, trace), {});
  using clients::MkhiClient;
  using clients::MkhiFace;
  // From ME 9 on hosts find the fixed address in the enumeration, under a GUID of its own: that is
  // where Linux asks for fw_ver.
  const auto major = firmware.identity().version.major;
  const bool lists_it =
      protocol::nearest_generation(major).status_words == protocol::heci::kMostStatusWords;
  if (!lists_it) {
    add(std::make_unique<MkhiClient>(firmware, port),
        {.fixed_address = protocol::mei::kMkhiFixedAddress});
    return;
  }
  add(std::make_unique<MkhiClient>(firmware, port), {});
  add(std::make_unique<MkhiClient>(firmware, port, MkhiFace::fixed_listed),
      {.fixed_address = protocol::mei::kMkhiFixedAddress, .addresses = Addresses::fixed_alone});
}

}  // namespace emulator::machine
