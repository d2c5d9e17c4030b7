// SPDX-License-Identifier: BSD-3-Clause
// Compiled in the preset `planted` alone.
#include "base/planted.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <optional>

namespace base {
namespace {

constexpr const char* kVariable = "MEBENCH_PLANTED";

#define MEBENCH_NAME(name, ...) #name,
constexpr const char* kNames[] = {MEBENCH_PLANTED_BUGS_LIST(MEBENCH_NAME)};
#undef MEBENCH_NAME

std::optional<PlantedBug> chosen() {
  const char* const wanted = std::getenv(kVariable);
  if (wanted == nullptr || *wanted == '\0') return std::nullopt;
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (std::strcmp(wanted, kNames[i]) == 0) return static_cast<PlantedBug>(i);
  }
  std::fprintf(stderr, "%s=%s: no such bug; they are listed in base/planted.h\n", kVariable,
               wanted);
  std::exit(2);
}

}  // namespace

bool planted(PlantedBug bug) {
  static const std::optional<PlantedBug> kChosen = chosen();
  return kChosen == bug;
}

}  // namespace base
