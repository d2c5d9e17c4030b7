// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boot/booted_log.h"

#include <map>

#include "scenarios/field/boot/kernel_comparison.h"

namespace scenarios::field {

std::vector<BootedLog> bootable_logs(const FieldReport& report,
                                     const std::vector<ShownBoard>& boards) {
  std::vector<BootedLog> logs;
  for (std::size_t i = 0; i < report.runs.size(); ++i) {
    if (auto plan = boot_plan(report.runs[i], board_of(report.runs[i], boards)))
      logs.push_back({.run = i, .plan = std::move(*plan), .failure = {}, .comparison = {}});
  }
  return logs;
}

void boot_logs(std::vector<BootedLog>& logs, const FieldReport& report, const Boot& boot) {
  std::map<std::string, base::Result<std::string>> printed;
  for (BootedLog& log : logs) {
    const std::string plan = log.plan.text();
    auto known = printed.find(plan);
    if (known == printed.end()) {
      if (printed.size() == kMostBoots) continue;
      known = printed.emplace(plan, boot(log.plan)).first;
    }
    if (!known->second) {
      log.state = BootedLog::State::no_guest;
      log.failure = known->second.error().doing;
      continue;
    }
    log.state = BootedLog::State::booted;
    log.comparison = compare_kernel_logs(report.runs[log.run], *known->second);
  }
}

}  // namespace scenarios::field
