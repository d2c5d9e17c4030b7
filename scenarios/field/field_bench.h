// SPDX-License-Identifier: BSD-3-Clause
// A field report on the bench: its states as machine profiles on disk, its runs ready to be
// replayed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/field/board_state.h"
#include "scenarios/field/build_profile.h"
#include "scenarios/field/comparison.h"
#include "scenarios/field/replay.h"

namespace scenarios::field {

/// One reported run and what became of it here.
struct ReplayedRun {
  std::size_t run = 0;    ///< index into FieldReport::runs
  std::size_t state = 0;  ///< index into states
  ReplayCommand command;
  engine::Scenario story;  ///< what was played
  Replayed replay;
  Comparison comparison;
  std::string failure;  ///< why it could not be replayed; empty: it was
  /// A log without an outcome is not reproduced by an update that goes through: its owner would
  /// have been told.
  bool succeeds_beyond() const {
    return comparison.verdict == LogVerdict::prefix && command.image && replay.exit == 0;
  }
  bool reproduced() const {
    return failure.empty() && comparison.reproduced() && !succeeds_beyond();
  }
};

class FieldBench {
 public:
  /// Writes a profile for every state into `scratch`, a folder that is the bench's alone. Errors:
  /// io.
  static base::Result<FieldBench> make(FieldReport report, std::string scratch);

  const FieldReport& report() const { return report_; }
  const std::vector<BoardState>& states() const { return states_; }
  const std::vector<ProfileValue>& profile(std::size_t state) const { return profiles_[state]; }
  std::string profile_text(std::size_t state) const;
  const std::string& profile_file(std::size_t state) const { return files_[state]; }
  const std::string& scratch() const { return scratch_; }

  /// The runs that the model covers, in the report's order: (run, state).
  struct Place {
    std::size_t run;
    std::size_t state;
  };
  std::vector<Place> covered() const;

  /// Runs that were already replayed in the same circumstances are remembered.
  ReplayedRun replay_run(const Place& place, const Circumstances& circumstances);
  /// The same with its timeline.
  ReplayedRun replay_with_timeline(const Place& place, const Circumstances& circumstances) const;

 private:
  ReplayedRun play(const Place& place, const Circumstances& circumstances, Timeline timeline) const;

  FieldReport report_;
  std::string scratch_;
  std::vector<BoardState> states_;
  std::vector<std::vector<ProfileValue>> profiles_;
  std::vector<std::string> files_;
  std::map<std::string, ReplayedRun> done_;
};

}  // namespace scenarios::field
