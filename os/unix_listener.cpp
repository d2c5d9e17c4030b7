// SPDX-License-Identifier: BSD-3-Clause
#include "os/unix_listener.h"

#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "os/stream_socket.h"
#include "os/system_error.h"
#include "os/unix_address.h"

namespace os {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr int kBacklog = 4;

Error failure(const std::string& doing, int number) {
  Error error = system_error(doing, number);
  error.code = Errc::io;
  return error;
}

Error not_made(const std::string& path, int error) {
  return failure("making the socket " + path, error);
}

Result<sockaddr_un> address_of(const std::string& path) {
  if (const auto address = unix_address(path)) return *address;
  return Error{Errc::invalid, "the socket path \"" + path + "\" must have 1 to " +
                                  std::to_string(kLongestSocketPath) +
                                  " bytes; choose a shorter folder"};
}

/// Makes room for a new socket where a killed program left its own.
Result<void> clear_place(const sockaddr_un& address, const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) {
    return errno == ENOENT ? Result<void>() : not_made(path, errno);
  }
  if (!S_ISSOCK(found.st_mode)) {
    return Error{Errc::invalid, path + " is there and is not a socket; choose another path"};
  }
  const int error = connected_socket(raw(address), sizeof address, Calls::return_at_once).error;
  if (error == 0 || error == EAGAIN)
    return Error{Errc::busy, "a program listens on " + path + " already"};
  if (error != ECONNREFUSED) return not_made(path, error);
  if (::unlink(path.c_str()) != 0) return not_made(path, errno);
  return {};
}

}  // namespace

Result<UnixListener> UnixListener::open(const std::string& path) {
  const Result<sockaddr_un> address = address_of(path);
  if (!address) return address.error();
  if (const auto clear = clear_place(*address, path); !clear) return clear.error();
  Descriptor socket = stream_socket(AF_UNIX, Calls::return_at_once);
  if (!socket.is_open()) return not_made(path, errno);
  // The mode is right from the first moment: nobody slips in between bind() and chmod().
  const mode_t before = ::umask(0177);
  const int bound = ::bind(socket.number(), raw(*address), sizeof *address);
  const int error = errno;
  ::umask(before);
  if (bound != 0) return not_made(path, error);
  UnixListener listener(std::move(socket), path);
  if (::listen(listener.number(), kBacklog) != 0) return not_made(path, errno);
  return listener;
}

UnixListener::~UnixListener() {
  if (socket_.is_open()) ::unlink(path_.c_str());
}

Result<Descriptor> connect_to(const std::string& path) {
  const Result<sockaddr_un> address = address_of(path);
  if (!address) return address.error();
  ConnectedSocket line = connected_socket(raw(*address), sizeof *address, Calls::wait);
  if (line.error != 0) return failure("connecting to the socket " + path, line.error);
  return std::move(line.socket);
}

void UnixListener::list(std::vector<pollfd>& wanted) {
  if (std::exchange(starved_, false)) return;
  wanted.push_back({.fd = socket_.number(), .events = POLLIN, .revents = 0});
}

std::optional<Descriptor> UnixListener::accept() {
  Descriptor peer(::accept4(socket_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (peer.is_open()) return peer;
  starved_ = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
  return std::nullopt;
}

}  // namespace os
