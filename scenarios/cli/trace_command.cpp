// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/trace_command.h"

#include <algorithm>
#include <string_view>

#include "emulator/trace/trace_reader.h"
#include "os/read_file.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"

namespace scenarios::cli {
namespace {

constexpr std::size_t kMostMebibytes = 1024;

}  // namespace

int show_trace(const TraceArguments& arguments) {
  const auto bytes = os::read_file(arguments.file, kMostMebibytes);
  if (!bytes) {
    complain(bytes.error().doing);
    return kUsage;
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  emulator::trace::TraceReader reader;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto words = reader.in_words(text.substr(at, end - at));
    if (!words) {
      complain(arguments.file + ": " + words.error().doing);
      return kUsage;
    }
    say(*words + "\n");
    at = end + 1;
  }
  return 0;
}

}  // namespace scenarios::cli
