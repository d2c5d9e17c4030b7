// SPDX-License-Identifier: BSD-3-Clause
// A reported command, run again: by our own updater, on a machine made from the profile of the
// board's state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "emulator/machine/profile.h"
#include "emulator/sim/fault_plan.h"
#include "scenarios/engine/image_spec.h"
#include "scenarios/engine/scenario.h"
#include "scenarios/field/board_state.h"

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
ReplayCommand command_for(const ToolRun& run, const BoardState& state);

/// What the logs leave open and a replay has to settle.
struct Circumstances {
  std::vector<emulator::machine::Override> set;  ///< values of the profile
  std::vector<std::string> arguments;            ///< further ones of an update through the TPM
  std::vector<engine::TextFile> files;           ///< that they name as ${file:NAME}
  std::vector<emulator::sim::FaultRule> faults;  ///< armed before the command
  enum class Image : std::uint8_t { right, other_key, other_sku } image = Image::right;
};

/// One after the other.
Circumstances both(const Circumstances& first, const Circumstances& second);

/// Little flash and short images: what is printed and whether an update ends well does not hang on
/// their size, what a search costs does.
Circumstances on_a_small_board();

struct Replayed {
  std::string printed;
  std::string complained;
  int exit = 0;
  bool faults_struck = false;         ///< every fault of the circumstances
  std::vector<std::string> timeline;  ///< messages and events, oldest first; only when asked for
};

enum class Timeline : std::uint8_t { none, kept };

/// The story of one replay: one machine, one command. `profile` is a file.
engine::Scenario story_of(const ReplayCommand& command, const Circumstances& circumstances,
                          const std::string& profile);

/// On a machine that has just booted. `scratch` is a folder for files. Errors: invalid (the profile
/// or the image cannot be made).
base::Result<Replayed> replay(const engine::Scenario& story, const Circumstances& circumstances,
                              const std::string& scratch, Timeline timeline = Timeline::none);

}  // namespace scenarios::field
