// SPDX-License-Identifier: BSD-3-Clause
#include <sys/socket.h>

#include <array>

#include "emulator/attach/swtpm/control_peer.h"
#include "emulator/attach/swtpm/data_peer.h"
#include "emulator/attach/swtpm/itpm_port.h"
#include "tests/fuzz/small_board.h"
#include "tests/fuzz/targets.h"

namespace fuzz {
namespace {

namespace attach = emulator::attach;
namespace channel = emulator::attach::swtpm;

/// A stream socket's two ends; ours takes whatever is written, and forgets what comes back.
class Line {
 public:
  Line() {
    std::array<int, 2> ends{};
    promise(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0,
            "a pair of sockets is made");
    ours_ = os::Descriptor(ends[0]);
    theirs_ = os::Descriptor(ends[1]);
  }
  attach::PeerStream stream() { return attach::PeerStream(std::move(theirs_)); }
  void write(base::ByteView bytes) {
    static_cast<void>(::send(ours_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
  }
  void drain() {
    std::array<char, 4096> ignored{};
    while (::recv(ours_.number(), ignored.data(), ignored.size(), 0) > 0) {
    }
  }

 private:
  os::Descriptor ours_;
  os::Descriptor theirs_;
};

/// INIT with no flags, as QEMU begins.
constexpr std::uint8_t kInit[] = {0, 0, 0, 2, 0, 0, 0, 0};

}  // namespace

void swtpm(base::ByteView bytes) {
  emulator::machine::Machine& board = board_with_tpm();
  const auto config = board.profile().tpm;
  channel::ItpmPort port(*board.itpm(), config);
  Line control_line;
  Line data_line;
  channel::ControlPeer control(control_line.stream(), port, {});
  channel::DataPeer data(data_line.stream(), port, {});
  base::ByteReader in(bytes);
  if (in.u8() % 8 != 0) control_line.write(kInit);
  while (in.remaining() > 0) {
    const std::uint8_t how = in.u8();
    Line& line = how % 2 == 0 ? control_line : data_line;
    line.write(in.bytes(in.u8()));
    if (!control.is_done()) control.serve();
    const channel::Access access{.running = control.commands().phase() != channel::Phase::stopped,
                                 .locality = control.commands().locality(),
                                 .buffer_size = control.commands().buffer_size()};
    promise(access.locality <= 4, "there are five localities");
    promise(access.buffer_size >= channel::kMinBuffer && access.buffer_size <= channel::kMaxBuffer,
            "a buffer is as large as the protocol has it");
    if (!data.is_done()) data.serve(access);
    board.clock().sleep(std::chrono::milliseconds(how));
    if (!data.is_done()) data.advance(access);
    control_line.drain();
    data_line.drain();
  }
  port.release();
  boot_anew(board);
  promise(board.itpm()->status().answers, "the TPM is the board's again");
}

}  // namespace fuzz
