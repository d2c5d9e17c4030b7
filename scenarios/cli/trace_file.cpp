// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/trace_file.h"

#include <string_view>
#include <utility>

#include "emulator/trace/trace_reader.h"
#include "os/read_file.h"
#include "scenarios/cli/print.h"

namespace scenarios::cli {

std::optional<std::vector<emulator::trace::TracedStory>> trace_in(const std::string& file) {
  constexpr std::size_t kMostOfIt = 1024;  // MiB
  const auto bytes = os::read_file(file, kMostOfIt);
  if (!bytes) {
    complain(bytes.error().doing);
    return std::nullopt;
  }
  auto stories = emulator::trace::read_trace(
      std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size()));
  if (!stories) {
    complain(file + ": " + stories.error().doing);
    return std::nullopt;
  }
  return std::move(stories).value();
}

}  // namespace scenarios::cli
