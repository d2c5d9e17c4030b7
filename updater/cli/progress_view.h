// SPDX-License-Identifier: BSD-3-Clause
// Where an update's progress goes: a bar on a terminal or a line a phase, JSON lines to a file
// descriptor, the log. Also carries the person's wish to stop.
#pragma once

#include <optional>

#include "updater/cli/command.h"
#include "updater/cli/progress_lines.h"
#include "updater/update/carry_out.h"
#include "updater/update/progress.h"

namespace updater::cli {

enum class Shown : std::uint8_t { bar, phases, nothing };

class ProgressView final : public update::ProgressListener {
 public:
  /// A terminal that cannot draw over a line gets one line a phase instead of a bar.
  ProgressView(Output& output, Shown shown, std::optional<int> fd);

  void progress(const update::Progress& progress) override;
  bool stop_requested() override { return output_.console().stop_requested(); }

  /// Ends the bar's line and tells programs how it ended.
  void finish(const update::Report& report, Exit exit);

 private:
  void show(const update::Progress& progress);
  void draw_bar(const update::Progress& progress);

  Output& output_;
  Shown shown_;
  std::optional<ProgressLines> lines_;
  std::optional<update::Phase> last_phase_;
  int last_percent_ = -1;
};

}  // namespace updater::cli
