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

/// What the firmware itself said, where it means something.
const Explanation* device_word(const Report& report) {
  return report.device_status > 1 ? find_tool_error(report.device_status) : nullptr;
}

std::string reason(const Report& report) {
  std::string text;
  if (report.error) text = fmt::format("Reason: {}.\n", error_text(*report.error));
  if (const Explanation* known = device_word(report)) {
    text += fmt::format("Error {}: {}. {}\nNext step: {}\n", known->number, known->title,
                        known->meaning, known->next_step);
  }
  return text;
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

/// Firmware that runs on from memory after a failed write has half of the new code in its flash.
std::string unverified_state(const Report& report, const std::string& again) {
  if (device_word(report) != nullptr) {
    return "Leave the machine's power on until an update has gone through: the code in its flash "
           "may be half written.\n" +
           continue_with(again);
  }
  return "Next step: take the power away for half a minute and look at `meupdate info`.\n";
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
      return fmt::format("NOT VERIFIED: the update ended, but the device does not report {}.\n{}\n",
                         to_text(plan.to), now_running(report)) +
             reason(report) + unverified_state(report, again);
    case Outcome::interrupted_rerun:
      return "Interrupted.\n" + stopped(report) + reason(report) + rerun_state(report, plan) +
             continue_with(again);
    case Outcome::interrupted_recovery:
      return "INTERRUPTED, RECOVERY NEEDED.\n" + stopped(report) + reason(report) +
             recovery_state(report) + continue_with(again);
  }
  return "";
}

}  // namespace updater::report
