// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/tpm_words.h"

#include <fmt/format.h>

#include "updater/report/printable.h"
#include "updater/report/words.h"

namespace updater::report {

std::string words(tpm::StartUp state) {
  switch (state) {
    case tpm::StartUp::running:
      return "running";
    case tpm::StartUp::not_started:
      return "not started by the BIOS";
    case tpm::StartUp::self_test_due:
      return "running, self-test due";
    case tpm::StartUp::self_test_runs:
      return "testing itself";
    case tpm::StartUp::self_test_failed:
      return "SELF-TEST FAILED";
  }
  return "unknown";
}

std::string vendor_text(const protocol::tpm::VendorId& vendor) {
  std::string text(vendor.begin(), vendor.end());
  while (!text.empty() && text.back() == '\0') text.pop_back();
  return printable(text);
}

std::string spec_text(const protocol::tpm::TpmVersion& version) {
  return fmt::format("{}.{}.{}.{}", version.major, version.minor, version.rev_major,
                     version.rev_minor);
}

std::string lockout_text(const tpm::LockoutState& lockout) {
  const std::string left =
      lockout.seconds_left
          ? fmt::format(", {} left", duration_text(std::chrono::seconds(*lockout.seconds_left)))
          : "";
  const std::string counted =
      lockout.failures && lockout.threshold
          ? fmt::format("; {} of {} wrong secrets counted", *lockout.failures, *lockout.threshold)
          : "";
  return (lockout.active ? "a lockout RUNS" + left : "none runs") + counted;
}

std::string mode_text(const inventory::TpmInventory& tpm) {
  if (!tpm.permanent || !tpm.this_boot || !tpm.owned) return "";
  return fmt::format("{}, {}, {}", tpm.permanent->disable ? "disabled" : "enabled",
                     *tpm.owned ? "owned" : "unowned",
                     tpm.this_boot->deactivated ? "inactive" : "active");
}

}  // namespace updater::report
