// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/peer_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace emulator::attach {
namespace {

bool is_later(int error) {
  return error == EAGAIN || error == EWOULDBLOCK;
}

}  // namespace

short PeerStream::interest() const {
  return flushed() ? POLLIN : POLLOUT;
}

PeerStream::Got PeerStream::read(base::Bytes& into, std::size_t wanted) {
  while (into.size() < wanted) {
    const std::size_t had = into.size();
    into.resize(wanted);
    const std::size_t got = receive(base::MutableByteView(into).subspan(had));
    into.resize(had + got);
    if (gone_) return Got::gone;
    if (got == 0) return Got::part;
  }
  return Got::all;
}

std::size_t PeerStream::receive(base::MutableByteView into) {
  alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(kMaxFiles * sizeof(int))> control{};
  iovec place{.iov_base = into.data(), .iov_len = into.size()};
  msghdr message{};
  message.msg_iov = &place;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t got = -1;
  do {
    got = ::recvmsg(socket_.number(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0 && is_later(errno)) return 0;
  if (got <= 0) {
    gone_ = true;
    return 0;
  }
  keep_descriptors(message);
  // Some are lost: nobody could tell which message is short of them.
  if ((message.msg_flags & MSG_CTRUNC) != 0 || descriptors_.size() > kMaxFiles) gone_ = true;
  return static_cast<std::size_t>(got);
}

void PeerStream::keep_descriptors(const msghdr& message) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
       part = CMSG_NXTHDR(const_cast<msghdr*>(&message), part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof number);
      descriptors_.emplace_back(number);
    }
  }
}

void PeerStream::write(base::ByteView data) {
  const bool idle = flushed();
  waiting_.insert(waiting_.end(), data.begin(), data.end());
  if (idle) flush();
}

void PeerStream::flush() {
  std::size_t sent = 0;
  while (sent < waiting_.size()) {
    const ssize_t now = ::send(socket_.number(), waiting_.data() + sent, waiting_.size() - sent,
                               MSG_DONTWAIT | MSG_NOSIGNAL);
    if (now < 0 && errno == EINTR) continue;
    if (now < 0 && is_later(errno)) break;
    if (now <= 0) {
      gone_ = true;
      break;
    }
    sent += static_cast<std::size_t>(now);
  }
  if (gone_) sent = waiting_.size();
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(sent));
}

}  // namespace emulator::attach
