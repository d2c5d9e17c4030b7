// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/progress_view.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

#include "updater/report/json.h"

namespace updater::cli {
namespace {

using update::Phase;
using update::Progress;

int percent(const Progress& progress) {
  if (progress.bytes_total == 0) return 0;
  return static_cast<int>(progress.bytes_done * 100 / progress.bytes_total);
}

const char* phase_words(Phase phase) {
  switch (phase) {
    case Phase::starting:
      return "Starting";
    case Phase::transferring:
      return "Transferring";
    case Phase::verifying:
      return "The firmware verifies the image";
    case Phase::committing:
      return "The firmware writes the new code";
    case Phase::restarting:
      return "Waiting for the ME to come back";
    case Phase::checking:
      return "Checking what the device reports";
    case Phase::done:
      return "Done";
  }
  return "";
}

}  // namespace

void ProgressView::progress(const Progress& progress) {
  const bool news = last_phase_ != progress.phase || last_percent_ != percent(progress);
  if (fd_) write_line(report::one_line(report::progress_json(progress)));
  if (news) {
    output_.log().note("progress", report::one_line(report::progress_json(progress)));
    show(progress);
  }
  last_phase_ = progress.phase;
  last_percent_ = percent(progress);
}

void ProgressView::finish(const update::Report& report, Exit exit) {
  if (shown_ == Shown::bar && last_phase_) output_.draw("\n");
  if (!fd_) return;
  report::Json line = report::outcome_json(report);
  line["exit"] = static_cast<int>(exit);
  write_line(report::one_line(line));
}

void ProgressView::show(const Progress& progress) {
  if (shown_ == Shown::bar) draw_bar(progress);
  if (shown_ == Shown::phases && last_phase_ != progress.phase) {
    const char* end = progress.phase == Phase::done ? "." : " ...";
    output_.err(fmt::format("{}{}\n", phase_words(progress.phase), end));
  }
}

void ProgressView::draw_bar(const Progress& progress) {
  constexpr int width = 40;
  const int filled = percent(progress) * width / 100;
  output_.draw(fmt::format("\r[{:<{}}] {:3}%  {:<34}",
                           std::string(static_cast<std::size_t>(filled), '#'), width,
                           percent(progress), phase_words(progress.phase)));
}

/// A reader that went away must not end an update: what cannot be written is dropped.
void ProgressView::write_line(const std::string& line) {
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t written = ::write(*fd_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return fd_.reset();
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace updater::cli
