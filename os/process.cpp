// SPDX-License-Identifier: BSD-3-Clause
#include "os/process.h"

#include <fstream>

namespace os {

Process process(int pid, const std::string& proc) {
  std::ifstream file(proc + "/" + std::to_string(pid) + "/comm");
  Process found{.pid = pid, .name = {}};
  std::getline(file, found.name);
  return found;
}

std::string to_text(const Process& process) {
  const std::string number = "process " + std::to_string(process.pid);
  return process.name.empty() ? number : process.name + " (" + number + ")";
}

std::string to_text(const std::vector<Process>& processes) {
  std::string text;
  for (const Process& each : processes) text += (text.empty() ? "" : ", ") + to_text(each);
  return text;
}

}  // namespace os
