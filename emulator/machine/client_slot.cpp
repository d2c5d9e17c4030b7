// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/client_slot.h"

#include <utility>

#include "emulator/clients/amthi_client.h"
#include "emulator/clients/fwu_client.h"
#include "emulator/clients/mkhi_client.h"
#include "emulator/clients/watchdog_client.h"
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
  add(std::make_unique<clients::MkhiClient>(firmware, port),
      {.fixed_address = protocol::mei::kMkhiFixedAddress});
}

}  // namespace emulator::machine
