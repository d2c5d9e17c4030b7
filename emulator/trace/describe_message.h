// SPDX-License-Identifier: BSD-3-Clause
// What travels on the HECI bus, in the words of the protocols: for failure reports and traces.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "emulator/sim/trace.h"

namespace emulator::trace {

enum class Client : std::uint8_t { unknown, hbm, mkhi, amthi, fwu, watchdog };
const char* name(Client client);

/// Which client lives at which address, learnt from the properties that the ME itself has told.
class ClientMap {
 public:
  ClientMap();
  /// Looks at a message to the host; anything but a CLIENT_PROPS_RES changes nothing.
  void learn(std::uint8_t me_addr, base::ByteView message);
  Client at(std::uint8_t me_addr) const { return clients_[me_addr]; }
  /// A copy of `message`, which may be only the beginning of one of `size` bytes, to be shown:
  /// zeros stand where it holds secrets (protocol/mei/secret_fields.h).
  base::Bytes shown(std::uint8_t me_addr, base::ByteView message, std::size_t size) const;

 private:
  std::array<Client, 256> clients_{};
};

/// "FWU START 1572864 bytes", "HBM CONNECT_RES me 0x21 host 1 status 0". `message` may be only the
/// first bytes of it: `size` is the whole. It is one that ClientMap::shown() gave.
std::string describe(Client client, base::ByteView message, std::size_t size);

/// The whole record as a line: time, direction, message or event.
std::string describe(const sim::TraceRecord& record, const ClientMap& clients, base::ByteView head,
                     std::size_t size);
/// The same without the time.
std::string describe_untimed(const sim::TraceRecord& record, const ClientMap& clients,
                             base::ByteView head, std::size_t size);

}  // namespace emulator::trace
