// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/client_slot.h"

#include <utility>

#include "emulator/clients/amthi_client.h"
#include "emulator/clients/fwu_client.h"
#include "emulator/clients/listed_client.h"
#include "emulator/clients/lme_client.h"
#include "emulator/clients/mkhi_client.h"
#include "emulator/clients/watchdog_client.h"
#include "protocol/generation.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/later_clients.h"

namespace emulator::machine {
namespace {

/// The clients of Active Management Technology are always there to ME 5; firmware of later boards
/// comes without them, too (owners' lists of CSME 11).
bool has_amt(const firmware::FirmwareView& firmware, const protocol::Generation& generation) {
  return generation.manifest == protocol::image::ManifestForm::man ||
         firmware.surroundings().manageability_mode != protocol::fwu::ManageabilityMode::none;
}

}  // namespace

FirmwareClients::FirmwareClients(firmware::FirmwareView& firmware, heci::ReplyPort& port,
                                 sim::Scheduler& scheduler, sim::Trace& trace) {
  const auto& generation = protocol::nearest_generation(firmware.identity().version.major);
  if (generation.manifest > protocol::image::ManifestForm::mn2) {
    add_csme_clients(firmware, port, scheduler, trace);
    return;
  }
  const bool with_amt = has_amt(firmware, generation);
  if (with_amt)
    add(std::make_unique<clients::AmthiClient>(firmware, port),
        {.brought = Brought::by_operational_code});
  add(std::make_unique<clients::FwuClient>(firmware, port), {});
  if (with_amt) add(std::make_unique<clients::WatchdogClient>(port, scheduler, trace), {});
  using clients::MkhiClient;
  using clients::MkhiFace;
  if (!generation.lists_fixed_mkhi.value) {
    add(std::make_unique<MkhiClient>(firmware, port),
        {.fixed_address = protocol::mei::kMkhiFixedAddress});
  } else {
    add(std::make_unique<MkhiClient>(firmware, port), {});
    add(std::make_unique<MkhiClient>(firmware, port, MkhiFace::fixed_listed),
        {.fixed_address = protocol::mei::kMkhiFixedAddress, .addresses = Addresses::fixed_alone});
  }
  // Behind all others, so that their addresses are those of a board without it. Of ME 5 and before
  // the model has none (docs/fidelity.md).
  if (with_amt && generation.manifest != protocol::image::ManifestForm::man)
    add(std::make_unique<clients::LmeClient>(port), {.brought = Brought::by_operational_code});
}

void FirmwareClients::add(std::unique_ptr<heci::MeClient> client, ClientSlot slot) {
  slot.client = client.get();
  slots_.push_back(slot);
  clients_.push_back(std::move(client));
}

/// As owners' lists have them. What the recovery code lists nobody tells; here it is what an update
/// needs (chosen).
void FirmwareClients::add_csme_clients(firmware::FirmwareView& firmware, heci::ReplyPort& port,
                                       sim::Scheduler& scheduler, sim::Trace& trace) {
  using clients::MkhiClient;
  using clients::MkhiFace;
  add(std::make_unique<MkhiClient>(firmware, port), {});
  add(std::make_unique<MkhiClient>(firmware, port, MkhiFace::fixed_listed),
      {.fixed_address = protocol::mei::kMkhiFixedAddress, .addresses = Addresses::fixed_alone});
  add(std::make_unique<clients::FwuClient>(firmware, port), {});
  const auto& generation = protocol::nearest_generation(firmware.identity().version.major);
  const bool with_amt = has_amt(firmware, generation);
  for (const protocol::mei::LaterClient& row : protocol::mei::kLaterClients) {
    const bool lacks_amt = row.listed_by == protocol::mei::ListedBy::boards_with_amt && !with_amt;
    if (!row.is_of(generation.major) || lacks_amt) continue;
    ClientSlot slot{.brought = Brought::by_operational_code};
    if (row.fixed_address != 0) {
      slot.fixed_address = row.fixed_address;
      slot.addresses = Addresses::fixed_alone;
    }
    if (row.guid == protocol::mei::kMchiGuid) {
      add(std::make_unique<MkhiClient>(firmware, port, MkhiFace::files), slot);
    } else if (row.guid == protocol::mei::kAmthiGuid) {
      add(std::make_unique<clients::AmthiClient>(firmware, port), slot);
    } else if (row.guid == protocol::mei::kWatchdogGuid) {
      add(std::make_unique<clients::WatchdogClient>(port, scheduler, trace), slot);
    } else {
      add(std::make_unique<clients::ListedClient>(row), slot);
    }
  }
  if (with_amt)
    add(std::make_unique<clients::LmeClient>(port), {.brought = Brought::by_operational_code});
}

}  // namespace emulator::machine
