// SPDX-License-Identifier: BSD-3-Clause
// From a pasted kernel log to a board and a fault that make a stock kernel say the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/field/boot/shown_board.h"
#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// What one line of the log rests on.
struct BootReason {
  std::string means;  ///< "the Management Engine does not start"
  LogLine line;
};

struct BootPlan {
  std::string machine;              ///< a profile's name
  std::string profile;              ///< its text, where the report itself shows it; else empty
  std::string machine_because;      ///< why this one
  std::vector<std::string> set;     ///< KEY=VALUE of the profile
  std::vector<std::string> faults;  ///< as `mesim guest --faults` takes them
  std::string tpm_hid;              ///< ACPI hardware ID; empty: the machine's
  std::string waits;                ///< what the guest does before its log is read
  std::vector<BootReason> because;

  bool needs_tpm() const;
  /// For the guest's shell.
  std::string script() const { return waits + "; dmesg"; }
  /// As a person types it: "mesim guest --machine esprimo-e5730 --faults ... -- sh -c ..."; a
  /// report's own board is in the file that --save-profile writes.
  std::string text() const;
  /// "the Management Engine does not start (dmesg.txt:1)"
  std::string reasons() const;
};

/// `shown`: the board that the log is of; null: a stand-in. One without a TPM is none for a log of
/// a TPM's. Nothing: it is no kernel's log, or the bench can bring none of its lines about.
std::optional<BootPlan> boot_plan(const ToolRun& run, const ShownBoard* shown = nullptr);

}  // namespace scenarios::field
