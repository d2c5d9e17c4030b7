// SPDX-License-Identifier: BSD-3-Clause
// The profiles of scenarios/machines as they were when the program was built: a program that is
// copied somewhere alone has its machines with it.
#pragma once

#include <span>
#include <string_view>

namespace emulator::machine {

struct BuiltInProfile {
  std::string_view name;  ///< "esprimo-e5730"
  std::string_view text;  ///< the whole file
};

/// In no order. The build makes this function's source (built_in_profiles.cmake).
std::span<const BuiltInProfile> built_in_profiles();

}  // namespace emulator::machine
