// SPDX-License-Identifier: BSD-3-Clause
// From a pasted kernel log to a board and a fault that make a stock kernel say the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// What one line of the log rests on.
struct BootReason {
  std::string means;  ///< "the Management Engine does not start"
  LogLine line;
};

struct BootPlan {
  std::string machine;              ///< a profile's name
  std::string machine_because;      ///< why this one
  std::vector<std::string> set;     ///< KEY=VALUE of the profile
  std::vector<std::string> faults;  ///< as `mesim guest --faults` takes them
  std::string tpm_hid;              ///< ACPI hardware ID; empty: the machine's
  std::string waits;                ///< what the guest does before its log is read
  std::vector<BootReason> because;

  /// For the guest's shell.
  std::string script() const { return waits + "; dmesg"; }
  /// As a person types it: "mesim guest --machine esprimo-e5730 --faults ... -- sh -c ...".
  std::string text() const;
  /// "the Management Engine does not start (dmesg.txt:1)"
  std::string reasons() const;
};

/// Nothing: it is no kernel's log, or no line of it is one that the bench can bring about.
std::optional<BootPlan> boot_plan(const ToolRun& run);

}  // namespace scenarios::field
