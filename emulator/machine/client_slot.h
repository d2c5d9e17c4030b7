// SPDX-License-Identifier: BSD-3-Clause
// An ME client's place on a board: which code of the ME brings it, and at which addresses.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "emulator/firmware/firmware_view.h"
#include "emulator/heci/me_client.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"

namespace emulator::machine {

/// The recovery code brings what an update needs, and no Active Management Technology.
enum class Brought : std::uint8_t { by_any_code, by_operational_code };

enum class Addresses : std::uint8_t { dynamic_and_fixed, fixed_alone };

struct ClientSlot {
  heci::MeClient* client = nullptr;
  Brought brought = Brought::by_any_code;
  std::optional<std::uint8_t> fixed_address = {};
  Addresses addresses = Addresses::dynamic_and_fixed;
};

/// Those of the firmware, in the order of their addresses.
class FirmwareClients {
 public:
  FirmwareClients(firmware::FirmwareView& firmware, heci::ReplyPort& port,
                  sim::Scheduler& scheduler, sim::Trace& trace);
  std::vector<ClientSlot> slots() const { return slots_; }

 private:
  void add(std::unique_ptr<heci::MeClient> client, ClientSlot slot);
  void add_csme_clients(firmware::FirmwareView& firmware, heci::ReplyPort& port,
                        sim::Scheduler& scheduler, sim::Trace& trace);

  std::vector<std::unique_ptr<heci::MeClient>> clients_;
  std::vector<ClientSlot> slots_;
};

}  // namespace emulator::machine
