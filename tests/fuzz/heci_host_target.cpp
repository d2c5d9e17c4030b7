// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>

#include "tests/fuzz/targets.h"
#include "tests/updater/mei/heci_bench.h"

namespace fuzz {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

/// A well-behaved ME whose reads are changed as the bytes say; when they have run out it behaves.
class HostileBar final : public base::Mmio {
 public:
  HostileBar(test::ScriptedMe& me, base::ByteView bytes) : me_(me), in_(bytes) {}

  std::uint32_t read32(std::uint32_t offset) override {
    const std::uint32_t value = me_.read32(offset);
    if (in_.remaining() == 0) return value;
    const std::uint8_t choice = in_.u8();
    if (choice == 0xFF) return 0xFFFFFFFF;
    if (choice >= 0xF8) return in_.u32();
    if (choice >= 0xF0) return value ^ 1u << (in_.u8() % 32);
    if (choice == 0xEF) me_.drop_link();
    if (choice == 0xEE) me_.restart_unnoticed();
    if (choice == 0xED) me_.send_slots({in_.u32(), in_.u32()});
    if (choice == 0xEC) me_.send(0, 0, in_.bytes(in_.u8() % 40));
    return value;
  }
  void write32(std::uint32_t offset, std::uint32_t value) override { me_.write32(offset, value); }

 private:
  test::ScriptedMe& me_;
  base::ByteReader in_;
};

void exchange(updater::mei::HeciHost& host) {
  auto connected = host.connect(protocol::mei::kFwuGuid);
  if (!connected) return;
  updater::mei::MeiTransport& fwu = **connected;
  promise(fwu.max_message_length() <= 64 * 1024, "a client's maximum is bounded");
  for (const std::size_t size : {4u, 100u, 512u}) {
    const base::Bytes message(std::min<std::size_t>(size, fwu.max_message_length()), 0x5A);
    static_cast<void>(fwu.send(message, milliseconds(100)));
    const auto answer = fwu.receive(milliseconds(100));
    if (answer)
      promise(answer->size() <= fwu.max_message_length(), "no answer is longer than the maximum");
  }
}

}  // namespace

void heci_host(base::ByteView bytes) {
  test::HeciBench b;
  b.me.depth = 16;
  b.me.on_message = [&](const test::ScriptedMe::Message& m) {
    b.me.send(m.me_addr, m.host_addr, m.bytes);
    b.me.send_bus(protocol::hbm::FlowControl{m.me_addr, m.host_addr});
  };
  HostileBar bar(b.me, bytes);
  {
    updater::mei::HeciHost host(bar, b.me, {});
    exchange(host);
    exchange(host);
    // Two connects of two tries of three resets, each at most 2 + 1 + 15 s, a connect of 15 s and a
    // disconnect of 15 s.
    promise(b.me.now() < minutes(6), "every wait of the host ends");
  }
  // Once nobody damages anything, the driver finds its way back.
  promise(b.fwu() != nullptr, "a healthy ME is always found");
}

}  // namespace fuzz
