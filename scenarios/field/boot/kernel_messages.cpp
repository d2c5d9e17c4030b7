// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boot/kernel_messages.h"

#include <sstream>
#include <utility>

#include "scenarios/field/reading/kernel_line.h"

namespace scenarios::field {
namespace {

bool is_a_drivers_word(Fact fact) {
  return fact == Fact::driver_says || fact == Fact::tpm_answer;
}

/// Every driver of a TPM has it in its name, and no line of mei's speaks of one.
KernelPart part_of(const LogLine& line) {
  if (line.text.find("mei_wdt") != line.text.npos) return KernelPart::watchdog;
  return line.text.find("tpm") == line.text.npos ? KernelPart::engine : KernelPart::tpm;
}

KernelMessage message_of(LogLine line, const std::string& says) {
  const KernelPart part = part_of(line);
  return {std::move(line), part, says, kernel_event(says)};
}

}  // namespace

std::vector<KernelMessage> kernel_messages(const ToolRun& run) {
  std::vector<KernelMessage> all;
  for (const Observation& seen : run.observations) {
    if (is_a_drivers_word(seen.fact)) all.push_back(message_of(seen.line, seen.value));
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
        all.push_back(message_of({.number = number, .text = visible(text)}, told.value));
    }
  }
  return all;
}

}  // namespace scenarios::field
