// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/ways_home.h"

#include <array>

#include "base/promise.h"
#include "base/reached.h"

namespace updater::update {
namespace {

using Stops = Set<Stopped>;
using Ways = Set<Way>;

constexpr auto kAnyStop =
    Stops::of(Stopped::starting, Stopped::transferring, Stopped::ending, Stopped::committing);
constexpr auto kStarting = Stops::of(Stopped::starting);
constexpr auto kTransferring = Stops::of(Stopped::transferring);
constexpr auto kEnding = Stops::of(Stopped::ending);
constexpr auto kCommitting = Stops::of(Stopped::committing);
constexpr auto kBeforeEnd = Stops::of(Stopped::starting, Stopped::transferring);
constexpr auto kAfterEnd = Stops::of(Stopped::ending, Stopped::committing);
constexpr auto kNotAccepted = Stops::of(Stopped::starting, Stopped::transferring, Stopped::ending);
constexpr auto kStarted = Stops::of(Stopped::transferring, Stopped::ending, Stopped::committing);
constexpr auto kHeci = Ways::of(Way::heci);
constexpr auto kTpm = Ways::of(Way::tpm);
constexpr auto kEither = Ways::of(Way::heci, Way::tpm);

constexpr std::array kRows = {
    WayHome{.stopped = kNotAccepted,
            .ways = kEither,
            .seen = Seen::declined,
            .outcome = Outcome::failed_unchanged,
            .next = Next::heed_reason,
            .safe_because = "the code that runs is written only after an accepted end"},
    WayHome{.stopped = kStarting,
            .ways = kEither,
            .seen = Seen::unchanged,
            .outcome = Outcome::failed_unchanged,
            .next = Next::run,
            .safe_because = "nothing has begun"},
    WayHome{.stopped = kTransferring,
            .ways = kEither,
            .seen = Seen::unchanged,
            .outcome = Outcome::interrupted_rerun,
            .next = Next::run,
            .safe_because = "the firmware has forgotten what it was given"},
    WayHome{.stopped = kEnding,
            .ways = kEither,
            .seen = Seen::unchanged,
            .outcome = Outcome::interrupted_rerun,
            .next = Next::run,
            .safe_because = "its session has ended, and it tells of no failure"},
    WayHome{.stopped = kCommitting,
            .ways = kEither,
            .seen = Seen::unchanged,
            .outcome = Outcome::verify_failed,
            .next = Next::power_cycle_and_run,
            .safe_because = "it tells of no failure, and is at work on nothing"},
    WayHome{
        .stopped = kStarting,
        .ways = kEither,
        .seen = Seen::occupied,
        .outcome = Outcome::failed_unchanged,
        .next = Next::power_cycle_and_run,
        .safe_because = "an update that is written runs then, and one that is not is forgotten"},
    WayHome{.stopped = kNotAccepted,
            .ways = kTpm,
            .seen = Seen::holding,
            .outcome = Outcome::interrupted_rerun,
            .next = Next::run,
            .safe_because = "it goes on with this very image, or begins anew"},
    WayHome{.stopped = kBeforeEnd,
            .ways = kEither,
            .seen = Seen::busy,
            .outcome = Outcome::interrupted_rerun,
            .next = Next::wait_and_run,
            .safe_because = "that is another update, and its firmware ends it by itself"},
    WayHome{.stopped = kAfterEnd,
            .ways = kEither,
            .seen = Seen::busy,
            .outcome = Outcome::interrupted_recovery,
            .next = Next::wait_and_run,
            .safe_because = "firmware that writes ends by itself, with its power on"},
    WayHome{.stopped = kAnyStop,
            .ways = kEither,
            .seen = Seen::failed,
            .outcome = Outcome::verify_failed,
            .next = Next::run_with_power_on,
            .safe_because = "the firmware runs on from memory and takes the update again"},
    WayHome{
        .stopped = kAnyStop,
        .ways = kEither,
        .seen = Seen::recovery,
        .outcome = Outcome::interrupted_recovery,
        .next = Next::run_over_heci,
        .safe_because = "no update writes the recovery code, and it takes one over HECI always"},
    WayHome{.stopped = kBeforeEnd,
            .ways = kEither,
            .seen = Seen::silent,
            .outcome = Outcome::interrupted_rerun,
            .next = Next::power_cycle_and_run,
            .safe_because = "the code that runs is written only after an accepted end"},
    WayHome{.stopped = kAfterEnd,
            .ways = kEither,
            .seen = Seen::silent,
            .outcome = Outcome::interrupted_recovery,
            .next = Next::wait_power_cycle_and_run,
            .safe_because = "firmware that still writes has ended by then, and its recovery code "
                            "takes the update if need be"},
    WayHome{.stopped = kBeforeEnd,
            .ways = kEither,
            .seen = Seen::other,
            .outcome = Outcome::interrupted_rerun,
            .next = Next::run,
            .safe_because = "another update has ended meanwhile, and the plan is made anew"},
    WayHome{.stopped = kAfterEnd,
            .ways = kEither,
            .seen = Seen::other,
            .outcome = Outcome::verify_failed,
            .next = Next::power_cycle_and_run,
            .safe_because = "it tells of no failure, and is at work on nothing"},
    WayHome{.stopped = kCommitting,
            .ways = kEither,
            .seen = Seen::waiting,
            .outcome = Outcome::restart_needed,
            .next = Next::power_cycle,
            .safe_because = "all of the new code is written"},
};

constexpr std::array kNoWays = {
    NoWay{.stopped = kCommitting,
          .ways = kEither,
          .seen = Seen::declined,
          .because = "the firmware said yes to its end"},
    NoWay{.stopped = kStarted,
          .ways = kEither,
          .seen = Seen::occupied,
          .because = "the session is this update's own"},
    NoWay{.stopped = kAnyStop,
          .ways = kHeci,
          .seen = Seen::holding,
          .because = "the firmware forgets what it was given with the connection"},
    NoWay{.stopped = kCommitting,
          .ways = kTpm,
          .seen = Seen::holding,
          .because = "the session has taken its end"},
    NoWay{.stopped = kNotAccepted,
          .ways = kEither,
          .seen = Seen::waiting,
          .because = "only the answer to its end tells that it waits"},
};

template <class Row>
constexpr int count_of(const Row& rows, Stopped stopped, Way way, Seen seen) {
  int count = 0;
  for (const auto& row : rows)
    if (row.seen == seen && row.stopped.has(stopped) && row.ways.has(way)) ++count;
  return count;
}

/// Each cell has one row, or one reason why it cannot be.
constexpr bool covers_everything() {
  for (std::size_t stopped = 0; stopped < kStoppedCount; ++stopped) {
    for (std::size_t way = 0; way < kWayCount; ++way) {
      for (std::size_t seen = 0; seen < kSeenCount; ++seen) {
        const auto s = static_cast<Stopped>(stopped);
        const auto w = static_cast<Way>(way);
        const auto d = static_cast<Seen>(seen);
        if (count_of(kRows, s, w, d) + count_of(kNoWays, s, w, d) != 1) return false;
      }
    }
  }
  return true;
}
static_assert(covers_everything());

constexpr std::array kRun = {Step::run};
constexpr std::array kRunWithPowerOn = {Step::keep_power, Step::run};
constexpr std::array kWaitAndRun = {Step::wait, Step::run};
constexpr std::array kPowerCycle = {Step::power_cycle};
constexpr std::array kPowerCycleAndRun = {Step::power_cycle, Step::run};
constexpr std::array kWaitPowerCycleAndRun = {Step::wait, Step::power_cycle, Step::run};

/// In the order of Seen.
constexpr std::array<base::Place, kSeenCount> kPlaces = {
    base::Place::home_declined, base::Place::home_unchanged, base::Place::home_occupied,
    base::Place::home_holding,  base::Place::home_busy,      base::Place::home_failed,
    base::Place::home_recovery, base::Place::home_silent,    base::Place::home_other,
    base::Place::home_waiting};

}  // namespace

std::span<const Step> steps_of(Next next) {
  switch (next) {
    case Next::heed_reason:
      return {};
    case Next::run:
    case Next::run_over_heci:
      return kRun;
    case Next::run_with_power_on:
      return kRunWithPowerOn;
    case Next::wait_and_run:
      return kWaitAndRun;
    case Next::power_cycle:
      return kPowerCycle;
    case Next::power_cycle_and_run:
      return kPowerCycleAndRun;
    case Next::wait_power_cycle_and_run:
      return kWaitPowerCycleAndRun;
  }
  return {};
}

std::span<const WayHome> ways_home() {
  return kRows;
}

std::span<const NoWay> impossible_ways() {
  return kNoWays;
}

const WayHome& way_home(Stopped stopped, Way way, Seen seen) {
  base::reached(kPlaces.at(static_cast<std::size_t>(seen)));
  for (const WayHome& row : kRows)
    if (row.seen == seen && row.stopped.has(stopped) && row.ways.has(way)) return row;
  base::break_promise(__FILE__, __LINE__,
                      "an update stops in no way that the table calls impossible");
}

}  // namespace updater::update
