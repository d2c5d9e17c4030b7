// SPDX-License-Identifier: BSD-3-Clause
// The two circular buffers as the host uses them: one fragment, header slot first, at a time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "protocol/heci/message_header.h"
#include "protocol/heci/slots.h"
#include "updater/mei/heci_registers.h"

namespace updater::mei {

struct Fragment {
  protocol::heci::MessageHeader header;
  std::array<std::uint8_t, 512> data{};
  base::ByteView payload() const { return base::ByteView(data).first(header.length); }
};

class HeciRing {
 public:
  HeciRing(HeciRegisters& registers, base::Clock& clock) : registers_(registers), clock_(clock) {}

  /// Learns depth and pointers once the handshake is done. Errors: disconnected, protocol (a depth
  /// no ring can have).
  base::Result<void> start();

  /// Slots the host may write now. Errors: disconnected (ME_RDY or H_RDY is 0, or a pointer is not
  /// where this host left it: the link was reset), protocol (more slots filled than there are).
  base::Result<std::uint32_t> free_slots();

  /// Payload bytes of the next fragment of a message of which `rest` bytes remain; nothing when
  /// it must wait: a message that does not fit whole is only cut when the ring is empty, as
  /// Linux does.
  base::Result<std::optional<std::uint16_t>> next_fragment(std::size_t rest);

  /// Writes one fragment, for which there must be room, and rings the doorbell. Errors:
  /// disconnected (ME_RDY dropped).
  base::Result<void> write(protocol::heci::MessageHeader header, base::ByteView payload);

  enum class Read : std::uint8_t { nothing, fragment };
  /// Reads the next fragment where there is one. Errors: disconnected; protocol (reserved bits, an
  /// empty header, a length the ring cannot hold, or a payload that does not follow its header
  /// within kFragmentLimit).
  base::Result<Read> read(Fragment& out);

  std::uint32_t depth() const { return depth_; }  ///< slots in the host's ring

 private:
  struct Filled {
    std::uint32_t host = 0;
    std::uint32_t me = 0;
  };
  base::Result<Filled> look();
  base::Result<void> judge(const Fragment& fragment) const;
  base::Result<void> wait_for_payload(std::uint32_t slots);
  base::Result<void> read_payload(Fragment& out);

  HeciRegisters& registers_;
  base::Clock& clock_;
  std::uint32_t depth_ = 0;     ///< of the host's ring
  std::uint32_t me_depth_ = 0;  ///< of the ME's
  std::uint8_t written_ = 0;    ///< where H_CBWP must stand: only this host moves it
  std::uint8_t read_ = 0;       ///< where ME_CBRP must stand
  std::array<std::uint32_t, protocol::heci::kMaxFragmentSlots>
      slots_{};  ///< of the fragment that is moved
};

}  // namespace updater::mei
