// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/vfio_user/vfio_user_server.h"

namespace emulator::attach::vfio_user {
namespace {

using namespace protocol::vfio_user;
using Got = PeerStream::Got;

}  // namespace

VfioUserServer::VfioUserServer(os::UnixListener listener, pci::HeciFunction& function,
                               std::function<void()> reset, std::optional<protocol::BoardId> board)
    : listener_(std::move(listener)), regions_(function), reset_(std::move(reset)), board_(board) {
  function.connect(interrupts_);
}

void VfioUserServer::list(std::vector<pollfd>& wanted) {
  listener_.list(wanted);
  if (!peer_) return;
  wanted.push_back(
      {.fd = peer_->stream.number(), .events = peer_->stream.interest(), .revents = 0});
  interrupts_.list(wanted);
}

// Who leaves goes first: the place is free for who comes.
void VfioUserServer::serve(std::span<const pollfd> ready) {
  interrupts_.serve(ready);
  if (peer_ && is_ready(ready, peer_->stream.number())) converse();
  if (is_ready(ready, listener_.number())) accept();
}

void VfioUserServer::accept() {
  while (auto socket = listener_.accept()) {
    if (peer_) continue;
    peer_.emplace(Peer{.stream = PeerStream(std::move(*socket)),
                       .conversation = Conversation(regions_, interrupts_, reset_, board_),
                       .header = {},
                       .payload = {}});
    converse();
  }
}

void VfioUserServer::converse() {
  PeerStream& stream = peer_->stream;
  stream.flush();
  for (int i = 0; i < kMessagesATurn && stream.flushed() && read_message(); ++i) {
    Request request{.header = *decode<Header>(peer_->header),
                    .payload = std::exchange(peer_->payload, {}),
                    .files = stream.take_descriptors()};
    peer_->header.clear();
    const base::Bytes reply = peer_->conversation.answer(std::move(request));
    if (!reply.empty()) stream.write(reply);
  }
  if (peer_->lost || stream.is_gone()) drop();
}

bool VfioUserServer::read_message() {
  if (peer_->stream.read(peer_->header, Header::size) != Got::all) return false;
  const Header header = *decode<Header>(peer_->header);
  const std::uint32_t size = header.message_size;
  const bool is_stranger = !peer_->conversation.greeted() && header.command != Command::version;
  if (is_stranger || size < Header::size || size > kMaxMessage) {
    peer_->lost = true;
    return false;
  }
  return peer_->stream.read(peer_->payload, size - Header::size) == Got::all;
}

void VfioUserServer::drop() {
  peer_.reset();
  interrupts_.forget();
}

}  // namespace emulator::attach::vfio_user
