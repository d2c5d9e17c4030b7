// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>

#include "emulator/tpm/itpm.h"
#include "protocol/heci/registers.h"
#include "protocol/mei/clients.h"
#include "tests/fuzz/small_board.h"
#include "tests/fuzz/targets.h"
#include "updater/mei/heci_host.h"

namespace fuzz {
namespace {

using emulator::machine::Machine;
using std::chrono::microseconds;
using std::chrono::milliseconds;
namespace heci = protocol::heci;

// H_CSR (ICH9 datasheet): IE 1, IS 2, IG 4, RDY 8, RST 10.
constexpr std::uint32_t kReset = 0x15;
constexpr std::uint32_t kReady = 0x0D;

void send(Machine& board, std::uint8_t me_addr, std::uint8_t host_addr, base::ByteView message) {
  const auto length = static_cast<std::uint32_t>(message.size());
  base::Mmio& bar = board.bar0();
  bar.write32(heci::kHCbWw, 0x80000000u | length << 16 | std::uint32_t{host_addr} << 8 | me_addr);
  base::ByteReader in(message);
  while (in.remaining() > 0) bar.write32(heci::kHCbWw, in.u32());
  bar.write32(heci::kHCsr, kReady);
  board.clock().sleep(milliseconds(1));
}

/// HOST_START, ENUMERATE and CONNECT as HBM 1.0 lays them out.
void start_bus(Machine& board, std::uint8_t me_addr) {
  board.bar0().write32(heci::kHCsr, kReset);
  board.clock().sleep(milliseconds(20));
  board.bar0().write32(heci::kHCsr, kReady);
  send(board, 0, 0, base::Bytes{0x01, 0, 0, 1});
  send(board, 0, 0, base::Bytes{0x04, 0, 0, 0});
  send(board, 0, 0, base::Bytes{0x06, me_addr, 1, 0});
}

void read_out(Machine& board, std::uint8_t slots) {
  for (std::uint8_t i = 0; i < slots; ++i) static_cast<void>(board.bar0().read32(heci::kMeCbRw));
  board.bar0().write32(heci::kHCsr, kReady | 2);
  board.clock().sleep(milliseconds(1));
}

void touch_tpm(Machine& board, base::ByteReader& in) {
  base::Mmio& tis = board.itpm()->tis();
  const std::uint32_t offset = in.u16() % emulator::tpm::Itpm::kTisSize;
  const std::uint8_t how = in.u8();
  if (how % 4 == 0) static_cast<void>(tis.read8(offset));
  if (how % 4 == 1) static_cast<void>(tis.read32(offset & ~3u));
  if (how % 4 == 2) tis.write8(offset, in.u8());
  if (how % 4 == 3) tis.write32(offset & ~3u, in.u32());
}

void touch_pci(Machine& board, base::ByteReader& in) {
  constexpr std::uint32_t sizes[] = {1, 2, 4, 3};
  const std::uint8_t offset = in.u8();
  const std::uint32_t size = sizes[in.u8() % 4];
  if (offset % 2 == 0) static_cast<void>(board.pci().read(offset, size));
  board.pci().write(offset, size, in.u32());
}

void power(Machine& board, std::uint8_t how) {
  using emulator::firmware::Sleep;
  switch (how % 7) {
    case 0:
      return board.power_cut();
    case 1:
      return board.power_on();
    case 2:
      return board.reset_platform();
    case 3:
      return board.reset_me();
    case 4:
      return board.sleep(Sleep::s3);
    case 5:
      return board.sleep(Sleep::s4);
    default:
      return board.sleep(Sleep::s5);
  }
}

void act(Machine& board, base::ByteReader& in) {
  switch (in.u8() % 12) {
    case 0: {
      const std::uint32_t offset = in.u8() & ~3u;
      return board.bar0().write32(offset, in.u32());
    }
    case 1:
      static_cast<void>(board.bar0().read32(in.u8() & ~3u));
      return;
    case 2:
      return board.bar0().write32(heci::kHCsr, in.u8() & 0x1F);
    case 3:
      return start_bus(board, in.u8());
    case 4:
    case 5: {
      const std::uint8_t me_addr = in.u8();
      const std::uint8_t host_addr = in.u8();
      return send(board, me_addr, host_addr, in.bytes(in.u8()));
    }
    case 6:
      return read_out(board, in.u8());
    case 7:
      return board.clock().sleep(microseconds(in.u16()));
    case 8:
      return board.clock().sleep(milliseconds(in.u16()));
    case 9:
      return touch_tpm(board, in);
    case 10:
      return touch_pci(board, in);
    default:
      return power(board, in.u8());
  }
}

}  // namespace

void board(base::ByteView bytes) {
  Machine& board = board_with_tpm();
  base::ByteReader in(bytes);
  while (in.remaining() > 0) act(board, in);
  promise((board.bar0().read32(heci::kHCsr) & 0xE0) == 0 || !board.powered(),
          "reserved bits of H_CSR read 0 while there is power");
  boot_anew(board);
  promise(board.firmware().boot_path() == emulator::firmware::BootPath::operational,
          "no host without an image costs a board its code");
  promise(board.firmware().running_version() == kOldVersion, "or changes it");
  updater::mei::HeciHost host(board.bar0(), board.clock(), {.name = "fuzz"});
  promise(host.connect(protocol::mei::kFwuGuid).has_value(),
          "a well-behaved host always gets its connection back");
}

}  // namespace fuzz
