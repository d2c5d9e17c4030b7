// SPDX-License-Identifier: BSD-3-Clause
// What travels on the HECI bus, in the words of the protocols: for failure reports and traces.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "emulator/sim/message_words.h"
#include "emulator/sim/trace.h"
#include "protocol/mei/guid.h"

namespace emulator::trace {

/// Which client lives at which address, learnt from the properties that the ME itself has told:
/// what a host does not know yet a trace does not name.
class ClientMap {
 public:
  ClientMap();
  /// Looks at a message to the host; anything but a CLIENT_PROPS_RES changes nothing.
  void learn(std::uint8_t me_addr, base::ByteView message);
  /// Nothing: nobody has told of a client there.
  std::optional<protocol::mei::Guid> guid_at(std::uint8_t me_addr) const {
    return known_[me_addr].guid;
  }
  /// Of the client whose message `record` is; plain ones where it is not known.
  const sim::MessageWords& words_of(const sim::TraceRecord& record) const;
  /// A copy of `message`, which may be only the beginning of one of `size` bytes, to be shown:
  /// zeros stand where it holds secrets (protocol/mei/secret_fields.h).
  base::Bytes shown(std::uint8_t me_addr, base::ByteView message, std::size_t size) const;

 private:
  struct Known {
    bool here = false;
    std::optional<protocol::mei::Guid> guid = {};
  };
  std::array<Known, 256> known_{};
};

/// "FWU START 1572864 bytes", "HBM CONNECT_RES me 0x21 host 1 status 0". `message` may be only the
/// first bytes of it: `size` is the whole. It is one that ClientMap::shown() gave.
std::string say(const sim::MessageWords& words, base::ByteView message, std::size_t size);

/// The whole record as a line: time, direction, message or event.
std::string describe(const sim::TraceRecord& record, const ClientMap& clients, base::ByteView head,
                     std::size_t size);
/// The same without the time.
std::string describe_untimed(const sim::TraceRecord& record, const ClientMap& clients,
                             base::ByteView head, std::size_t size);

}  // namespace emulator::trace
