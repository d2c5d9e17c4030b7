// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/swtpm_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include "os/error_meanings.h"
#include "os/stream_socket.h"
#include "os/unix_address.h"
#include "updater/tpm/frame_file.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using base::Duration;
using base::Errc;
using base::Error;
using base::Result;
using os::Descriptor;

struct Target {
  sockaddr_storage address{};
  socklen_t size = 0;
};

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

template <class Address>
Target as_target(const Address& address) {
  Target target;
  static_assert(sizeof(address) <= sizeof(target.address));
  std::memcpy(&target.address, &address, sizeof(address));
  target.size = sizeof(address);
  return target;
}

std::optional<Target> target_of(const SocketAddress& where) {
  if (!where.path.empty()) {
    const auto local = os::unix_address(where.path);
    return local ? std::optional(as_target(*local)) : std::nullopt;
  }
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(where.port);
  if (::inet_pton(AF_INET, where.host.c_str(), &v4.sin_addr) == 1) return as_target(v4);
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(where.port);
  if (::inet_pton(AF_INET6, where.host.c_str(), &v6.sin6_addr) == 1) return as_target(v6);
  return std::nullopt;
}

/// What became of a connect() that could not end at once.
Result<void> wait_connected(const Descriptor& socket, const std::string& doing) {
  pollfd file = {.fd = socket.number(), .events = POLLOUT, .revents = 0};
  const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(kConnectLimit);
  if (::poll(&file, 1, static_cast<int>(limit.count())) != 1) {
    return Error{Errc::timeout, doing + ": nobody answers"};
  }
  int number = 0;
  socklen_t size = sizeof(number);
  if (::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &number, &size) != 0) number = errno;
  if (number != 0) return file_error(doing, number);
  return {};
}

/// Where a file is missing that is not the kernel's device, no driver is to be loaded.
constexpr os::Meaning kNoSocket[] = {{.number = ENOENT,
                                      .code = Errc::not_found,
                                      .advice = "nobody serves a TPM there; start it first"}};

}  // namespace

std::optional<SocketAddress> parse_socket_address(std::string_view text) {
  if (text.find('/') != std::string_view::npos) {
    SocketAddress address{.path = std::string(text), .host = {}};
    return target_of(address) ? std::optional(address) : std::nullopt;
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = parse_port(text.substr(colon + 1));
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  if (!port) return std::nullopt;
  SocketAddress address{.path = {}, .host = std::string(host), .port = *port};
  return target_of(address) ? std::optional(address) : std::nullopt;
}

Result<std::unique_ptr<SwtpmSocket>> SwtpmSocket::open(std::string_view where, base::Clock& clock) {
  auto address = parse_socket_address(where);
  if (!address) {
    return Error{Errc::invalid, "connecting to the TPM: \"" + std::string(where) +
                                    "\" is neither a socket's path nor ADDRESS:PORT"};
  }
  std::unique_ptr<SwtpmSocket> tpm(new SwtpmSocket(std::move(*address), where, clock));
  if (const auto connected = tpm->be_connected(); !connected) return connected.error();
  return tpm;
}

Result<void> SwtpmSocket::be_connected() {
  if (socket_) return {};
  const std::string doing = "connecting to " + name_;
  const Target target = *target_of(address_);
  const auto* raw = reinterpret_cast<const sockaddr*>(&target.address);
  os::ConnectedSocket line = os::connected_socket(raw, target.size, os::Calls::return_at_once);
  if (line.error == EAGAIN) return Error{Errc::busy, doing + ": another program is connected"};
  if (line.error == ENOENT) return os::explain(kNoSocket, doing, line.error);
  if (line.error != 0 && line.error != EINPROGRESS) return file_error(doing, line.error);
  if (line.error == EINPROGRESS) {
    if (const auto connected = wait_connected(line.socket, doing); !connected) return connected;
  }
  socket_.emplace(std::move(line.socket));
  return {};
}

/// Who never answered may serve another program, or be no TPM.
Error SwtpmSocket::unanswered(const Error& error) const {
  if (error.code != Errc::disconnected) return error;
  return {Errc::disconnected,
          "connecting to " + name_ +
              ": it hung up; it serves another program, which must leave first, or it is no TPM's "
              "socket (a HECI function's is for --device vfio-user:PATH)",
          error.status};
}

// Between commands a stream is silent: bytes nobody asked for, its end or an error make it useless.
void SwtpmSocket::drop_if_stale() {
  if (!socket_) return;
  std::uint8_t byte = 0;
  const ssize_t seen = ::recv(socket_->number(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  const bool silent = seen < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  if (!silent) socket_.reset();
}

Result<Bytes> SwtpmSocket::transmit(ByteView command, Duration limit) {
  drop_if_stale();
  if (const auto connected = be_connected(); !connected) return connected.error();
  FrameFile file(socket_->number(), FileKind::socket, name_, clock_, waiting_, limit);
  const auto written = file.write(command);
  auto answer = written ? file.read() : Result<Bytes>(written.error());
  if (answer) {
    answered_ = true;
    return answer;
  }
  socket_.reset();
  return answered_ ? answer.error() : unanswered(answer.error());
}

}  // namespace updater::tpm
