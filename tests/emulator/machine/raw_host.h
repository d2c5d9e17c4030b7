// SPDX-License-Identifier: BSD-3-Clause
// A plain host driver for tests: it writes slots and registers as a data sheet reader would, and
// shares no code with the product's driver.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/hex.h"
#include "base/mmio.h"

namespace emulator::machine {

// GUIDs in wire order, worked out by hand from the facts page.
inline constexpr const char* kAmthi = "2800f812b7b42d4baca846e0ff65814c";
inline constexpr const char* kFwu = "e8cd9d30b1cc62408f78600115a34327";
inline constexpr const char* kWatchdog = "6f9ab70528467f4d899da91514cb32ab";
inline constexpr const char* kMkhi = "15676a8ebc9a434088ef9e39c6f63e0f";

struct RawMessage {
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  base::Bytes bytes;
};

class RawHost {
 public:
  RawHost(base::Mmio& registers, base::Clock& clock) : registers_(registers), clock_(clock) {}

  /// As Linux resets: H_RST held until ME_RDY. False when ME_RDY does not come within `limit`.
  bool reset(base::Duration limit = std::chrono::seconds(5)) {
    credits_.clear();
    registers_.write32(kHCsr, kIe | kRst | kIg | kIs);
    if (!wait_ready(limit)) return false;
    registers_.write32(kHCsr, kIe | kIg | kIs);
    registers_.write32(kHCsr, kIe | kRdy | kIg);
    return true;
  }

  bool wait_ready(base::Duration limit) {
    for (base::Duration waited{}; (registers_.read32(kMeCsr) & kRdy) == 0; waited += kPoll) {
      if (waited > limit) return false;
      clock_.sleep(kPoll);
    }
    return true;
  }
  bool me_ready() { return (registers_.read32(kMeCsr) & kRdy) != 0; }

  /// One message, cut into what fits the free slots.
  void send(std::uint8_t me_addr, std::uint8_t host_addr, base::ByteView message) {
    std::size_t at = 0;
    do {
      const std::size_t room = free_slots();
      if (room < 2) {
        clock_.sleep(kPoll);
        continue;
      }
      const std::size_t length = std::min({message.size() - at, (room - 1) * 4, std::size_t{508}});
      const bool last = at + length == message.size();
      write_fragment(me_addr, host_addr, message.subspan(at, length), last);
      at += length;
      if (last) return;
    } while (true);
  }
  void send(std::uint8_t me_addr, std::uint8_t host_addr, std::string_view hex) {
    send(me_addr, host_addr, base::from_hex(hex).value());
  }

  /// The next whole message, or nothing within `limit`.
  std::optional<RawMessage> receive(base::Duration limit = std::chrono::seconds(5)) {
    RawMessage message;
    for (base::Duration waited{}; waited <= limit;) {
      if (filled_slots() == 0) {
        clock_.sleep(kPoll);
        waited += kPoll;
        continue;
      }
      const std::uint32_t header = registers_.read32(kMeCbRw);
      message.me_addr = static_cast<std::uint8_t>(header);
      message.host_addr = static_cast<std::uint8_t>(header >> 8);
      read_fragment(header >> 16 & 0x1FF, message.bytes);
      if (header >> 31 != 0) return message;
    }
    return std::nullopt;
  }

  /// Sends a host bus message and gives the answer as hexadecimal digits; credits that arrive
  /// meanwhile are noted.
  std::string hbm(std::string_view request) {
    send(0, 0, request);
    while (auto m = receive()) {
      if (!note_credit(*m)) return base::to_hex(m->bytes);
    }
    return "none";
  }

  /// START and ENUM, then the properties of every client: GUID (as 32 hexadecimal digits) ->
  /// ME address.
  std::map<std::string, std::uint8_t> enumerate() {
    std::map<std::string, std::uint8_t> clients;
    // A later ME supports the version asked for and tells its own newest.
    if (hbm("01 00 00 01").substr(0, 4) != "8101") return clients;
    const base::Bytes map = base::from_hex(hbm("04 00 00 00")).value_or(base::Bytes(36));
    for (std::uint32_t address = 1; address < 256; ++address) {
      if ((map[4 + address / 8] >> address % 8 & 1) == 0) continue;
      const std::uint8_t request[] = {5, static_cast<std::uint8_t>(address), 0, 0};
      const std::string reply = hbm(base::to_hex(request));
      if (reply.substr(4, 2) == "00")
        clients[reply.substr(8, 32)] = static_cast<std::uint8_t>(address);
    }
    return clients;
  }

  /// CONNECT; the status byte of the answer, or 255 for none.
  std::uint8_t connect(std::uint8_t me_addr, std::uint8_t host_addr) {
    const std::uint8_t request[] = {6, me_addr, host_addr, 0};
    const auto reply = base::from_hex(hbm(base::to_hex(request)));
    return reply && reply->size() == 4 ? (*reply)[3] : 255;
  }

  /// A request to a connected client and its reply: waits for a credit, gives one, as flow
  /// control demands.
  std::optional<base::Bytes> ask(std::uint8_t me_addr, std::uint8_t host_addr,
                                 base::ByteView request,
                                 base::Duration limit = std::chrono::seconds(20)) {
    while (credits_[host_addr] == 0) {
      const auto m = receive(limit);
      if (!m || !note_credit(*m)) return std::nullopt;
    }
    --credits_[host_addr];
    const std::uint8_t grant[] = {8, me_addr, host_addr, 0, 0, 0, 0, 0};
    send(0, 0, grant);
    send(me_addr, host_addr, request);
    while (auto m = receive(limit)) {
      if (note_credit(*m)) continue;
      if (m->me_addr != me_addr || m->host_addr != host_addr) return std::nullopt;
      return m->bytes;
    }
    return std::nullopt;
  }

  /// Sends a request for which a credit is at hand, and does not wait for its reply.
  void post(std::uint8_t me_addr, std::uint8_t host_addr, base::ByteView request) {
    const std::uint8_t grant[] = {8, me_addr, host_addr, 0, 0, 0, 0, 0};
    send(0, 0, grant);
    send(me_addr, host_addr, request);
  }

  /// The same host, with what it remembers, at another machine.
  RawHost moved_to(base::Mmio& registers, base::Clock& clock) const {
    RawHost host(registers, clock);
    host.credits_ = credits_;
    return host;
  }

  /// A request to a fixed address, as a BIOS sends it: no connection, no credits.
  std::optional<base::Bytes> ask_fixed(std::uint8_t me_addr, std::string_view request) {
    send(me_addr, 0, request);
    const auto m = receive();
    if (!m || m->me_addr != me_addr || m->host_addr != 0) return std::nullopt;
    return m->bytes;
  }

 private:
  static constexpr std::uint32_t kHCbWw = 0x0, kHCsr = 0x4, kMeCbRw = 0x8, kMeCsr = 0xC;
  static constexpr std::uint32_t kIe = 1, kIs = 2, kIg = 4, kRdy = 8, kRst = 16;
  static constexpr base::Duration kPoll = std::chrono::microseconds(100);

  std::uint32_t filled_slots() {
    const std::uint32_t csr = registers_.read32(kMeCsr);
    return ((csr >> 16) - (csr >> 8)) & 0xFF;
  }
  std::uint32_t free_slots() {
    const std::uint32_t csr = registers_.read32(kHCsr);
    return (csr >> 24) - (((csr >> 16) - (csr >> 8)) & 0xFF);
  }
  void ring_doorbell() { registers_.write32(kHCsr, kIe | kRdy | kIg); }

  void write_fragment(std::uint8_t me_addr, std::uint8_t host_addr, base::ByteView data,
                      bool last) {
    const auto length = static_cast<std::uint32_t>(data.size());
    registers_.write32(kHCbWw, me_addr | static_cast<std::uint32_t>(host_addr) << 8 | length << 16 |
                                   (last ? 1u << 31 : 0));
    for (std::size_t at = 0; at < data.size(); at += 4) {
      std::uint32_t slot = 0;
      for (std::size_t i = 0; i < 4 && at + i < data.size(); ++i)
        slot |= static_cast<std::uint32_t>(data[at + i]) << 8 * i;
      registers_.write32(kHCbWw, slot);
    }
    ring_doorbell();
  }

  void read_fragment(std::uint32_t length, base::Bytes& out) {
    for (std::uint32_t left = length; left > 0;) {
      std::uint32_t slot = registers_.read32(kMeCbRw);
      for (int i = 0; i < 4 && left > 0; ++i, --left, slot >>= 8)
        out.push_back(static_cast<std::uint8_t>(slot));
    }
    ring_doorbell();
  }

  bool note_credit(const RawMessage& m) {
    const bool credit =
        m.me_addr == 0 && m.host_addr == 0 && m.bytes.size() == 8 && m.bytes[0] == 8;
    if (credit) ++credits_[m.bytes[2]];
    return credit;
  }

  base::Mmio& registers_;
  base::Clock& clock_;
  std::map<std::uint8_t, int> credits_;
};

}  // namespace emulator::machine
