// SPDX-License-Identifier: BSD-3-Clause
// A chip's level-triggered interrupt output, as the next chip on the board sees it.
#pragma once

#include <cstdint>

namespace emulator::sim {

enum class Level : std::uint8_t { low, high };

/// Told each change of the level, and nothing else.
class InterruptLine {
 public:
  virtual ~InterruptLine() = default;
  virtual void set_level(Level level) = 0;
};

}  // namespace emulator::sim
