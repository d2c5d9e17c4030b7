// SPDX-License-Identifier: BSD-3-Clause
// A reported command, run again: by our own updater, on a machine made from the profile of the
// board's state.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/engine/image_spec.h"
#include "scenarios/engine/scenario.h"
#include "scenarios/field/boards/board_maker.h"
#include "scenarios/field/boards/reported_board.h"

namespace scenarios::engine {
class World;
}

namespace scenarios::field {

/// What a reported run was, as a command of ours.
struct ReplayCommand {
  std::vector<std::string> arguments;      ///< of meupdate; ${image:NAME} stands for the file
  std::optional<engine::ImageSpec> image;  ///< FWUpdLcl's
  std::string image_from;                  ///< how its version is known, in words
  enum class Way : std::uint8_t { none, heci, tpm } way = Way::none;  ///< of an update

  /// "meupdate update new.bin --format fwupdlcl"
  std::string text() const;
};
/// How an update's image is known: its version is in the log or in the file's name, or assumed.
bool tells_image_version(const ToolRun& run);
ReplayCommand command_for(const ToolRun& run, const ReportedBoard& state);
/// Of `meupdate` for MEInfo in the dialect of `run`, of whose generation boards are built.
std::vector<std::string> info_arguments(const ToolRun& run);

struct Replayed {
  std::string printed;
  std::string complained;
  int exit = 0;
  bool faults_struck = false;  ///< every fault of the circumstances
  /// How far an update came: how often each point was reached since the machine had booted.
  std::array<std::uint64_t, emulator::sim::kFaultPointCount> reached{};
  std::vector<std::string> timeline;  ///< messages and events, oldest first; only when asked for
};

enum class Timeline : std::uint8_t { none, kept };

/// The story of one replay: one machine, one command. `profile` is a file.
engine::Scenario story_of(const ReplayCommand& command, const Circumstances& circumstances,
                          const std::string& profile);

/// `maker`'s bytes become the story's images. Errors: invalid (one cannot be made).
base::Result<void> lend_images(const engine::Scenario& story, BoardMaker& maker,
                               engine::World& world);

/// On a machine of `maker` that has just booted. `scratch` is a folder for files. Errors: invalid
/// (the profile or the image cannot be made).
base::Result<Replayed> replay(const engine::Scenario& story, const Circumstances& circumstances,
                              BoardMaker& maker, const std::string& scratch,
                              Timeline timeline = Timeline::none);

}  // namespace scenarios::field
