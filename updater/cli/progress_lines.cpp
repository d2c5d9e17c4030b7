// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/progress_lines.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace updater::cli {

void ProgressLines::write(std::string_view line) {
  write(line, reader_stalls_ ? std::chrono::milliseconds(0) : kPatience);
}

void ProgressLines::write_last(std::string_view line) {
  write(line, kLastPatience);
}

void ProgressLines::write(std::string_view line, std::chrono::milliseconds patience) {
  if (ended_ || !reader_is_ready(patience)) return;
  while (!line.empty()) {
    const ssize_t written = ::write(fd_, line.data(), line.size());
    if (written < 0 && errno == EINTR) continue;
    if (written > 0) line.remove_prefix(static_cast<std::size_t>(written));
    ended_ = written <= 0 || (!line.empty() && !reader_is_ready(kPatience));
    if (ended_) return;
  }
}

/// A pipe that is ready takes a whole line: lines are shorter than PIPE_BUF (pipe(7)).
bool ProgressLines::reader_is_ready(std::chrono::milliseconds patience) {
  pollfd file{.fd = fd_, .events = POLLOUT, .revents = 0};
  const bool ready = ::poll(&file, 1, static_cast<int>(patience.count())) == 1;
  reader_stalls_ = !ready;
  return ready;
}

}  // namespace updater::cli
