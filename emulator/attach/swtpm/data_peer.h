// SPDX-License-Identifier: BSD-3-Clause
// One connection that carries TPM frames: a command, its response, the next command.
#pragma once

#include <cstdint>

#include "emulator/attach/peer_stream.h"
#include "emulator/attach/swtpm/served_tpm.h"

namespace emulator::attach::swtpm {

/// How the TPM is to be approached for this peer just now.
struct Access {
  bool running = true;  ///< false: it has not been initialised, or was stopped
  std::uint8_t locality = 0;
  std::uint32_t buffer_size = 0;  ///< bytes of the longest command
};

class DataPeer {
 public:
  DataPeer(PeerStream stream, ServedTpm& tpm, base::Bytes beginning)
      : stream_(std::move(stream)), tpm_(tpm), frame_(std::move(beginning)) {}
  ~DataPeer();
  DataPeer(const DataPeer&) = delete;
  DataPeer& operator=(const DataPeer&) = delete;

  PeerStream& stream() { return stream_; }
  /// A peer that waits for a response is listened to for its death only.
  short interest() const;
  void serve(const Access& access);
  /// Hands a response over that has come meanwhile, and a command that had to wait.
  void advance(const Access& access);
  bool is_done() const { return done_ || stream_.is_gone(); }

 private:
  enum class Phase : std::uint8_t {
    receiving,
    waiting,    ///< a whole command, which the TPM did not take yet
    executing,  ///< the TPM works on it
  };

  bool read_frame(const Access& access);
  void submit(const Access& access);
  void respond(base::ByteView response);

  PeerStream stream_;
  ServedTpm& tpm_;
  base::Bytes frame_;
  Phase phase_ = Phase::receiving;
  Ticket ticket_{};  ///< while executing
  bool done_ = false;
};

}  // namespace emulator::attach::swtpm
