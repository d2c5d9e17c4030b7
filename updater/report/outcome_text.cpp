// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>

#include "updater/report/explanations.h"
#include "updater/report/people.h"
#include "updater/report/printable.h"
#include "updater/report/words.h"

namespace updater::report {
namespace {

using update::Outcome;
using update::Report;

/// What the firmware itself said, where it means something. The advice for a number (often: take
/// the power away) is none for a device whose code is suspect.
std::string device_word(const Report& report) {
  const Explanation* known =
      report.device_status > 1 ? find_tool_error(report.device_status) : nullptr;
  if (known == nullptr) {
    return report.code_suspect ? fmt::format(
                                     "The firmware says that the update failed: error {}, "
                                     "which is not in any list known here.\n",
                                     report.device_status)
                               : "";
  }
  const std::string text =
      fmt::format("Error {}: {}. {}\n", known->number, known->title, known->meaning);
  return report.code_suspect ? text : text + fmt::format("Next step: {}\n", known->next_step);
}

std::string reason(const Report& report) {
  const std::string text =
      report.error ? fmt::format("Reason: {}.\n", error_text(*report.error)) : "";
  return text + device_word(report);
}

std::string stopped(const Report& report) {
  return fmt::format("It stopped while {} after {} bytes and {}.\n", name(report.stopped_in),
                     report.bytes_sent, duration_text(report.took));
}

std::string now_running(const Report& report) {
  if (!report.version_after)
    return "The device does not answer, so which firmware it runs is not known.";
  return fmt::format("The device answers and runs {}.", to_text(*report.version_after));
}

std::string rerun_state(const Report& report, const update::Plan& plan) {
  if (report.version_after && report.stopped_in == update::Phase::checking) {
    return now_running(report) +
           " Whether the end of the update reached it is not known; it tells of no failure and "
           "takes the update again.\n";
  }
  if (report.version_after)
    return now_running(report) + " Nothing was changed; it takes the update again.\n";
  return fmt::format(
      "The device does not answer any more. Nothing had been changed: after its power was away for "
      "half a "
      "minute it should run {} again.\n",
      to_text(plan.from));
}

std::string recovery_state(const Report& report) {
  if (report.still_busy) {
    return "The device still says that the update is going on. Leave its power on and look at "
           "`meupdate info` until it is over. If it never is, take the power away for half a "
           "minute before you continue.\n";
  }
  if (!report.version_after) {
    return now_running(report) + " Take its power away for half a minute before you continue.\n";
  }
  return fmt::format(
      "The device runs its recovery code ({}): the operational firmware is not usable. The "
      "recovery code takes "
      "the update again.\n",
      to_text(*report.version_after));
}

/// A device that failed to write what it runs reports the right version all the same.
std::string unverified_headline(const Report& report, const update::Plan& plan) {
  if (report.version_after == plan.to) {
    return fmt::format("NOT VERIFIED: the device reports {}, and that the update failed.\n",
                       to_text(plan.to));
  }
  return fmt::format("NOT VERIFIED: the update ended, but the device does not report {}.\n",
                     to_text(plan.to));
}

/// Firmware that runs on from memory after a failed write has half of the new code in its flash.
std::string unverified_state(const Report& report) {
  if (report.code_suspect) {
    return "Leave the machine's power on until an update has gone through: the code in its flash "
           "may be half written.\n";
  }
  return "Next step: take the power away for half a minute and look at `meupdate info`.\n";
}

std::string ending(const Report& report, const update::Plan& plan) {
  switch (report.outcome) {
    case Outcome::updated:
      return fmt::format("Updated: the device reports {} (after {}).\n", to_text(plan.to),
                         duration_text(report.took));
    case Outcome::restart_needed:
      return fmt::format(
          "Written (after {}). {} runs after the next power cycle: switch the machine off and take "
          "its power "
          "away for half a minute.\n",
          duration_text(report.took), to_text(plan.to));
    case Outcome::failed_unchanged:
      return "Failed: the device was not changed.\n" + stopped(report) + reason(report) +
             (report.version_after ? now_running(report) + "\n" : "");
    case Outcome::verify_failed:
      return unverified_headline(report, plan) + now_running(report) + "\n" + reason(report) +
             unverified_state(report);
    case Outcome::interrupted_rerun:
      return "Interrupted.\n" + stopped(report) + reason(report) + rerun_state(report, plan);
    case Outcome::interrupted_recovery:
      return "INTERRUPTED, RECOVERY NEEDED.\n" + stopped(report) + reason(report) +
             recovery_state(report);
  }
  return "";
}

}  // namespace

std::string continue_with(const std::string& again) {
  return fmt::format("To continue, run:\n  {}\n", again);
}

std::string precaution_text(const std::string& again) {
  return fmt::format("Should this computer go off meanwhile, run this when it is back:\n  {}\n",
                     again);
}

std::string outcome_text(const Report& report, const update::Plan& plan, const std::string& again) {
  return ending(report, plan) + (can_continue(report) ? continue_with(again) : "");
}

}  // namespace updater::report
