// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/log_file.h"

#include <fmt/format.h>

#include "os/private_file.h"
#include "os/safe_text.h"
#include "os/write_all.h"

namespace updater::cli {

base::Result<std::unique_ptr<LogFile>> LogFile::open(const std::string& path) {
  auto log = std::make_unique<LogFile>();
  if (path.empty()) return log;
  auto opened = os::open_private(path, os::Begin::behind_what_is_there);
  if (!opened) {
    base::Error error = opened.error();
    error.doing = "the log cannot be kept: " + error.doing;
    return error;
  }
  log->file_ = std::move(opened).value();
  log->path_ = path;
  return log;
}

std::unique_ptr<LogFile> LogFile::kept_in(std::string& text) {
  auto log = std::make_unique<LogFile>();
  log->text_ = &text;
  return log;
}

void LogFile::note(std::string_view kind, std::string_view text) {
  if (!on()) return;
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  std::string body = os::safe_text(text);
  for (std::size_t at = body.find('\n'); at != std::string::npos; at = body.find('\n', at + 1)) {
    body.replace(at, 1, "\n    ");
  }
  const std::string entry = fmt::format("{} {} {}\n", stamp(), kind, body);
  if (text_ != nullptr) *text_ += entry;
  if (!file_) return;
  written_ = os::write_all(*file_, path_, base::as_bytes(entry)).has_value() && written_;
}

std::string LogFile::stamp() const {
  if (clock_ == nullptr) return "[           -]";
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(clock_->now()).count();
  return fmt::format("[{:5}.{:06}]", micros / 1'000'000, micros % 1'000'000);
}

}  // namespace updater::cli
