// SPDX-License-Identifier: GPL-2.0-or-later
#include "emulator/attach/qemu/remote_board.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "os/unix_listener.h"

namespace emulator::attach::qemu {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr base::TimePoint kNever = base::TimePoint::max();

bool send_all(int line, base::ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(line, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

/// Waits until all of them are there.
bool receive_all(int line, os::Waiting& waiting, base::MutableByteView bytes) {
  while (!bytes.empty()) {
    pollfd file = {.fd = line, .events = POLLIN, .revents = 0};
    (void)waiting.wait({&file, 1}, std::nullopt, os::Expected::soon);
    const ssize_t got = ::recv(line, bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace

Result<std::unique_ptr<RemoteBoard>> RemoteBoard::connect(const std::string& socket,
                                                          BoardHost& host, base::TimePoint now) {
  auto line = os::connect_to(socket);
  if (!line) return Error{line.error().code, "board: no story: " + line.error().doing};
  std::unique_ptr<RemoteBoard> board(new RemoteBoard(std::move(*line), host, now));
  board->has_tpm_ = board->ask({.kind = Kind::attach}) == 1;
  if (!board->lost_) return board;
  return Error{Errc::protocol, "board: the story at " + socket + " does not answer"};
}

std::optional<base::TimePoint> RemoteBoard::next_event() {
  if (now_ >= next_ || is_called()) (void)ask({.kind = Kind::run});
  if (next_ == kNever) return std::nullopt;
  return next_;
}

bool RemoteBoard::is_called() const {
  pollfd file = {.fd = line_.number(), .events = POLLIN, .revents = 0};
  return !lost_ && ::poll(&file, 1, 0) > 0;
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
  if (lost_) return kFloating;
  question.now = now_.count();
  if (!send_all(line_.number(), encode(question))) lose_line();
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
  if (!lost_ && !receive_all(line_.number(), waiting_, bytes)) lose_line();
  if (lost_) return false;
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

/// The story has ended: no computer is of any use any more. The file stays open: QEMU may be
/// looking at it, and must not find another's under its number.
void RemoteBoard::lose_line() {
  lost_ = true;
  ::shutdown(line_.number(), SHUT_RDWR);
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
