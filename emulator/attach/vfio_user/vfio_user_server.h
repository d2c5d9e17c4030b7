// SPDX-License-Identifier: BSD-3-Clause
// The machine's HECI function at a unix socket, for monitors that speak vfio-user (QEMU from 10.1
// on) and for programs that drive it themselves.
#pragma once

#include <functional>
#include <optional>

#include "emulator/attach/peer_stream.h"
#include "emulator/attach/serving_loop.h"
#include "emulator/attach/vfio_user/conversation.h"
#include "os/unix_listener.h"

namespace emulator::attach::vfio_user {

/// One monitor at a time; a second is hung up on. When the one there is leaves or dies, the machine
/// goes on and the next may come.
class VfioUserServer final : public Attachment {
 public:
  /// `board`: which one it is, for clients that ask.
  VfioUserServer(os::UnixListener listener, pci::HeciFunction& function,
                 std::function<void()> reset,
                 std::optional<protocol::BoardId> board = std::nullopt);

  void list(std::vector<pollfd>& wanted) override;
  void serve(std::span<const pollfd> ready) override;
  void time_passed() override {}

 private:
  struct Peer {
    PeerStream stream;
    Conversation conversation;
    base::Bytes header;
    base::Bytes payload;
    bool lost = false;  ///< what it sent cannot be followed
  };

  void accept();
  void converse();
  bool read_message();
  void drop();

  os::UnixListener listener_;
  Regions regions_;
  Interrupts interrupts_;
  std::function<void()> reset_;
  std::optional<protocol::BoardId> board_;
  std::optional<Peer> peer_;
};

}  // namespace emulator::attach::vfio_user
