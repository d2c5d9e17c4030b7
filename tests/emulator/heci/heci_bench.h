// SPDX-License-Identifier: BSD-3-Clause
// A HECI device on a bench: its registers poked by hand, scripted ME clients behind it. Independent
// of protocol/'s encoders.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/hex.h"
#include "emulator/heci/heci_device.h"

namespace emulator::heci {

inline constexpr std::uint32_t kHRst = 0x10;
inline constexpr std::uint32_t kHRdy = 0x08;
inline constexpr std::uint32_t kHIg = 0x04;
inline constexpr std::uint32_t kHIs = 0x02;
inline constexpr std::uint32_t kHIe = 0x01;

/// Whether a fragment completes its message.
enum class Piece { more, last };

inline base::Bytes bytes(std::string_view hex) {
  return base::from_hex(hex).value();
}

/// Counts what the interrupt line does.
struct LineProbe final : sim::InterruptLine {
  void set_level(sim::Level new_level) override {
    level = new_level;
    if (new_level == sim::Level::high) ++rises;
  }
  sim::Level level = sim::Level::low;
  int rises = 0;
};

struct PowerProbe final : sim::PowerControl {
  void request_power_cut() override { ++cuts; }
  void request_me_reset() override { ++me_resets; }
  int cuts = 0;
  int me_resets = 0;
};

/// Answers what it is told to answer: by default, what it received.
struct ScriptedClient final : MeClient {
  protocol::hbm::ClientProperties properties() const override { return props; }
  void receive(Connection from, base::ByteView message) override {
    received.push_back({from, base::Bytes(message.begin(), message.end())});
    if (port == nullptr) return;
    for (int i = 0; i < answers; ++i) port->reply(from, answer.value_or(received.back().message));
  }
  bool owes_answer(Connection) const override { return owes; }
  void disconnected(Connection connection) override { closed.push_back(connection); }

  struct Received {
    Connection from;
    base::Bytes message;
  };
  protocol::hbm::ClientProperties props{.max_connections = 1, .max_message_length = 512};
  ReplyPort* port = nullptr;  ///< none: it never answers by itself
  std::optional<base::Bytes> answer;
  int answers = 1;
  bool owes = false;  ///< an answer that will come later
  std::vector<Received> received;
  std::vector<Connection> closed;
};

struct Fragment {
  std::uint32_t header = 0;
  base::Bytes payload;
  std::uint8_t me_addr() const { return static_cast<std::uint8_t>(header); }
  std::uint8_t host_addr() const { return static_cast<std::uint8_t>(header >> 8); }
  std::uint32_t length() const { return header >> 16 & 0x1FF; }
  bool last() const { return header >> 31 != 0; }
};

struct Message {
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  base::Bytes payload;
  std::string hex() const { return base::to_hex(payload); }
};

inline constexpr HeciConfig kBenchConfig = {.depth = 32,
                                            .reset_delay = std::chrono::milliseconds(50),
                                            .turnaround = std::chrono::microseconds(300),
                                            .first_dynamic_address = 0x20};

struct HeciBench {
  explicit HeciBench(HeciConfig used = kBenchConfig)
      : config(used), device(config, scheduler, trace, faults, power) {
    device.connect_interrupt(line);
  }

  // Registers.
  std::uint32_t h_csr() { return device.read32(0x04); }
  std::uint32_t me_csr() { return device.read32(0x0C); }
  void write_h_csr(std::uint32_t value) { device.write32(0x04, value); }
  bool me_ready() { return (me_csr() & kHRdy) != 0; }
  static std::uint32_t filled(std::uint32_t csr) { return ((csr >> 16) - (csr >> 8)) & 0xFF; }
  std::uint32_t filled_to_host() { return filled(me_csr()); }
  std::uint32_t filled_from_host() { return filled(h_csr()); }
  void turn() { scheduler.sleep(config.turnaround); }
  void bell() {
    write_h_csr(kHRdy | kHIe | kHIg);
    turn();
  }

  // The link, as Linux brings it up.
  void link_up() {
    write_h_csr(kHRst | kHIg | kHIs | kHIe);
    scheduler.sleep(config.reset_delay);
    ASSERT_TRUE(me_ready());
    write_h_csr(kHIg | kHIe | kHIs);
    write_h_csr(kHRdy | kHIe | kHIg);
  }
  void boot_and_link_up() {
    device.set_ready();
    link_up();
  }
  void hbm_start() {
    send_hbm("01 00 00 01");
    ASSERT_EQ(expect_message().hex(), "81010001");
  }

  // Slots and messages out.
  void write_slots(const std::vector<std::uint32_t>& slots) {
    for (const std::uint32_t slot : slots) device.write32(0x00, slot);
  }
  void write_fragment(std::uint32_t header, const base::Bytes& payload) {
    device.write32(0x00, header);
    for (std::size_t i = 0; i < payload.size(); i += 4) {
      std::uint32_t slot = 0;
      for (std::size_t j = i; j < std::min(i + 4, payload.size()); ++j) {
        slot |= static_cast<std::uint32_t>(payload[j]) << 8 * (j - i);
      }
      device.write32(0x00, slot);
    }
  }
  static std::uint32_t header(std::uint32_t me, std::uint32_t host, std::size_t length,
                              Piece piece) {
    return me | host << 8 | static_cast<std::uint32_t>(length) << 16 |
           (piece == Piece::last ? 0x80000000u : 0);
  }
  /// A whole message in as many fragments as the ring needs, each with its doorbell and the
  /// ME's turn.
  void send(std::uint8_t me, std::uint8_t host, const base::Bytes& message) {
    const std::size_t room = std::min<std::size_t>((config.depth - 1) * 4, 508);
    std::size_t at = 0;
    do {
      const std::size_t length = std::min(room, message.size() - at);
      const auto from = message.begin() + static_cast<std::ptrdiff_t>(at);
      at += length;
      const Piece piece = at == message.size() ? Piece::last : Piece::more;
      write_fragment(header(me, host, length, piece),
                     base::Bytes(from, from + static_cast<std::ptrdiff_t>(length)));
      bell();
    } while (at < message.size());
  }
  void send_hbm(std::string_view hex) { send(0, 0, bytes(hex)); }

  // Slots and messages in.
  std::optional<Fragment> read_fragment() {
    if (filled_to_host() == 0) return std::nullopt;
    Fragment out{.header = device.read32(0x08), .payload = {}};
    EXPECT_EQ(out.header & 0x7E000000, 0u) << "bits 30:25 are 0 on this generation";
    while (out.payload.size() < out.length()) {
      EXPECT_GT(filled_to_host(), 0u);
      const std::uint32_t slot = device.read32(0x08);
      for (int i = 0; i < 4 && out.payload.size() < out.length(); ++i) {
        out.payload.push_back(static_cast<std::uint8_t>(slot >> 8 * i));
      }
    }
    return out;
  }
  /// The next whole message, with a doorbell after each fragment as Linux rings it; none once the
  /// ring stays empty.
  std::optional<Message> read_message() {
    Message out;
    for (;;) {
      const auto fragment = read_fragment();
      if (!fragment) return std::nullopt;
      out.me_addr = fragment->me_addr();
      out.host_addr = fragment->host_addr();
      out.payload.insert(out.payload.end(), fragment->payload.begin(), fragment->payload.end());
      bell();
      if (fragment->last()) return out;
    }
  }
  Message expect_message() {
    const auto message = read_message();
    EXPECT_TRUE(message.has_value()) << "the ME said nothing";
    return message.value_or(Message{});
  }
  void expect_silence() { EXPECT_EQ(filled_to_host(), 0u); }

  // Connections.
  void connect(std::uint8_t me, std::uint8_t host) {
    send(0, 0, {0x06, me, host, 0});
    EXPECT_EQ(expect_message().payload, (base::Bytes{0x86, me, host, 0}));
    EXPECT_EQ(expect_message().payload, (base::Bytes{0x08, me, host, 0, 0, 0, 0, 0}));
  }
  void give_credit(std::uint8_t me, std::uint8_t host) {
    send(0, 0, {0x08, me, host, 0, 0, 0, 0, 0});
  }

  HeciConfig config;
  sim::Scheduler scheduler;
  sim::Trace trace{scheduler};
  sim::FaultPlan faults{trace};
  PowerProbe power;
  LineProbe line;
  HeciDevice device;
};

/// The bench with one echoing client at 20h, the link up and HBM started.
struct StartedBench : HeciBench {
  explicit StartedBench(HeciConfig used = kBenchConfig,
                        const protocol::hbm::ClientProperties& props = {.max_connections = 1,
                                                                        .max_message_length = 512})
      : HeciBench(used) {
    client.props = props;
    client.port = &device.reply_port();
    fixed.port = &device.reply_port();
    device.add_fixed_client(7, fixed);
    EXPECT_EQ(device.add_client(client), 0x20);
    boot_and_link_up();
    hbm_start();
  }
  ScriptedClient client;
  ScriptedClient fixed;  ///< at address 7
};

}  // namespace emulator::heci
