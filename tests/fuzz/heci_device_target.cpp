// SPDX-License-Identifier: BSD-3-Clause
#include "tests/fuzz/targets.h"
#include "tests/integration/host_link/host_link_bench.h"

namespace fuzz {
namespace {

using std::chrono::microseconds;

/// One thing a hostile host does. Offsets and values are mostly sensible, or nothing would ever get
/// past the handshake.
void act(test::HostLinkBench& b, base::ByteReader& in) {
  const std::uint8_t choice = in.u8();
  switch (choice % 8) {
    case 0:
      b.device.write32(in.u8(), in.u32());
      return;
    case 1:
      static_cast<void>(b.device.read32(in.u8()));
      return;
    case 2:
      b.device.write32(protocol::heci::kHCsr, in.u8() & 0x1F);
      return;
    case 3:
      b.device.write32(protocol::heci::kHCbWw, in.u32());
      return;
    case 4:
      static_cast<void>(b.device.read32(protocol::heci::kMeCbRw));
      return;
    case 5:
      b.scheduler.sleep(microseconds(in.u16()));
      return;
    case 6:
      b.device.write32(protocol::heci::kHCbWw, (choice & 0x80) != 0 ? 0x80040000 : 0x80080000u);
      return;
    case 7:
      (choice & 0x80) != 0 ? b.device.set_not_ready() : b.device.set_ready();
      return;
    default:
      return;
  }
}

}  // namespace

void heci_device(base::ByteView bytes) {
  test::HostLinkBench b;
  if (!bytes.empty() && bytes[0] % 2 == 0) static_cast<void>(b.connect(protocol::mei::kFwuGuid));
  base::ByteReader in(bytes);
  while (in.remaining() > 0) act(b, in);
  promise((b.device.peek32(protocol::heci::kHCsr) & 0xE0) == 0, "reserved bits of H_CSR read 0");
  b.device.set_not_ready();
  b.device.set_ready();
  const auto fwu = b.connect(protocol::mei::kFwuGuid);
  promise(fwu != nullptr, "a well-behaved host always gets its connection back");
  promise(b.echoes(*fwu, test::pattern(600)), "and its messages");
}

}  // namespace fuzz
