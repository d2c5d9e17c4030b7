// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/swtpm/data_peer.h"

#include <poll.h>

#include "emulator/attach/serving_loop.h"
#include "protocol/tpm/frame.h"

namespace emulator::attach::swtpm {
namespace {

using protocol::tpm::announced_size;
using protocol::tpm::error_response;
using protocol::tpm::kHeaderSize;
using Got = PeerStream::Got;

}  // namespace

DataPeer::~DataPeer() {
  if (phase_ == Phase::executing && tpm_.progress(ticket_) == Progress::working) tpm_.cancel();
}

short DataPeer::interest() const {
  return phase_ == Phase::receiving || !stream_.flushed() ? stream_.interest() : short{0};
}

void DataPeer::serve(const Access& access) {
  stream_.flush();
  if (phase_ != Phase::receiving) {
    done_ = true;  // nothing was asked of the file: only its end shows
    return;
  }
  for (int i = 0; i < kMessagesATurn && !is_done() && stream_.flushed(); ++i) {
    if (phase_ != Phase::receiving || !read_frame(access)) return;
    phase_ = Phase::waiting;
    advance(access);
  }
}

/// A length that no command has leaves no way to find the next one: it is answered, and the
/// connection ends.
bool DataPeer::read_frame(const Access& access) {
  if (stream_.read(frame_, kHeaderSize) != Got::all) return false;
  const std::uint32_t size = announced_size(frame_).value_or(0);
  if (size < kHeaderSize || size > access.buffer_size) {
    respond(error_response(ReturnCode::bad_param_size));
    done_ = true;
    return false;
  }
  return stream_.read(frame_, size) == Got::all;
}

void DataPeer::advance(const Access& access) {
  if (phase_ == Phase::waiting) submit(access);
  if (phase_ != Phase::executing) return;
  switch (tpm_.progress(ticket_)) {
    case Progress::working:
      return;
    case Progress::answered:
      return respond(tpm_.take_response(ticket_));
    case Progress::dropped:
      return respond(error_response(ReturnCode::fail));
  }
}

void DataPeer::submit(const Access& access) {
  if (!access.running) return respond(error_response(ReturnCode::fail));
  const auto ticket = tpm_.submit(access.locality, frame_);
  if (!ticket) return;
  ticket_ = *ticket;
  phase_ = Phase::executing;
}

void DataPeer::respond(base::ByteView response) {
  phase_ = Phase::receiving;
  frame_.clear();
  for (os::Descriptor& unasked : stream_.take_descriptors()) unasked.close();
  stream_.write(response);
}

}  // namespace emulator::attach::swtpm
