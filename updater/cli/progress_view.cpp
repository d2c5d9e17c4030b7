// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/progress_view.h"

#include <fmt/format.h>

#include <algorithm>

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

constexpr std::size_t kWidestBar = 30;
constexpr std::size_t kNarrowestBar = 8;
constexpr std::size_t kWordsRoom = 34;  ///< for the longest phase, and what it draws over

/// "[####    ]  50%  Transferring", in less than `columns`; without the bar where that is narrow,
/// and without the end of the words where it is narrower still.
std::string bar(const Progress& progress, std::size_t columns) {
  constexpr std::size_t number_room = 6;  // "100%  "
  constexpr std::size_t frame = 3;        // "[] "
  const std::size_t room = std::max(columns, number_room + 1) - 1;
  const std::size_t words = std::min(kWordsRoom, room - number_room);
  const std::string text =
      fmt::format("{:3}%  {:<{}.{}}", percent(progress), phase_words(progress.phase), words, words);
  if (room < text.size() + frame + kNarrowestBar) return text;
  const std::size_t width = std::min(kWidestBar, room - text.size() - frame);
  const std::size_t filled = static_cast<std::size_t>(percent(progress)) * width / 100;
  return fmt::format("[{:<{}}] {}", std::string(filled, '#'), width, text);
}

}  // namespace

ProgressView::ProgressView(Output& output, Shown shown, std::optional<int> fd)
    : output_(output), shown_(shown) {
  if (shown == Shown::bar && output.console().columns() == 0) shown_ = Shown::phases;
  if (fd) lines_.emplace(*fd);
}

void ProgressView::progress(const Progress& progress) {
  const bool news = last_phase_ != progress.phase || last_percent_ != percent(progress);
  if (lines_) lines_->write(report::one_line(report::progress_json(progress)));
  if (news) {
    output_.log().note("progress",
                       [&] { return report::one_line(report::progress_json(progress)); });
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
  lines_->write_last(report::one_line(line));
}

void ProgressView::show(const Progress& progress) {
  if (shown_ == Shown::bar) draw_bar(progress);
  if (shown_ == Shown::phases && last_phase_ != progress.phase) {
    const char* end = progress.phase == Phase::done ? "." : " ...";
    output_.err(fmt::format("{}{}\n", phase_words(progress.phase), end));
  }
}

void ProgressView::draw_bar(const Progress& progress) {
  output_.draw("\r" + bar(progress, output_.console().columns()));
}

}  // namespace updater::cli
