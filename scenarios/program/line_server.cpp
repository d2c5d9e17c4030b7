// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/program/line_server.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace scenarios::program {
namespace {

constexpr std::size_t kShownOfRequest = 60;

bool is_ready(const std::vector<pollfd>& ready, int file, int events) {
  return std::ranges::any_of(ready, [&](const pollfd& each) {
    return each.fd == file && (each.revents & (events | POLLHUP | POLLERR)) != 0;
  });
}

bool would_wait() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

base::Result<LineServer> LineServer::open(const std::string& path, const Devices& devices) {
  auto listener = os::UnixListener::open(path);
  if (!listener) return listener.error();
  return LineServer(std::move(listener).value(), devices);
}

void LineServer::list(std::vector<pollfd>& wanted) {
  if (peers_.size() < kMostPeers) listener_.list(wanted);
  for (const Peer& peer : peers_) {
    const short events = peer.to_send.empty() ? POLLIN : POLLOUT;
    wanted.push_back({.fd = peer.socket.number(), .events = events, .revents = 0});
  }
}

bool LineServer::serve(const std::vector<pollfd>& ready) {
  for (Peer& peer : peers_) {
    const int file = peer.socket.number();
    if (!peer.to_send.empty() && is_ready(ready, file, POLLOUT)) send(peer);
    if (peer.to_send.empty() && is_ready(ready, file, POLLIN)) receive(peer);
  }
  if (is_ready(ready, listener_.number(), POLLIN)) let_in();
  const bool answered = std::ranges::any_of(peers_, [this](Peer& peer) { return answer(peer); });
  forget_the_gone();
  return answered;
}

void LineServer::let_in() {
  auto socket = listener_.accept();
  if (socket) peers_.emplace_back(*std::move(socket), devices_);
}

void LineServer::receive(Peer& peer) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::recv(peer.socket.number(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (got > 0) {
    if (!peer.unheard) peer.received.append(buffer.data(), static_cast<std::size_t>(got));
  } else if (got == 0 || !would_wait()) {
    peer.ended = true;
  }
}

void LineServer::send(Peer& peer) {
  const ssize_t sent = ::send(peer.socket.number(), peer.to_send.data(), peer.to_send.size(),
                              MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent > 0) {
    peer.to_send.erase(0, static_cast<std::size_t>(sent));
    // Hung up on at once, it would lose the answer with what it has not sent yet.
    if (peer.unheard && peer.to_send.empty()) ::shutdown(peer.socket.number(), SHUT_WR);
  } else if (!would_wait()) {
    peer.to_send.clear();
    peer.received.clear();
    peer.ended = true;
  }
}

bool LineServer::answer(Peer& peer) {
  if (!peer.to_send.empty()) return false;
  const std::size_t end = peer.received.find('\n');
  if (end == std::string::npos) {
    if (peer.received.size() < DeviceLines::kLongestLine) return false;
    peer.to_send = "error invalid a request has at most " +
                   std::to_string(DeviceLines::kLongestLine) + " bytes\n";
    peer.received.clear();
    peer.unheard = true;
  } else {
    const std::string request = peer.received.substr(0, end);
    peer.received.erase(0, end + 1);
    last_request_ =
        request.size() > kShownOfRequest ? request.substr(0, kShownOfRequest) + "..." : request;
    peer.to_send = peer.conversation.answer(request) + '\n';
  }
  return true;
}

/// One that has ended may still have requests here: they are answered first.
void LineServer::forget_the_gone() {
  std::erase_if(peers_, [](const Peer& peer) {
    return peer.ended && peer.to_send.empty() && peer.received.find('\n') == std::string::npos;
  });
}

}  // namespace scenarios::program
