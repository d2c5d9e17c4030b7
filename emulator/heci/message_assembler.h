// SPDX-License-Identifier: BSD-3-Clause
// From slots in the host's ring to whole messages: one fragment at a time, each sender's fragments
// kept apart.
#pragma once

#include <array>
#include <cstdint>

#include "emulator/heci/bad_input.h"
#include "emulator/heci/client_bus.h"
#include "emulator/heci/inbox.h"
#include "emulator/heci/ring.h"
#include "protocol/heci/message_header.h"
#include "protocol/heci/slots.h"

namespace emulator::heci {

enum class Taken : std::uint8_t {
  nothing,     ///< no whole fragment in the ring
  fragment,    ///< one fragment, kept or dropped
  message,     ///< one fragment, and with it a whole good message: from()
  impossible,  ///< a header whose fragment cannot fit the ring: nothing behind it can be found
};

class MessageAssembler {
 public:
  MessageAssembler(ClientBus& bus, BadInputLog& bad_input) : bus_(bus), bad_input_(bad_input) {}

  Taken take(Ring& ring);
  /// Of the last whole message.
  Connection from() const { return from_; }

  /// Host bus messages gather here; client messages in their Channel.
  Inbox& hbm() { return hbm_; }
  const Inbox& hbm() const { return hbm_; }

  void serialize(sim::Archive& a);

 private:
  using Header = protocol::heci::MessageHeader;
  base::ByteView read_fragment(Ring& ring, const Header& header);
  Taken add(const Header& header, base::ByteView payload);
  Taken add_to(Inbox& inbox, const Header& header, base::ByteView payload);
  void spoil(Inbox& inbox, BadInputRule rule, const Header& header);
  BadInputRule why_no_channel(const Header& header) const;

  /// HBM 1.0 hosts send 8 bytes at most; a later host's commands are longer and must be recognised
  /// as unknown.
  static constexpr std::size_t kHbmCapacity = 128;

  ClientBus& bus_;
  BadInputLog& bad_input_;
  Inbox hbm_{kHbmCapacity};
  std::array<std::uint32_t, protocol::heci::kMaxFragmentSlots> slots_{};
  std::array<std::uint8_t, 512> fragment_{};
  Connection from_;
};

}  // namespace emulator::heci
