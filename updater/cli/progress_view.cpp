// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/progress_view.h"

#include <fmt/format.h>

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
  if (lines_) lines_->write(report::one_line(report::progress_json(progress)));
  if (news) {
    output_.log().note("progress", report::one_line(report::progress_json(progress)));
    show(progress);
  }
  last_phase_ = progress.phase;
  last_percent_ = percent(progress);
}

void ProgressView::finish(const update::Report& report, Exit exit) {
  if (shown_ == Shown::bar && last_phase_) output_.draw("\n");
  if (!lines_) return;
  report::Json line = report::outcome_json(report);
  line["exit"] = static_cast<int>(exit);
  lines_->write(report::one_line(line));
}

void ProgressView::show(const Progress& progress) {
  if (shown_ == Shown::bar) draw_bar(progress);
  if (shown_ == Shown::phases && last_phase_ != progress.phase) {
    const char* end = progress.phase == Phase::done ? "." : " ...";
    output_.err(fmt::format("{}{}\n", phase_words(progress.phase), end));
  }
}

void ProgressView::draw_bar(const Progress& progress) {
  constexpr int width = 30;  // with the longest phase still less than a terminal's 80 columns
  const int filled = percent(progress) * width / 100;
  output_.draw(fmt::format("\r[{:<{}}] {:3}%  {:<34}",
                           std::string(static_cast<std::size_t>(filled), '#'), width,
                           percent(progress), phase_words(progress.phase)));
}

}  // namespace updater::cli
