// SPDX-License-Identifier: BSD-3-Clause
// A scripted ME on the far side of the HECI registers, with its own clock: well behaved unless a
// test tells it otherwise.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/mmio.h"
#include "protocol/heci/hbm.h"
#include "protocol/heci/message_header.h"

namespace test {

/// Time passes only when the host sleeps; every sleep gives the ME its turn.
class ScriptedMe final : public base::Mmio, public base::Clock {
 public:
  struct Client {
    std::uint8_t me_addr;
    protocol::hbm::ClientProperties properties;
  };
  struct Message {
    std::uint8_t me_addr;
    std::uint8_t host_addr;
    base::Bytes bytes;
  };
  using Answer = std::function<void(base::ByteView)>;

  // How it behaves.
  std::uint32_t depth = 32;
  std::optional<base::Duration> ready_after = std::chrono::milliseconds(50);
  bool ready_needs_release = false;  ///< ME_RDY only comes once H_RST is 0
  bool resets_late = false;          ///< the RDY bits only fall at the ME's next turn
  bool takes_messages = true;        ///< false: the host's ring is never emptied
  bool gone = false;                 ///< nothing drives the bus
  bool version_supported = true;
  std::uint8_t max_major = 1;
  std::uint8_t max_minor = 0;
  std::uint8_t connect_status = 0;
  int credits_on_connect = 1;
  std::vector<Client> clients;
  std::map<protocol::hbm::Command, Answer> instead;  ///< replaces the answer to a host bus message
  std::function<void(const Message&)> on_message;    ///< a whole message to a client
  std::function<void(std::uint32_t slot)> on_slot;   ///< each slot the host writes

  // What it saw.
  std::vector<Message> bus_messages;
  std::vector<Message> messages;
  std::vector<std::uint32_t> headers;
  int resets = 0;

  /// Sends a message, cut into fragments that fit the ring; they go as the host makes room.
  void send(std::uint8_t me_addr, std::uint8_t host_addr, base::ByteView bytes);
  void send_slots(std::vector<std::uint32_t> slots) { outgoing_.push_back(std::move(slots)); }
  template <class HbmMessage>
  void send_bus(const HbmMessage& m) {
    std::array<std::uint8_t, protocol::hbm::kMaxMessageSize> bytes{};
    base::ByteWriter out(bytes);
    encode(out, m);
    send(0, 0, out.written());
  }
  void drop_link();          ///< the ME leaves: ME_RDY 0, rings empty
  void restart_unnoticed();  ///< leaves and is back before the host looks again
  void overfill() { me_write_ = static_cast<std::uint8_t>(me_read_ + depth + 1); }
  bool interrupt_enabled() const { return (host_bits_ & 1) != 0; }
  bool host_ready() const { return (host_bits_ & 8) != 0; }
  std::uint32_t bus_count(protocol::hbm::Command command) const;

  std::uint32_t read32(std::uint32_t offset) override;
  void write32(std::uint32_t offset, std::uint32_t value) override;
  base::TimePoint now() const override { return now_; }
  void sleep(base::Duration amount) override;

 private:
  void write_host_csr(std::uint32_t value);
  void clear_rings();
  void begin_reset();
  void turn();
  void take_host_slots();
  void take_message(const Message& message);
  void answer_bus(base::ByteView message);
  void put_outgoing();

  base::TimePoint now_{};
  std::uint32_t host_bits_ = 0;  ///< RST RDY IS IE
  bool me_ready_ = false;
  std::optional<base::TimePoint> ready_at_;
  bool reset_begins_ = false;
  std::deque<std::uint32_t> host_ring_;
  std::uint8_t host_write_ = 0;
  std::uint8_t host_read_ = 0;
  std::deque<std::uint32_t> me_ring_;
  std::uint8_t me_write_ = 0;
  std::uint8_t me_read_ = 0;
  std::deque<std::vector<std::uint32_t>> outgoing_;
  std::deque<std::uint32_t> fragment_;
  base::Bytes partial_;
};

}  // namespace test
