// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boot/kernel_messages.h"

#include <sstream>

#include "scenarios/field/reading/kernel_line.h"

namespace scenarios::field {
namespace {

bool is_a_drivers_word(Fact fact) {
  return fact == Fact::driver_says || fact == Fact::tpm_answer;
}

}  // namespace

std::vector<KernelMessage> kernel_messages(const ToolRun& run) {
  std::vector<KernelMessage> all;
  for (const Observation& seen : run.observations) {
    if (is_a_drivers_word(seen.fact))
      all.push_back({seen.line, seen.value, kernel_event(seen.value)});
  }
  return all;
}

std::vector<KernelMessage> kernel_messages(const std::string& printed) {
  std::vector<KernelMessage> all;
  std::istringstream lines(printed);
  std::uint32_t number = 0;
  for (std::string text; std::getline(lines, text);) {
    ++number;
    const auto found = as_kernel_line(text);
    if (!found) continue;
    for (const Told& told : found->told) {
      if (is_a_drivers_word(told.fact))
        all.push_back(
            {{.number = number, .text = visible(text)}, told.value, kernel_event(told.value)});
    }
  }
  return all;
}

}  // namespace scenarios::field
