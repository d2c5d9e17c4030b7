// SPDX-License-Identifier: BSD-3-Clause
// The table's words: stable names for programs, and what people read.
#include "updater/update/ways_home.h"

namespace updater::update {

const char* name(Stopped stopped) {
  switch (stopped) {
    case Stopped::starting:
      return "starting";
    case Stopped::transferring:
      return "transferring";
    case Stopped::ending:
      return "ending";
    case Stopped::committing:
      return "committing";
  }
  return "unknown";
}

const char* name(Seen seen) {
  switch (seen) {
    case Seen::declined:
      return "declined";
    case Seen::unchanged:
      return "unchanged";
    case Seen::occupied:
      return "occupied";
    case Seen::holding:
      return "holding";
    case Seen::busy:
      return "busy";
    case Seen::failed:
      return "failed";
    case Seen::recovery:
      return "recovery";
    case Seen::silent:
      return "silent";
    case Seen::other:
      return "other";
    case Seen::waiting:
      return "waiting";
  }
  return "unknown";
}

const char* name(Next next) {
  switch (next) {
    case Next::heed_reason:
      return "heed-reason";
    case Next::run:
      return "run";
    case Next::run_with_power_on:
      return "run-with-power-on";
    case Next::run_over_heci:
      return "run-over-heci";
    case Next::wait_and_run:
      return "wait-and-run";
    case Next::power_cycle:
      return "power-cycle";
    case Next::power_cycle_and_run:
      return "power-cycle-and-run";
    case Next::wait_power_cycle_and_run:
      return "wait-power-cycle-and-run";
  }
  return "unknown";
}

const char* name(Step step) {
  switch (step) {
    case Step::keep_power:
      return "keep-power";
    case Step::wait:
      return "wait";
    case Step::power_cycle:
      return "power-cycle";
    case Step::run:
      return "run";
  }
  return "unknown";
}

const char* words(Stopped stopped) {
  switch (stopped) {
    case Stopped::starting:
      return "before its start was accepted";
    case Stopped::transferring:
      return "while data was transferred";
    case Stopped::ending:
      return "after its end was sent";
    case Stopped::committing:
      return "after its end was accepted";
  }
  return "";
}

const char* words(Seen seen) {
  switch (seen) {
    case Seen::declined:
      return "said no, is at rest and runs what it ran";
    case Seen::unchanged:
      return "is at rest and runs what it ran";
    case Seen::occupied:
      return "is at rest and says that another update is in progress (8708)";
    case Seen::holding:
      return "is at rest and holds, or may hold, what was sent";
    case Seen::busy:
      return "is still at work on an update";
    case Seen::failed:
      return "says that the update failed after its end";
    case Seen::recovery:
      return "runs its recovery code";
    case Seen::silent:
      return "does not answer";
    case Seen::other:
      return "runs another version than it did";
    case Seen::waiting:
      return "waits for a power cycle";
  }
  return "";
}

const char* words(Next next) {
  switch (next) {
    case Next::heed_reason:
      return "what the reason asks for";
    case Next::run:
      return "run the printed command";
    case Next::run_with_power_on:
      return "leave the power on, and run the printed command";
    case Next::run_over_heci:
      return "run the printed command, which goes over HECI";
    case Next::wait_and_run:
      return "wait ten minutes with the power on, then run the printed command";
    case Next::power_cycle:
      return "take the power away for half a minute";
    case Next::power_cycle_and_run:
      return "take the power away for half a minute, then run the printed command";
    case Next::wait_power_cycle_and_run:
      return "wait ten minutes with the power on, take the power away for half a minute, then run "
             "the printed command";
  }
  return "";
}

}  // namespace updater::update
