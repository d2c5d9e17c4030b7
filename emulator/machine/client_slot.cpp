// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/client_slot.h"

#include <utility>

#include "emulator/clients/amthi_client.h"
#include "emulator/clients/fwu_client.h"
#include "emulator/clients/listed_client.h"
#include "emulator/clients/mkhi_client.h"
#include "emulator/clients/watchdog_client.h"
#include "protocol/generation.h"
#include "protocol/heci/firmware_status.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/later_clients.h"

namespace emulator::machine {

FirmwareClients::FirmwareClients(firmware::FirmwareView& firmware, heci::ReplyPort& port,
                                 sim::Scheduler& scheduler, sim::Trace& trace) {
  const auto& generation = protocol::nearest_generation(firmware.identity().version.major);
  if (generation.manifest > protocol::image::ManifestForm::mn2) {
    add_csme_clients(firmware, port);
    return;
  }
  add(std::make_unique<clients::AmthiClient>(firmware, port),
      {.brought = Brought::by_operational_code});
  add(std::make_unique<clients::FwuClient>(firmware, port), {});
  add(std::make_unique<clients::WatchdogClient>(port, scheduler, trace), {});
  using clients::MkhiClient;
  using clients::MkhiFace;
  // From ME 9 on hosts find the fixed address in the enumeration, under a GUID of its own: that is
  // where Linux asks for fw_ver.
  const bool lists_it = generation.status_words == protocol::heci::kMostStatusWords;
  if (!lists_it) {
    add(std::make_unique<MkhiClient>(firmware, port),
        {.fixed_address = protocol::mei::kMkhiFixedAddress});
    return;
  }
  add(std::make_unique<MkhiClient>(firmware, port), {});
  add(std::make_unique<MkhiClient>(firmware, port, MkhiFace::fixed_listed),
      {.fixed_address = protocol::mei::kMkhiFixedAddress, .addresses = Addresses::fixed_alone});
}

void FirmwareClients::add(std::unique_ptr<heci::MeClient> client, ClientSlot slot) {
  slot.client = client.get();
  slots_.push_back(slot);
  clients_.push_back(std::move(client));
}

/// As owners' lists of CSME 15 have them: no AMTHI and no watchdog. What the recovery code lists
/// nobody tells; here it is what an update needs (chosen).
void FirmwareClients::add_csme_clients(firmware::FirmwareView& firmware, heci::ReplyPort& port) {
  using clients::MkhiClient;
  using clients::MkhiFace;
  add(std::make_unique<MkhiClient>(firmware, port), {});
  add(std::make_unique<MkhiClient>(firmware, port, MkhiFace::fixed_listed),
      {.fixed_address = protocol::mei::kMkhiFixedAddress, .addresses = Addresses::fixed_alone});
  add(std::make_unique<clients::FwuClient>(firmware, port), {});
  for (const protocol::mei::LaterClient& row : protocol::mei::kCsme15Clients) {
    ClientSlot slot{.brought = Brought::by_operational_code};
    if (row.fixed_address != 0) {
      slot.fixed_address = row.fixed_address;
      slot.addresses = Addresses::fixed_alone;
    }
    if (row.guid == protocol::mei::kMchiGuid) {
      add(std::make_unique<MkhiClient>(firmware, port, MkhiFace::files), slot);
    } else {
      add(std::make_unique<clients::ListedClient>(row), slot);
    }
  }
}

}  // namespace emulator::machine
