// SPDX-License-Identifier: BSD-3-Clause
// What is wrong in a story's text, told with its place.
#pragma once

#include <string>

#include "base/result.h"
#include "emulator/machine/toml_tree.h"

namespace scenarios::engine {

/// Errc::invalid, "FILE:LINE:COLUMN: what".
inline base::Error wrong_at(const emulator::machine::Place& place, const std::string& what) {
  return {base::Errc::invalid, to_text(place) + ": " + what};
}

}  // namespace scenarios::engine
