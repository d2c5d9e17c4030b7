// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/guest_limits.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "scenarios/engine/world.h"
#include "scenarios/guest/guest_program.h"

namespace scenarios::guest {
namespace {

using namespace engine;
using Reason = std::optional<std::string>;

/// A guest's device is its own; naming another leaves the story's board alone.
constexpr std::array<std::string_view, 4> kDeviceOptions = {"--device", "--tpm", "--state",
                                                            "--set"};

/// mei_me tries as many resets in a row as MEI_MAX_CONSEC_RESET, each for MEI_HW_READY_TIMEOUT
/// (Linux 6.1, drivers/misc/mei), then there is no /dev/mei0 until it is loaded anew.
constexpr auto kDriversPatience = std::chrono::seconds(3 * 2);

Reason reason(const emulator::sim::FaultRule& rule) {
  using namespace emulator::sim;
  const bool delays_boot = rule.point == FaultPoint::boot && rule.action == FaultAction::delay;
  if (!delays_boot || rule.delay < kDriversPatience) return std::nullopt;
  return "fault, boot: Linux gives up an ME that is away for longer than three resets of 2 s";
}

Reason reason(const std::vector<During>& disturbances) {
  for (const During& during : disturbances) {
    if (during.disturbance == Disturbance::reset_link)
      return "during, reset_link: the link is the guest's driver's alone";
    if (during.disturbance == Disturbance::suspend)
      return "during, suspend: the guest's QEMU does not sleep";
    if (during.disturbance == Disturbance::jump_clock)
      return "during, jump_clock: the guest's clock is the guest's";
    if (const Reason why = reason(during.fault)) return why;
  }
  return std::nullopt;
}

Reason reason(const Meupdate& step) {
  if (step.person != Person::none) return "person: nobody sits at the guest's terminal";
  if (step.device_absent) return "device_absent: the guest's board has its device";
  for (const std::string& argument : step.arguments) {
    for (const std::string_view option : kDeviceOptions) {
      if (argument == option || argument.starts_with(std::string(option) + "="))
        return argument + ": the guest has devices of its own";
    }
  }
  return reason(step.during);
}
Reason reason(const OwnUpdater& step) {
  if (const Reason why = reason(step.during)) return why;
  return obstacle_of_program(step);
}
Reason reason(const ResetLink&) {
  return "reset = \"link\": the link is the guest's driver's alone";
}
Reason reason(const Bus&) {
  return "bus: registers and raw messages, below the guest's driver";
}
Reason reason(const Fwu&) {
  return "fwu: messages by hand; in a guest the updater alone sends any";
}
Reason reason(const TpmActions&) {
  return "tpm: commands and registers by hand, below the guest's driver";
}
Reason reason(const TakeSnapshot&) {
  return "snapshot: a guest cannot go back with its board";
}
Reason reason(const Restore&) {
  return "restore: a guest cannot go back with its board";
}
Reason reason(const engine::Power& step) {
  if (step.action != engine::PowerAction::s3) return std::nullopt;
  return "power = \"S3\": the guest's QEMU does not sleep";
}
Reason reason(const ArmFault& step) {
  return reason(step.rule);
}
template <class Other>
Reason reason(const Other&) {
  return std::nullopt;
}

/// What is wrong with a profile is the story's to say when it begins.
bool is_of_windows(const Scenario& story) {
  const auto profile = engine::profile_of(story);
  return profile && profile->host.system == "windows";
}

/// A story that runs nothing in its guest would pass though none had booted.
bool runs_an_updater(const Scenario& story) {
  return std::ranges::any_of(story.steps, [](const Step& step) {
    return std::holds_alternative<Meupdate>(step.action) ||
           std::holds_alternative<OwnUpdater>(step.action);
  });
}

}  // namespace

std::optional<Obstacle> obstacle_in_guest(const Scenario& story) {
  if (story.begin == Begin::powered) {
    return Obstacle{story.machine_place,
                    "begin = \"powered\": no guest is there the instant power comes"};
  }
  if (is_of_windows(story))
    return Obstacle{story.machine_place, "host.system = \"windows\": the guest is Linux"};
  for (const Step& step : story.steps) {
    const auto why = std::visit([](const auto& action) { return reason(action); }, step.action);
    if (why) return Obstacle{step.place, *why};
  }
  if (!runs_an_updater(story))
    return Obstacle{story.machine_place, "it needs no guest: no step runs an updater"};
  return std::nullopt;
}

}  // namespace scenarios::guest
