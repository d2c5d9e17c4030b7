// SPDX-License-Identifier: BSD-3-Clause
// A story as the engine runs it: one machine, the images it needs, and steps with what each must
// show. docs/scenarios.md is the grammar; the loader turns one file into one of these for every
// point of its matrix.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/toml_tree.h"
#include "emulator/machine/profile.h"
#include "scenarios/engine/image_spec.h"
#include "scenarios/engine/step.h"

namespace scenarios::engine {

using config::Place;

/// What the machine is like when the first step begins.
enum class Begin : std::uint8_t {
  booted,   ///< power is on and the ME has booted
  powered,  ///< power was applied this instant
  off,      ///< no power
};

/// A text file that a command line can name as ${file:NAME}.
struct TextFile {
  std::string name;
  std::string text;

  auto operator<=>(const TextFile&) const = default;
};

struct Scenario {
  std::string id;    ///< "refusals/sku.toml", with "[depth=2]" behind it where there is a matrix
  std::string file;  ///< as it was opened
  std::string title;
  std::vector<std::string> tags;
  std::uint64_t seed = 1;
  std::string machine;
  Place machine_place;
  std::vector<emulator::machine::Override> set;
  Begin begin = Begin::booted;
  std::vector<ImageSpec> images;
  std::vector<TextFile> files;
  std::vector<Step> steps;
  /// What holds in the end whatever befalls the story's update (`mesim explore`).
  std::vector<FactExpectation> explore;
};

}  // namespace scenarios::engine
