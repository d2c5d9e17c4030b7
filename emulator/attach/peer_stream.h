// SPDX-License-Identifier: BSD-3-Clause
// One peer on a stream socket, never waited for: bytes are read as far as they are there, answers
// leave as fast as the peer takes them.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <vector>

#include "base/bytes.h"
#include "os/descriptor.h"

namespace emulator::attach {

class PeerStream {
 public:
  /// What read() came to.
  enum class Got : std::uint8_t { all, part, gone };

  /// As many open files as come with one message. A peer that sends more, or more than this process
  /// can open, is gone.
  static constexpr std::size_t kMaxFiles = 8;

  explicit PeerStream(os::Descriptor socket) : socket_(std::move(socket)) {}

  int number() const { return socket_.number(); }
  /// What poll() is to look for. A peer that leaves answers lying about is not read from.
  short interest() const;

  /// Adds to `into` until it holds `wanted` bytes. Never takes more than that from the socket: open
  /// files that come with bytes (SCM_RIGHTS) then belong to the message those bytes are of.
  Got read(base::Bytes& into, std::size_t wanted);
  /// Adds what is there, without waiting, up to `wanted` in all.
  void read_ahead(base::Bytes& into, std::size_t wanted) { (void)read(into, wanted); }

  /// Open files that came since the last call, in their order.
  std::vector<os::Descriptor> take_descriptors() { return std::exchange(descriptors_, {}); }

  void write(base::ByteView data);
  /// Sends what write() could not.
  void flush();
  bool flushed() const { return waiting_.empty(); }
  /// The peer hung up, sent too many files, or an error made the socket useless.
  bool is_gone() const { return gone_; }

 private:
  std::size_t receive(base::MutableByteView into);
  void keep_descriptors(const msghdr& message);

  os::Descriptor socket_;
  std::vector<os::Descriptor> descriptors_;
  base::Bytes waiting_;
  bool gone_ = false;
};

}  // namespace emulator::attach
