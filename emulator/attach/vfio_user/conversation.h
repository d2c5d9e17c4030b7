// SPDX-License-Identifier: BSD-3-Clause
// One monitor's conversation: a request in, its reply out. Every length and every number in a
// request is checked before it is used.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "emulator/attach/vfio_user/dma_regions.h"
#include "emulator/attach/vfio_user/interrupts.h"
#include "emulator/attach/vfio_user/regions.h"
#include "os/descriptor.h"
#include "protocol/board_id.h"
#include "protocol/vfio_user/messages.h"

namespace emulator::attach::vfio_user {

/// The largest message a monitor may send; VERSION's text and the largest access fit well.
inline constexpr std::uint32_t kMaxMessage = 8192;
/// Bytes of one REGION_READ or REGION_WRITE, as we tell the monitor.
inline constexpr std::uint32_t kMaxAccess = 4096;

struct Request {
  protocol::vfio_user::Header header;
  base::Bytes payload;
  std::vector<os::Descriptor> files;
};

class Conversation {
 public:
  /// `reset` resets the platform that the function is part of. `board` is told to who asks for it.
  Conversation(Regions& regions, Interrupts& interrupts, std::function<void()> reset,
               const std::optional<protocol::BoardId>& board)
      : regions_(regions), interrupts_(interrupts), reset_(std::move(reset)), board_(board) {}

  /// VERSION was agreed on: who begins with anything else does not speak vfio-user.
  bool greeted() const { return greeted_; }

  /// The whole reply; empty when there is none to give.
  base::Bytes answer(Request request);

 private:
  /// An errno, or 0 and what the reply carries.
  struct Handled {
    std::uint32_t error = 0;
    base::Bytes payload;
  };

  static Handled refused();
  Handled carry_out(Request& request);
  Handled greet(base::ByteView payload);
  Handled map_memory(base::ByteView payload);
  Handled unmap_memory(base::ByteView payload);
  Handled device_info(base::ByteView payload);
  Handled tell_region(base::ByteView payload);
  Handled tell_irq(base::ByteView payload);
  Handled set_irqs(Request& request);
  Handled read_region(base::ByteView payload);
  Handled write_region(base::ByteView payload);
  Handled reset_device(base::ByteView payload);

  Regions& regions_;
  Interrupts& interrupts_;
  std::function<void()> reset_;
  std::optional<protocol::BoardId> board_;
  DmaRegions memory_;
  bool greeted_ = false;
};

}  // namespace emulator::attach::vfio_user
