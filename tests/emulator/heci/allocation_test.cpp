// SPDX-License-Identifier: BSD-3-Clause
// Register accesses, fragments and whole messages allocate nothing once the link is up.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "tests/emulator/heci/heci_bench.h"

namespace {
std::size_t allocations = 0;
}

// Never inlined: seen side by side, malloc and free look like a mismatched pair to the compiler.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* place = std::malloc(size)) return place;
  throw std::bad_alloc();
}
// The library's algorithms of GCC 14 ask for their working space so.
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* place) noexcept {
  std::free(place);
}
[[gnu::noinline]] void operator delete(void* place, std::size_t) noexcept {
  std::free(place);
}

namespace emulator::heci {
namespace {

/// Echoes without keeping anything.
struct QuietEcho final : MeClient {
  explicit QuietEcho(ReplyPort& used) : port(used) {}
  protocol::hbm::ClientProperties properties() const override {
    return {.max_connections = 1, .max_message_length = 512};
  }
  void receive(Connection from, base::ByteView message) override { port.reply(from, message); }
  void disconnected(Connection) override {}
  ReplyPort& port;
};

TEST(HeciHotPath, AMessageThereAndBackAllocatesNothing) {
  HeciBench bench;
  QuietEcho echo(bench.device.reply_port());
  bench.device.add_client(echo);
  bench.boot_and_link_up();
  bench.hbm_start();
  bench.connect(0x20, 1);
  const auto round = [&] {
    for (const std::uint32_t slot : {0x80080000u, 0x00012008u, 0u})
      bench.device.write32(0x00, slot);
    bench.device.write32(0x00, 0x80640120);
    for (std::uint32_t i = 0; i < 25; ++i) bench.device.write32(0x00, i);
    bench.bell();
    std::uint32_t slots = 0;
    for (; bench.filled_to_host() > 0; ++slots) {
      bench.device.read32(0x08);
      if (bench.filled_to_host() == 0) bench.bell();
    }
    return slots;
  };
  round();
  const std::size_t before = allocations;
  const std::uint32_t slots = round();
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(slots, 3u + 26u) << "FLOW_CONTROL, and the echo of 100 bytes";
}

}  // namespace
}  // namespace emulator::heci
