// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mei/chardev_transport.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>

#include "updater/io/poll.h"
#include "updater/mei/chardev_errors.h"
#include "updater/mei/heci_limits.h"

namespace updater::mei {
namespace {

using base::Bytes;
using base::ByteView;
using base::Duration;
using base::Errc;
using base::Error;
using base::Result;
using std::chrono::milliseconds;

constexpr const char* kSending = "sending to the ME through the mei driver";
constexpr const char* kReceiving = "receiving from the ME through the mei driver";
constexpr milliseconds kLongestPollCall(100);
constexpr milliseconds kPause(1);  // before trying again after a false alarm

bool would_block(int number) {
  return number == EAGAIN || number == EWOULDBLOCK || number == EINTR;
}

}  // namespace

Result<void> ChardevTransport::send(ByteView message, Duration limit) {
  if (message.size() > max_) {
    return Error{Errc::invalid, std::string(kSending) + ": " + std::to_string(message.size()) +
                                    " bytes, its longest message is " + std::to_string(max_)};
  }
  Patience patience = {.left = std::min(limit, io::kLongestWait)};
  for (;;) {
    const ssize_t written = ::write(file_.number(), message.data(), message.size());
    if (written == static_cast<ssize_t>(message.size())) return {};
    if (written >= 0)
      return Error{Errc::io,
                   std::string(kSending) + ": the driver took only a part of the message"};
    if (!would_block(errno)) return transfer_error(kSending, errno);
    if (const auto waited = wait(POLLOUT, patience, kSending); !waited) return waited;
  }
}

Result<Bytes> ChardevTransport::receive(Duration limit) {
  Bytes message(std::min(max_, kLongestMessage));
  Patience patience = {.left = std::min(limit, io::kLongestWait)};
  for (;;) {
    const ssize_t got = ::read(file_.number(), message.data(), message.size());
    if (got >= 0) {
      message.resize(static_cast<std::size_t>(got));
      return message;
    }
    if (!would_block(errno)) return transfer_error(kReceiving, errno);
    if (const auto waited = wait(POLLIN, patience, kReceiving); !waited) return waited.error();
  }
}

// poll() also returns for trouble, which the next read or write names. After a false alarm a pause
// bounds how many there can be.
Result<void> ChardevTransport::wait(short ready, Patience& patience, const char* doing) {
  if (patience.wakes++ > 0) {
    clock_.sleep(kPause);
    patience.left -= kPause;
  }
  while (patience.left > Duration::zero()) {
    const auto slice = std::min(std::chrono::ceil<milliseconds>(patience.left), kLongestPollCall);
    pollfd file = {.fd = file_.number(), .events = ready, .revents = 0};
    const int found = ::poll(&file, 1, static_cast<int>(slice.count()));
    if (found < 0 && errno != EINTR) return transfer_error(doing, errno);
    if (found != 0) return {};
    patience.left -= slice;
  }
  return Error{Errc::timeout, std::string(doing) + ": no answer"};
}

}  // namespace updater::mei
