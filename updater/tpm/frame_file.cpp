// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/frame_file.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "protocol/tpm/frame.h"
#include "protocol/tpm/types.h"
#include "updater/io/poll.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {

using base::Bytes;
using base::ByteView;
using base::Duration;
using base::Errc;
using base::Error;
using base::MutableByteView;
using base::Result;
using protocol::tpm::kHeaderSize;
using protocol::tpm::kMaxFrame;

namespace {

bool would_block(int number) {
  return number == EAGAIN || number == EWOULDBLOCK || number == EINTR;
}

/// Everything that may still come: size known, and so many bytes. Nothing: not told yet.
std::optional<std::uint32_t> announced(ByteView so_far) {
  if (so_far.size() < kHeaderSize) return std::nullopt;
  return protocol::tpm::announced_size(so_far);
}

}  // namespace

FrameFile::FrameFile(int file, FileKind kind, std::string name, base::Clock& clock,
                     os::Waiting& waiting, Duration limit)
    : file_(file),
      kind_(kind),
      name_(std::move(name)),
      clock_(clock),
      waiting_(waiting),
      end_(clock.now() + std::clamp(limit, Duration::zero(), io::kLongestWait)),
      left_(end_ - clock.now()) {}

Result<void> FrameFile::write(ByteView command) {
  const std::string doing = "sending to the TPM through " + name_;
  while (!command.empty()) {
    const ssize_t sent = kind_ == FileKind::device
                             ? ::write(file_, command.data(), command.size())
                             : ::send(file_, command.data(), command.size(), MSG_NOSIGNAL);
    if (sent < 0 && !would_block(errno)) return file_error(doing, errno);
    if (sent < 0) {
      if (const auto waited = wait(POLLOUT, doing); !waited) return waited;
      continue;
    }
    command = command.subspan(static_cast<std::size_t>(sent));
    if (kind_ == FileKind::device && !command.empty()) {
      return Error{Errc::io, doing + ": the driver took only a part of the command"};
    }
  }
  return {};
}

/// The buffer has room for one byte too many, so that an answer that is too long is seen.
Result<Bytes> FrameFile::read() {
  const std::string doing = "receiving from the TPM through " + name_;
  Bytes answer(kMaxFrame + 1);
  std::size_t got = 0;
  for (;;) {
    const auto size = announced(ByteView(answer).first(got));
    if (size && (*size < kHeaderSize || *size > kMaxFrame || *size < got)) break;
    if (size && *size == got) {
      answer.resize(got);
      return answer;
    }
    const auto more = read_some(MutableByteView(answer).subspan(got));
    if (!more) return more.error();
    if (*more == 0 && got == 0) return Error{Errc::disconnected, doing + ": nothing came"};
    if (*more == 0) return Error{Errc::protocol, doing + ": the answer is too short"};
    got += *more;
  }
  return Error{Errc::protocol, doing + ": the answer is not as long as it says"};
}

// The device is polled first: read before there is an answer, it says "nothing" instead of "later".
Result<std::size_t> FrameFile::read_some(MutableByteView place) {
  const std::string doing = "receiving from the TPM through " + name_;
  for (;;) {
    if (const auto waited = wait(POLLIN, doing); !waited) return waited.error();
    const ssize_t got = ::read(file_, place.data(), place.size());
    if (got >= 0) return static_cast<std::size_t>(got);
    if (!would_block(errno)) return file_error(doing, errno);
  }
}

// poll() also returns for trouble, which the next read or write names.
Result<void> FrameFile::wait(short ready, const std::string& doing) {
  while (left_ > Duration::zero() && clock_.now() < end_) {
    const auto slice = std::min<Duration>(left_, kLongestPollCall);
    // A TPM's driver waits in milliseconds, a TPM behind a socket is a program.
    const auto next = kind_ == FileKind::socket ? os::Expected::soon : os::Expected::later;
    pollfd file = {.fd = file_, .events = ready, .revents = 0};
    const int found = waiting_.wait({&file, 1}, slice, next);
    if (found < 0 && errno != EINTR) return file_error(doing, errno);
    if (found > 0) return {};
    left_ -= slice;
  }
  return Error{Errc::timeout, doing + ": no answer in time"};
}

}  // namespace updater::tpm
