// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/console_end.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "os/read_file.h"

namespace scenarios::guest {
namespace {

constexpr std::size_t kLines = 20;
constexpr std::size_t kLargestConsole = 256;  ///< MiB

}  // namespace

std::string end_of_console(const std::string& path) {
  const auto console = os::read_file(path, kLargestConsole);
  std::istringstream file(console ? std::string(console->begin(), console->end()) : std::string());
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) line.pop_back();  // as a serial console ends its lines
    lines.push_back(line);
  }
  std::string end;
  for (std::size_t i = lines.size() - std::min(lines.size(), kLines); i < lines.size(); ++i)
    end += lines[i] + "\n";
  return end;
}

}  // namespace scenarios::guest
