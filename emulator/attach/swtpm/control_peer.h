// SPDX-License-Identifier: BSD-3-Clause
// One connection of the control channel: commands are cut out of its stream.
#pragma once

#include "emulator/attach/peer_stream.h"
#include "emulator/attach/swtpm/control_commands.h"

namespace emulator::attach::swtpm {

class ControlPeer {
 public:
  /// `beginning` was read from the stream already: at most the four bytes of a command's number.
  ControlPeer(PeerStream stream, ServedTpm& tpm, base::Bytes beginning)
      : stream_(std::move(stream)), commands_(tpm), number_(std::move(beginning)) {}

  PeerStream& stream() { return stream_; }
  ControlCommands& commands() { return commands_; }
  /// Answers every whole command that is there.
  void serve();
  /// The peer hung up, or what it sent cannot be followed.
  bool is_done() const { return done_ || stream_.is_gone(); }

 private:
  bool read_number();
  bool read_body();
  void answer();

  PeerStream stream_;
  ControlCommands commands_;
  base::Bytes number_;
  base::Bytes body_;
  std::size_t padding_ = 0;  ///< bytes the last command may still have behind it
  bool done_ = false;
};

}  // namespace emulator::attach::swtpm
