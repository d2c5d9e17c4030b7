// SPDX-License-Identifier: GPL-2.0-or-later
#include "emulator/attach/qemu/remote_board.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

namespace emulator::attach::qemu {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr base::TimePoint kNever = base::TimePoint::max();

Result<Descriptor> connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return Error{Errc::invalid, "board: the socket's path is too long: " + path};
  std::memcpy(address.sun_path, path.data(), path.size());
  Descriptor line(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto* raw = reinterpret_cast<const sockaddr*>(&address);
  if (line.is_open() && ::connect(line.number(), raw, sizeof address) == 0) return line;
  return Error{Errc::io, "board: no story listens at " + path + ": " + std::strerror(errno)};
}

}  // namespace

Result<std::unique_ptr<RemoteBoard>> RemoteBoard::connect(const std::string& socket,
                                                          BoardHost& host, base::TimePoint now) {
  auto line = connect_to(socket);
  if (!line) return line.error();
  std::unique_ptr<RemoteBoard> board(new RemoteBoard(std::move(*line), host, now));
  board->has_tpm_ = board->ask({.kind = Kind::attach}) == 1;
  if (board->line_.is_open()) return board;
  return Error{Errc::protocol, "board: the story at " + socket + " does not answer"};
}

std::optional<base::TimePoint> RemoteBoard::next_event() {
  if (now_ >= next_ || is_called()) (void)ask({.kind = Kind::run});
  if (next_ == kNever) return std::nullopt;
  return next_;
}

bool RemoteBoard::is_called() const {
  pollfd file = {.fd = line_.number(), .events = POLLIN, .revents = 0};
  return line_.is_open() && ::poll(&file, 1, 0) > 0;
}

void RemoteBoard::reset() {
  (void)ask({.kind = Kind::reset});
}

Result<base::Bytes> RemoteBoard::save() {
  return Error{Errc::unsupported, "the board is a story's; QEMU cannot save it"};
}

Result<void> RemoteBoard::restore(base::ByteView) {
  return Error{Errc::unsupported, "the board is a story's; QEMU cannot put it back"};
}

std::uint32_t RemoteBoard::read_config(std::uint32_t offset, std::uint32_t size) {
  return ask(
      {.kind = Kind::config_read, .width = static_cast<std::uint8_t>(size), .offset = offset});
}

void RemoteBoard::write_config(std::uint32_t offset, std::uint32_t value, std::uint32_t size) {
  (void)ask({.kind = Kind::config_write,
             .width = static_cast<std::uint8_t>(size),
             .offset = offset,
             .value = value});
}

std::uint32_t RemoteBoard::ask(BoardQuestion question) {
  if (!line_.is_open()) return kFloating;
  question.now = now_.count();
  const auto bytes = encode(question);
  if (::send(line_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(bytes.size()))
    lose_line();
  for (BoardWord word; hear(word);) {
    if (word.kind != BoardWord::Kind::answer) {
      obey(word);
      continue;
    }
    next_ = base::TimePoint(word.number);
    return word.value;
  }
  return kFloating;
}

bool RemoteBoard::hear(BoardWord& word) {
  std::array<std::uint8_t, BoardWord::size> bytes{};
  ssize_t got = -1;
  while (line_.is_open() && got < 0) {
    got = ::recv(line_.number(), bytes.data(), bytes.size(), MSG_WAITALL);
    if (got < 0 && errno != EINTR) break;
  }
  if (got != static_cast<ssize_t>(bytes.size())) {
    lose_line();
    return false;
  }
  word = decode_word(bytes);
  return true;
}

void RemoteBoard::obey(const BoardWord& word) {
  const auto level = word.value == 0 ? sim::Level::low : sim::Level::high;
  switch (word.kind) {
    case BoardWord::Kind::intx:
      return host_.set_intx(level);
    case BoardWord::Kind::message:
      return host_.send_message(static_cast<std::uint64_t>(word.number), word.value);
    case BoardWord::Kind::look:
    case BoardWord::Kind::answer:
      return;
  }
}

/// The story has ended: no computer is of any use any more.
void RemoteBoard::lose_line() {
  if (!line_.is_open()) return;
  line_.close();
  next_ = kNever;
  host_.power_lost();
}

std::uint32_t RemoteBoard::Window::read32(std::uint32_t offset) {
  return board_.ask({.kind = read_, .offset = offset});
}
void RemoteBoard::Window::write32(std::uint32_t offset, std::uint32_t value) {
  (void)board_.ask({.kind = write_, .offset = offset, .value = value});
}
std::uint8_t RemoteBoard::Window::read8(std::uint32_t offset) {
  return static_cast<std::uint8_t>(board_.ask({.kind = read_, .width = 1, .offset = offset}));
}
void RemoteBoard::Window::write8(std::uint32_t offset, std::uint8_t value) {
  (void)board_.ask({.kind = write_, .width = 1, .offset = offset, .value = value});
}

}  // namespace emulator::attach::qemu
