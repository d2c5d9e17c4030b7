// SPDX-License-Identifier: BSD-3-Clause
// A field report on the bench: its states as machine profiles on disk, its runs ready to be
// replayed.
#pragma once

#include <compare>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "protocol/firmware_version.h"
#include "protocol/mei/amthi.h"
#include "scenarios/field/boards/build_profile.h"
#include "scenarios/field/boards/reported_board.h"
#include "scenarios/field/replay/comparison.h"
#include "scenarios/field/replay/replay.h"

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
  bool is_not_understood() const {
    return failure.empty() && comparison.verdict == LogVerdict::not_understood;
  }
  LogStatus status() const {
    if (is_not_understood()) return LogStatus::not_understood;
    if (!reproduced()) return LogStatus::differs;
    return comparison.set_aside() == 0 ? LogStatus::reproduced : LogStatus::reproduced_but;
  }
  /// Whether nothing that was understood of the log stands against it.
  bool fits() const { return reproduced() || is_not_understood(); }
  /// The same, and nothing was set aside.
  bool fits_line_for_line() const { return fits() && comparison.set_aside() == 0; }
};

/// How far a search has come, in words, for whoever waits. Called often.
using Progress = std::function<void(const std::string& words)>;

/// An update on a board in one condition, for those who try actions (advice_world.h).
struct TriedUpdate {
  std::string profile;  ///< a file
  Circumstances board;
  protocol::amthi::ProvisioningState provisioning{};
  bool unowned_allowed = false;  ///< by the BIOS, for this boot
  std::string_view way;          ///< UpdateWay::id
  protocol::FirmwareVersion image;

  auto operator<=>(const TriedUpdate&) const = default;
};

class FieldBench {
 public:
  /// Writes a profile for every state into `scratch`, a folder that is the bench's alone.
  /// Errors: io.
  static base::Result<FieldBench> make(FieldReport report, std::string scratch,
                                       Progress progress = {});

  const FieldReport& report() const { return report_; }
  const std::vector<ReportedBoard>& states() const { return states_; }
  const std::vector<ProfileValue>& profile(std::size_t state) const { return profiles_[state]; }
  std::string profile_text(std::size_t state) const;
  const std::string& profile_file(std::size_t state) const { return files_[state]; }
  const std::string& scratch() const { return scratch_; }

  /// The runs that the model covers and whose outcome was understood, in the report's order:
  /// (run, state).
  struct Place {
    std::size_t run;
    std::size_t state;
  };
  const std::vector<Place>& covered() const { return places_; }
  /// Updates that the model covers and of which nobody knows how they ended.
  const std::vector<Place>& not_understood() const { return not_understood_; }
  /// Runs beyond kMostRuns, which are not worked on.
  std::size_t left_out() const;

  /// On a small board. Remembered, as long as the bench is there; what the run cannot notice is not
  /// played again: a fault at a point that it does not reach, a key that nobody checks.
  const ReplayedRun& replay_run(const Place& place, const Circumstances& circumstances);
  /// On a board of full size, with its timeline.
  ReplayedRun replay_with_timeline(const Place& place, const Circumstances& circumstances);

  /// What another command prints where run `place` was. Nothing: it could not be run.
  std::optional<std::string> printed_by(const ReplayCommand& command, const Place& place,
                                        const Circumstances& circumstances);

  /// Tells whoever waits how far a search has come.
  void say(const std::string& words) const {
    if (progress_) progress_(words);
  }

  /// How many runs were played so far.
  std::size_t played() const { return played_; }
  BoardMaker& maker() { return maker_; }
  /// Whether they ended well, as far as they were tried.
  std::map<TriedUpdate, bool>& ends() { return ends_; }

 private:
  static std::vector<Place> places_of(const std::vector<ReportedBoard>& states);
  ReplayedRun play(const Place& place, const Circumstances& circumstances, Timeline timeline);
  std::optional<Circumstances> noticed_less(const Place& place, const Circumstances& circumstances);

  FieldReport report_;
  std::string scratch_;
  Progress progress_;
  std::vector<ReportedBoard> states_;
  std::vector<Place> places_;
  std::vector<Place> not_understood_;
  std::vector<std::vector<ProfileValue>> profiles_;
  std::vector<std::string> files_;
  base::Result<Replayed> replayed(const ReplayCommand& command, const engine::Scenario& story,
                                  const Circumstances& circumstances);

  /// What tells apart what is played, whichever run asks for it.
  struct PlayedStory {
    std::string command;
    std::string image_from;
    std::string machine;
    std::vector<engine::ImageSpec> images;
    Circumstances circumstances;

    auto operator<=>(const PlayedStory&) const = default;
  };

  std::map<std::size_t, std::unordered_map<Circumstances, ReplayedRun>> done_;  ///< by run
  std::map<PlayedStory, base::Result<Replayed>> played_before_;
  BoardMaker maker_;
  std::map<TriedUpdate, bool> ends_;
  std::size_t played_ = 0;
};

}  // namespace scenarios::field
