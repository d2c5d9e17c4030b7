// SPDX-License-Identifier: BSD-3-Clause
// How an update ended and, where it stopped short, the way home: made from its row of
// updater/update/ways_home.h.
#include <fmt/format.h>

#include <algorithm>

#include "protocol/update/tool_errors.h"
#include "updater/report/explanations.h"
#include "updater/report/people.h"
#include "updater/report/printable.h"
#include "updater/report/words.h"

namespace updater::report {
namespace {

using protocol::update::ToolError;
using update::Outcome;
using update::Report;
using update::Seen;
using update::Step;
using update::Stopped;

/// The number's own advice is followed only where the row has none: often it is to take the
/// power away.
std::string device_word(const Report& report) {
  const KnownNumber* known = find_device_status(report.device_status);
  if (known == nullptr) {
    if (!report.saw(Seen::failed)) return "";
    return fmt::format(
        "The firmware says that the update failed: error {}, which is not in any list known "
        "here.\n",
        report.device_status);
  }
  const std::string number = known->kind == NumberOf::update_status
                                 ? fmt::format("Status 0x{:X}", known->number)
                                 : fmt::format("Error {}", known->number);
  const std::string text = fmt::format("{}: {}. {}\n", number, known->title, known->meaning);
  const bool advises = report.home->next == update::Next::heed_reason;
  return advises ? text + fmt::format("Next step: {}\n", known->next_step) : text;
}

std::string reason(const Report& report) {
  const std::string text =
      report.error ? fmt::format("Reason: {}.\n", error_text(*report.error)) : "";
  return text + device_word(report);
}

std::string stopped(const Report& report) {
  return fmt::format("It stopped {}, after {} bytes and {}.\n", words(*report.stopped),
                     report.bytes_sent, duration_text(report.took));
}

/// The update before this one failed, perhaps while its code was written: then the firmware runs on
/// from memory, and what this update has left alone is not what will start again. What stands in
/// the settings may also be older than the last start; the advice harms nobody.
bool may_be_half_written(const Report& report, const update::Plan& plan) {
  if (plan.recovery_mode || report.home == nullptr) return false;
  if (plan.status_before != protocol::update::number(ToolError::internal_error)) return false;
  const auto steps = steps_of(report.home->next);
  const bool takes_power = std::find(steps.begin(), steps.end(), Step::power_cycle) != steps.end();
  const Seen seen = report.home->seen;
  return !takes_power &&
         (seen == Seen::declined || seen == Seen::unchanged || seen == Seen::holding);
}

const char* headline(const Report& report, const update::Plan& plan) {
  switch (report.outcome) {
    case Outcome::updated:
    case Outcome::restart_needed:
      return "";
    case Outcome::failed_unchanged:
      if (may_be_half_written(report, plan)) return "Failed: this update has changed nothing.";
      return report.saw(Seen::occupied) ? "Failed: this update has not begun."
                                        : "Failed: the device was not changed.";
    case Outcome::verify_failed:
      return "NOT VERIFIED.";
    case Outcome::interrupted_rerun:
      return "Interrupted.";
    case Outcome::interrupted_recovery:
      return "INTERRUPTED, RECOVERY NEEDED.";
  }
  return "";
}

std::string untouched(const Report& report, const update::Plan& plan) {
  const bool declined_or_begun_nothing = report.outcome == Outcome::failed_unchanged;
  if (declined_or_begun_nothing) return "";
  if (*report.stopped == Stopped::transferring)
    return may_be_half_written(report, plan) ? " This update has changed nothing."
                                             : " Nothing was changed.";
  if (*report.stopped == Stopped::ending)
    return " Whether the end of the update reached it is not known; it tells of no failure.";
  return "";
}

/// What the device runs, and what is known of its session.
std::string now(const Report& report, const update::Plan& plan) {
  const std::string version = report.version_after ? to_text(*report.version_after) : "";
  switch (report.home->seen) {
    case Seen::declined:
    case Seen::unchanged:
    case Seen::occupied:
      return fmt::format("The device is at rest and runs {}.{}", version, untouched(report, plan));
    case Seen::holding:
      return fmt::format("The device is at rest and runs {}. What was sent waits in the TPM; {}.",
                         version,
                         may_be_half_written(report, plan) ? "this update has changed nothing else"
                                                           : "nothing else was changed");
    case Seen::busy:
      return "The device is still at work on an update.";
    case Seen::failed:
      return fmt::format(
          "The device runs {} from memory, and says that the update failed: the code in its flash "
          "may be half written.",
          version);
    case Seen::recovery:
      return fmt::format(
          "The device runs its recovery code ({}): the operational firmware is not usable.",
          version);
    case Seen::silent:
      return "The device does not answer, so which firmware it runs is not known.";
    case Seen::other:
      return fmt::format("The device is at rest and runs {}; before this update it ran {}.",
                         version, to_text(plan.from));
    case Seen::waiting:
      return fmt::format("{} runs after the next power cycle.", to_text(plan.to));
  }
  return "";
}

std::string ending(const Report& report, const update::Plan& plan) {
  if (report.outcome == Outcome::updated) {
    return fmt::format("Updated: the device reports {} (after {}).\n", to_text(plan.to),
                       duration_text(report.took));
  }
  if (report.outcome == Outcome::restart_needed)
    return fmt::format("Written (after {}). {}\n", duration_text(report.took), now(report, plan));
  return fmt::format("{}\n{}{}{}\n", headline(report, plan), stopped(report), reason(report),
                     now(report, plan));
}

std::string sentence(Step step, const std::string& again) {
  switch (step) {
    case Step::keep_power:
      return "Leave the machine's power on until an update has gone through.\n";
    case Step::wait:
      return "Leave the power on and wait ten minutes.\n";
    case Step::power_cycle:
      return "Take the power away for half a minute, then switch on again.\n";
    case Step::run:
      return continue_with(again);
  }
  return "";
}

std::string way_home_text(const Report& report, const update::Plan& plan,
                          const std::string& again) {
  std::string text = fmt::format("This is safe: {}.\n", report.home->safe_because);
  const bool half_written = may_be_half_written(report, plan);
  if (half_written) {
    text +=
        "But the update before it failed, and the code in the flash may be half written since.\n";
    text += sentence(Step::keep_power, again);
  }
  const bool refused = report.home->next == update::Next::heed_reason;
  if (refused && plan.recovery_mode)
    text += "The device runs its recovery code until an update has gone through.\n";
  if (refused && (plan.recovery_mode || half_written)) return text + continue_with(again);
  for (const Step step : steps_of(report.home->next)) text += sentence(step, again);
  const bool told = find_device_status(report.device_status) != nullptr;
  if (refused && !told)
    text += "Nothing has to be repaired; the same command may be given again.\n";
  return text;
}

}  // namespace

std::string continue_with(const std::string& again) {
  return fmt::format("To continue, run:\n  {}\n", again);
}

std::string taking_away(const std::string& again) {
  return fmt::format("To take it away and begin with this image, run:\n  {}\n", again);
}

std::string precaution_text(const std::string& again) {
  return fmt::format("Should this computer go off meanwhile, run this when it is back:\n  {}\n",
                     again);
}

std::string outcome_text(const Report& report, const update::Plan& plan, const std::string& again) {
  const std::string text = ending(report, plan);
  return report.home == nullptr ? text : text + way_home_text(report, plan, again);
}

}  // namespace updater::report
