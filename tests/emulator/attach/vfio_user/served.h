// SPDX-License-Identifier: BSD-3-Clause
// A HECI function over registers that a test can look at, served at a socket.
#pragma once

#include <sys/eventfd.h>

#include <map>
#include <vector>

#include "emulator/attach/vfio_user/vfio_user_server.h"
#include "tests/emulator/attach/wire.h"
#include "tests/temporary_folder.h"

namespace emulator::attach::vfio_user {

using test::Bytes;
using test::ByteView;
using test::Client;

/// Notes every bus cycle.
class NotedRegisters final : public base::Mmio {
 public:
  std::uint32_t read32(std::uint32_t offset) override {
    cycles.push_back("r" + std::to_string(offset));
    return values[offset];
  }
  void write32(std::uint32_t offset, std::uint32_t value) override {
    cycles.push_back("w" + std::to_string(offset));
    values[offset] = value;
  }
  std::map<std::uint32_t, std::uint32_t> values{
      {0, 0x11111111}, {4, 0x22222222}, {8, 0x33333333}, {12, 0x87654321}};
  std::vector<std::string> cycles;
};

class Event {
 public:
  int number() const { return file_.number(); }
  /// How often it was signalled since the last look.
  std::uint64_t count() const {
    std::uint64_t events = 0;
    return ::read(file_.number(), &events, sizeof events) == sizeof events ? events : 0;
  }
  void signal() const {
    const std::uint64_t one = 1;
    EXPECT_EQ(::write(file_.number(), &one, sizeof one), static_cast<ssize_t>(sizeof one));
  }

 private:
  os::Descriptor file_{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
};

/// VERSION 0.0 with a NUL for text, id 1; its header alone would be 16 bytes.
inline constexpr const char* kHello = "0100 0100 15000000 00000000 00000000 0000 0000 00";
/// The text that comes back ends so.
inline constexpr std::size_t kHelloReply = 16 + 4 + 60 + 1;

inline const protocol::BoardId kBoard{{0x5A, 0x01, 0x02, 0x03}};

class Served : public testing::Test {
 protected:
  Served() { loop.add(server); }

  Client connect() { return Client(folder.file("heci")); }
  std::string ask(Client& client, const std::string& hex, const std::vector<int>& files = {}) {
    client.send(hex.c_str(), files);
    test::run(loop);
    return client.receive_hex();
  }

  tests::TemporaryFolder folder;
  test::StandingTime time;
  NotedRegisters registers;
  pci::HeciFunction function{pci::PciConfig{}, registers};
  int resets = 0;
  VfioUserServer server{test::listen_at(folder.file("heci")), function, [this] { ++resets; },
                        kBoard};
  ServingLoop loop{time};
};

/// A monitor that has said its version.
class Monitor : public Served {
 protected:
  Monitor() { EXPECT_EQ(Served::ask(client, kHello).size(), 2 * kHelloReply); }
  std::string ask(const std::string& hex, const std::vector<int>& files = {}) {
    return Served::ask(client, hex, files);
  }
  /// A request of `command` with this body: the reply's flags and error, and its body.
  std::string request(std::uint16_t command, const std::string& body,
                      const std::vector<int>& files = {}) {
    const std::string reply = ask(message(command, body), files);
    if (reply.size() < 32) return "no reply";
    EXPECT_EQ(reply.substr(0, 8), message(command, "").substr(0, 8)) << "id and command";
    const auto size = base::ByteReader(*base::from_hex(reply.substr(8, 8))).u32();
    EXPECT_EQ(size * 2, reply.size());
    if (reply.substr(16, 8) == "21000000") return "error " + errno_of(reply);
    EXPECT_EQ(reply.substr(16, 16), "0100000000000000");
    return reply.substr(32);
  }
  static std::string message(std::uint16_t command, const std::string& body,
                             std::uint32_t flags = 0) {
    const Bytes tail = *base::from_hex(body);
    Bytes head(16);
    base::ByteWriter(head)
        .u16(7)
        .u16(command)
        .u32(static_cast<std::uint32_t>(16 + tail.size()))
        .u32(flags)
        .u32(0);
    return base::to_hex(head) + base::to_hex(tail);
  }
  static std::string errno_of(const std::string& reply) {
    return std::to_string(base::ByteReader(*base::from_hex(reply.substr(24, 8))).u32());
  }

  Client client = connect();
};

inline const std::string kInvalid = "error 22";
inline const std::string kUnsupported = "error 95";
inline const std::string kExists = "error 17";
inline const std::string kNotThere = "error 2";

}  // namespace emulator::attach::vfio_user
