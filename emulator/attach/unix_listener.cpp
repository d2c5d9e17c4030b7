// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/unix_listener.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

namespace emulator::attach {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr int kBacklog = 4;

Error failure(const std::string& doing, int error) {
  return {Errc::io, doing + ": " + std::strerror(error), static_cast<std::uint32_t>(error)};
}

Error not_made(const std::string& path, int error) {
  return failure("making the socket " + path, error);
}

Result<sockaddr_un> address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) {
    return Error{Errc::invalid, "the socket path \"" + path + "\" must have 1 to " +
                                    std::to_string(sizeof address.sun_path - 1) +
                                    " bytes; choose a shorter folder"};
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

os::Descriptor new_socket() {
  return os::Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

const sockaddr* raw(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
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
  const os::Descriptor probe = new_socket();
  if (::connect(probe.number(), raw(address), sizeof address) == 0 || errno == EAGAIN) {
    return Error{Errc::busy, "a program listens on " + path + " already"};
  }
  if (errno != ECONNREFUSED) return not_made(path, errno);
  if (::unlink(path.c_str()) != 0) return not_made(path, errno);
  return {};
}

}  // namespace

Result<UnixListener> UnixListener::open(const std::string& path) {
  const Result<sockaddr_un> address = address_of(path);
  if (!address) return address.error();
  if (const auto clear = clear_place(*address, path); !clear) return clear.error();
  os::Descriptor socket = new_socket();
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

Result<os::Descriptor> connect_to(const std::string& path) {
  const Result<sockaddr_un> address = address_of(path);
  if (!address) return address.error();
  os::Descriptor line(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (line.is_open() && ::connect(line.number(), raw(*address), sizeof *address) == 0) return line;
  return failure("connecting to the socket " + path, errno);
}

void UnixListener::list(std::vector<pollfd>& wanted) {
  if (std::exchange(starved_, false)) return;
  wanted.push_back({.fd = socket_.number(), .events = POLLIN, .revents = 0});
}

std::optional<os::Descriptor> UnixListener::accept() {
  os::Descriptor peer(::accept4(socket_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (peer.is_open()) return peer;
  starved_ = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
  return std::nullopt;
}

}  // namespace emulator::attach
