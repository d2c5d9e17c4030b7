// SPDX-License-Identifier: BSD-3-Clause
// Every way an update can stop, one row each: how far it had come, which way it went, and what the
// device was seen as afterwards -> what that is called, what a person does next, and why it is
// safe. What is printed, docs/meupdate.md ("When it is interrupted") and the tests are made from
// these rows.
#pragma once

#include <cstdint>
#include <span>

#include "updater/update/outcome.h"
#include "updater/update/way.h"

namespace updater::update {

/// How far it had come.
enum class Stopped : std::uint8_t {
  starting,      ///< START was not accepted
  transferring,  ///< it was, and END was not sent
  ending,        ///< END was sent, and not accepted
  committing,    ///< END was accepted: the firmware writes by itself
};
inline constexpr std::size_t kStoppedCount = 4;
inline constexpr std::size_t kWayCount = 2;

/// What the device was seen as when its update session had come to rest, or when the wait for that
/// had ended.
enum class Seen : std::uint8_t {
  declined,   ///< at rest, runs what it ran; it had said no
  unchanged,  ///< at rest, runs what it ran
  occupied,   ///< at rest, and says that another update is in progress (8708)
  holding,    ///< at rest; its session holds, or may hold, what was sent, and waits for more
  busy,       ///< still at work on an update
  failed,     ///< says that an update failed after its end: its code may be half written
  recovery,   ///< runs its recovery code
  silent,     ///< does not answer
  other,      ///< runs another version than it did
  waiting,    ///< the new code is written and waits for a power cycle
};
inline constexpr std::size_t kSeenCount = 10;

/// One thing that a person does.
enum class Step : std::uint8_t {
  keep_power,   ///< on, until an update has gone through
  wait,         ///< ten minutes with the power on
  power_cycle,  ///< half a minute without power, then on again
  run,          ///< the printed command
};

/// What a person does next.
enum class Next : std::uint8_t {
  heed_reason,  ///< nothing has to be repaired; what it said tells what to do
  run,
  run_with_power_on,
  run_over_heci,  ///< the printed command goes over HECI whatever way this one went
  wait_and_run,
  power_cycle,
  power_cycle_and_run,
  wait_power_cycle_and_run,
};
inline constexpr std::size_t kNextCount = 8;
std::span<const Step> steps_of(Next next);

/// Some members of an enum with few.
template <class Enum>
struct Set {
  std::uint8_t bits = 0;
  template <class... Members>
  static constexpr Set of(Members... members) {
    return {static_cast<std::uint8_t>(((1u << static_cast<unsigned>(members)) | ...))};
  }
  constexpr bool has(Enum member) const {
    return (bits >> static_cast<unsigned>(member) & 1u) != 0;
  }
};

struct WayHome {
  Set<Stopped> stopped;
  Set<Way> ways;
  Seen seen = Seen::unchanged;
  Outcome outcome = Outcome::failed_unchanged;
  Next next = Next::heed_reason;
  const char* safe_because = "";  ///< completes "This is safe: "
};

/// Why a cell of the table cannot be.
struct NoWay {
  Set<Stopped> stopped;
  Set<Way> ways;
  Seen seen = Seen::unchanged;
  const char* because = "";
};

std::span<const WayHome> ways_home();
std::span<const NoWay> impossible_ways();

/// The row; one that impossible_ways() lists is never asked for.
const WayHome& way_home(Stopped stopped, Way way, Seen seen);

const char* name(Stopped stopped);
const char* name(Seen seen);
const char* name(Next next);
const char* name(Step step);
/// For people: "while data was transferred", "is at rest and runs what it ran", "wait ten minutes
/// with the power on, then run the printed command".
const char* words(Stopped stopped);
const char* words(Seen seen);
const char* words(Next next);

}  // namespace updater::update
