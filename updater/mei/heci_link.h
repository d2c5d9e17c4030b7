// SPDX-License-Identifier: BSD-3-Clause
// The host's end of a HECI link: brings it up (reset, HOST_START, enumeration), connects clients
// and moves whole messages. HBM 1.0 after illumos heci_init.c and Linux drivers/misc/mei/hbm.c.
// Anything that breaks the link takes it down and loses its connections; the next ensure_running()
// starts over.
#pragma once

#include <bitset>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/mmio.h"
#include "base/result.h"
#include "protocol/heci/hbm.h"
#include "updater/io/poll.h"
#include "updater/mei/bus_message.h"
#include "updater/mei/heci_connection.h"
#include "updater/mei/heci_limits.h"
#include "updater/mei/heci_registers.h"
#include "updater/mei/heci_ring.h"

namespace updater::mei {

enum class LinkState : std::uint8_t {
  down,     ///< must be reset before use
  ready,    ///< both sides are ready: fixed addresses can be used
  running,  ///< and HBM has been started and the clients are known
};

class HeciLink {
 public:
  HeciLink(base::Mmio& bar, base::Clock& clock);
  ~HeciLink();

  /// Bring a link that is down up again, with kRecoveryTries resets at most. Errors: those of the
  /// last try, and unsupported (the ME speaks no HBM this host knows).
  base::Result<void> ensure_ready();
  base::Result<void> ensure_running();

  const HeciClient* find_client(const protocol::mei::Guid& guid) const;
  const HeciClient* find_client(std::uint8_t me_addr) const;

  /// Asks for a connection. Errors: not_found, busy, refused (status = the ME's connect status),
  /// timeout, disconnected.
  base::Result<HeciConnection*> connect(const HeciClient& client);
  base::Result<HeciConnection*> open_fixed(std::uint8_t me_addr);
  /// Disconnects where there is something to disconnect, and forgets the connection.
  void release(HeciConnection& connection);

  base::Result<void> send(HeciConnection& connection, base::ByteView message, base::Duration limit);
  base::Result<base::Bytes> receive(HeciConnection& connection, base::Duration limit);

  /// Tells a running ME that its host stops; the link is down afterwards.
  void stop();

  LinkState state() const { return state_; }
  /// Messages for connections that were closed while they were under way: dropped.
  std::uint64_t stray_fragments() const { return strays_; }

 private:
  using Address = std::pair<std::uint8_t, std::uint8_t>;  ///< ME address, host address

  // heci_link.cpp: fragments and messages
  base::Result<void> pump();
  base::Result<void> take_all_fragments();
  base::Result<void> take(const Fragment& fragment);
  base::Result<void> take_stray(const protocol::heci::MessageHeader& header);
  base::Result<void> write_message(Address to, base::ByteView message, io::Deadline deadline);
  base::Result<std::uint16_t> wait_for_room(std::size_t rest, io::Deadline deadline);
  base::Result<void> take_credit(HeciConnection& connection, io::Deadline deadline);
  std::uint32_t& credits_of(HeciConnection& connection);
  base::Error lost(const HeciConnection& connection) const;
  base::Error fail(base::Error why);
  HeciConnection* find(Address address);
  HeciClient* client_at(std::uint8_t me_addr);

  // heci_start.cpp: from the reset to the list of clients
  base::Result<void> ensure(LinkState wanted);
  base::Result<void> try_bring_up(ResetHabit habit, LinkState wanted);
  base::Result<void> reset(ResetHabit habit);
  base::Result<void> start_bus();
  base::Result<void> enumerate();
  base::Result<void> read_properties(std::uint8_t me_addr, io::Deadline deadline);

  // heci_connect.cpp: connections
  std::optional<std::uint8_t> free_host_address();
  base::Result<void> request_connection(const HeciConnection& connection);
  base::Result<void> disconnect(HeciConnection& connection);

  // heci_bus.cpp: host bus messages
  base::Result<void> tell(const BusMessage& message);
  base::Result<BusMessage> ask(const BusMessage& request, protocol::hbm::Command answer,
                               io::Deadline deadline, const char* doing);
  base::Result<void> expect_one_more(HeciConnection& connection);
  base::Result<void> take_bus_fragment(const Fragment& fragment);
  base::Result<void> take_bus_message(base::ByteView message);
  base::Result<void> take_flow_control(base::ByteView message);
  base::Result<void> take_disconnect(base::ByteView message);
  base::Result<void> answer_disconnects();

  base::Clock& clock_;
  HeciRegisters registers_;
  HeciRing ring_;
  LinkState state_ = LinkState::down;
  std::string why_down_ = "it has not been started";

  std::vector<HeciClient> clients_;
  std::vector<std::unique_ptr<HeciConnection>> connections_;
  std::bitset<256> handed_out_;  ///< host addresses used since the link was started
  std::uint8_t last_host_addr_ = 0;

  Fragment fragment_;  ///< the last one read
  BusMessage bus_partial_;
  std::optional<protocol::hbm::Command> awaited_;
  std::optional<BusMessage> answer_;
  std::vector<Address> owed_disconnects_;
  std::uint64_t strays_ = 0;
};

}  // namespace updater::mei
