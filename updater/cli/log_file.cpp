// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/log_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "updater/cli/safe_text.h"

namespace updater::cli {

base::Result<std::unique_ptr<LogFile>> LogFile::open(const std::string& path) {
  auto log = std::make_unique<LogFile>();
  if (path.empty()) return log;
  errno = 0;
  log->file_.open(path, std::ios::app);
  if (log->file_) return log;
  return base::Error{base::Errc::io,
                     fmt::format("opening the log {}: {}", path, std::strerror(errno)),
                     static_cast<std::uint32_t>(errno)};
}

void LogFile::note(std::string_view kind, std::string_view text) {
  if (!on()) return;
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  std::string body = safe_text(text);
  for (std::size_t at = body.find('\n'); at != std::string::npos; at = body.find('\n', at + 1)) {
    body.replace(at, 1, "\n    ");
  }
  file_ << fmt::format("{} {} {}\n", stamp(), kind, body) << std::flush;
}

std::string LogFile::stamp() const {
  if (clock_ == nullptr) return "[           -]";
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(clock_->now()).count();
  return fmt::format("[{:5}.{:06}]", micros / 1'000'000, micros % 1'000'000);
}

}  // namespace updater::cli
