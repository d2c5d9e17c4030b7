// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/swtpm/control_peer.h"

#include "emulator/attach/serving_loop.h"

namespace emulator::attach::swtpm {
namespace {

using base::ByteReader;
using Got = PeerStream::Got;

constexpr std::size_t kNumberSize = 4;

}  // namespace

void ControlPeer::serve() {
  stream_.flush();
  for (int i = 0; i < kMessagesATurn && !is_done() && stream_.flushed(); ++i) {
    if (!read_number() || !read_body()) return;
    answer();
  }
}

bool ControlPeer::read_number() {
  if (stream_.read(number_, kNumberSize) != Got::all) return false;
  // No command is 0: zeros behind a short locality are the padding that came late.
  if (padding_ != 0 && ByteReader(number_).be32() == 0) {
    number_.resize(kNumberSize - std::exchange(padding_, 0));
    return read_number();
  }
  padding_ = 0;
  return true;
}

bool ControlPeer::read_body() {
  const std::uint32_t command = ByteReader(number_).be32();
  BodyLength length = body_length(command, body_);
  while (length.sensible && body_.size() < length.known) {
    if (stream_.read(body_, length.known) != Got::all) return false;
    length = body_length(command, body_);
  }
  if (!length.sensible) {
    stream_.write(commands_.refusal());
    done_ = true;
    return false;
  }
  stream_.read_ahead(body_, length.at_most);
  padding_ = length.at_most - body_.size();
  return true;
}

void ControlPeer::answer() {
  std::vector<os::Descriptor> files = stream_.take_descriptors();
  os::Descriptor file = files.size() == 1 ? std::move(files.front()) : os::Descriptor();
  stream_.write(commands_.answer(ByteReader(number_).be32(), body_, std::move(file)));
  number_.clear();
  body_.clear();
}

}  // namespace emulator::attach::swtpm
