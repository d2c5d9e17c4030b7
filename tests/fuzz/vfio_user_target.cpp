// SPDX-License-Identifier: BSD-3-Clause
#include <sys/eventfd.h>

#include "emulator/attach/vfio_user/conversation.h"
#include "tests/fuzz/small_board.h"
#include "tests/fuzz/targets.h"

namespace fuzz {
namespace {

namespace vfio = emulator::attach::vfio_user;
using protocol::vfio_user::Command;
using protocol::vfio_user::Header;

std::vector<os::Descriptor> files(std::uint8_t count) {
  std::vector<os::Descriptor> out;
  for (std::uint8_t i = 0; i < count; ++i) out.emplace_back(::eventfd(0, EFD_NONBLOCK));
  return out;
}

/// Version 0.0 and no text: what a monitor begins with.
vfio::Request greeting() {
  return {.header = {.command = Command::version, .message_size = 20},
          .payload = base::Bytes(4),
          .files = {}};
}

vfio::Request request(base::ByteReader& in) {
  vfio::Request out;
  const std::uint8_t how = in.u8();
  out.header.command = static_cast<Command>(how % 16);
  out.header.flags = (how & 0x40) != 0 ? Header::kNoReply : Header::kRequest;
  out.files = files((how & 0x30) >> 4);
  const base::ByteView payload = in.bytes(in.u8());
  out.payload.assign(payload.begin(), payload.end());
  out.header.message_size = static_cast<std::uint32_t>(Header::size + payload.size());
  out.header.id = in.u16();
  return out;
}

}  // namespace

void vfio_user(base::ByteView bytes) {
  emulator::machine::Machine& board = board_with_tpm();
  vfio::Regions regions(board.pci());
  vfio::Interrupts interrupts;
  board.pci().connect(interrupts);
  vfio::Conversation talk(
      regions, interrupts, [&board] { board.reset_platform(); }, std::nullopt);
  base::ByteReader in(bytes);
  if (in.u8() % 8 != 0) static_cast<void>(talk.answer(greeting()));
  while (in.remaining() > 0) {
    vfio::Request one = request(in);
    const std::uint16_t id = one.header.id;
    const base::Bytes reply = talk.answer(std::move(one));
    promise(reply.empty() || reply.size() >= Header::size, "a reply has a header");
    promise(reply.size() <= vfio::kMaxMessage, "and no more than a monitor may expect");
    base::ByteReader header(reply);
    if (!reply.empty()) promise(header.u16() == id, "it is to the request that was made");
    board.clock().sleep(std::chrono::milliseconds(1));
  }
  board.pci().disconnect();
  boot_anew(board);
  promise(board.firmware().boot_path() == emulator::firmware::BootPath::operational,
          "no monitor costs a board its code");
}

}  // namespace fuzz
