// SPDX-License-Identifier: BSD-3-Clause
// A client of a served machine that is nothing but bytes: it sends what a test says, part by part
// if need be, and looks at what has come back. The server runs in the same thread, a turn at a
// time.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/hex.h"
#include "emulator/attach/serving_loop.h"
#include "emulator/sim/scheduler.h"
#include "os/descriptor.h"
#include "os/unix_listener.h"
#include "tests/temporary_folder.h"

namespace test {

using base::Bytes;
using base::ByteView;
using os::Descriptor;

/// Virtual time stands still unless the test moves it.
class StandingTime final : public emulator::attach::Pace {
 public:
  void catch_up() override {}
  std::optional<base::Duration> patience() override { return base::Duration::zero(); }
  void idle() override {}
};

class Client {
 public:
  explicit Client(const std::string& path) {
    socket_ = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size());
    EXPECT_EQ(::connect(socket_.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0)
        << std::strerror(errno);
  }
  explicit Client(Descriptor socket) : socket_(std::move(socket)) {}

  void send(ByteView bytes, const std::vector<int>& files = {}) const {
    iovec place{.iov_base = const_cast<std::uint8_t*>(bytes.data()), .iov_len = bytes.size()};
    msghdr message{};
    message.msg_iov = &place;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(16 * sizeof(int))> control{};
    if (!files.empty()) {
      message.msg_control = control.data();
      message.msg_controllen = CMSG_SPACE(files.size() * sizeof(int));
      cmsghdr* part = CMSG_FIRSTHDR(&message);
      part->cmsg_level = SOL_SOCKET;
      part->cmsg_type = SCM_RIGHTS;
      part->cmsg_len = CMSG_LEN(files.size() * sizeof(int));
      std::memcpy(CMSG_DATA(part), files.data(), files.size() * sizeof(int));
    }
    EXPECT_EQ(::sendmsg(socket_.number(), &message, MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  void send(const char* hex, const std::vector<int>& files = {}) const {
    send(*base::from_hex(hex), files);
  }

  /// Everything that is there.
  Bytes receive() {
    Bytes all;
    std::array<std::uint8_t, 4096> piece{};
    for (;;) {
      const ssize_t got = ::recv(socket_.number(), piece.data(), piece.size(), MSG_DONTWAIT);
      if (got == 0 || (got < 0 && errno != EAGAIN)) hung_up_ = true;
      if (got <= 0) return all;
      all.insert(all.end(), piece.begin(), piece.begin() + got);
    }
  }
  std::string receive_hex() { return base::to_hex(receive()); }
  /// As of the last receive().
  bool hung_up() const { return hung_up_; }
  void leave() { socket_.close(); }
  int number() const { return socket_.number(); }

 private:
  Descriptor socket_;
  bool hung_up_ = false;
};

struct SocketPair {
  SocketPair() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    ours = Descriptor(ends[0]);
    theirs = Descriptor(ends[1]);
  }
  Descriptor ours;
  Descriptor theirs;
};

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    reader = Descriptor(ends[0]);
    writer = Descriptor(ends[1]);
  }
  Descriptor reader;
  Descriptor writer;
};

/// Open files of this process.
inline std::ptrdiff_t open_files() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

inline os::UnixListener listen_at(const std::string& path) {
  auto listener = os::UnixListener::open(path);
  EXPECT_TRUE(listener) << listener.error().doing;
  return std::move(listener).value();
}

/// No more files can be opened while this lives.
class NoMoreFiles {
 public:
  NoMoreFiles() {
    EXPECT_EQ(::getrlimit(RLIMIT_NOFILE, &before_), 0);
    const rlimit few{.rlim_cur = kFew, .rlim_max = before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    while (files_.emplace_back(::dup(0)).is_open()) continue;
  }
  ~NoMoreFiles() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoMoreFiles(const NoMoreFiles&) = delete;
  NoMoreFiles& operator=(const NoMoreFiles&) = delete;

 private:
  static constexpr rlim_t kFew = 64;
  rlimit before_{};
  std::vector<Descriptor> files_;
};

/// So many turns that whatever one message leads to has happened.
inline constexpr int kEnoughTurns = 4;

inline void run(emulator::attach::ServingLoop& loop) {
  for (int i = 0; i < kEnoughTurns; ++i) loop.turn();
}

}  // namespace test
