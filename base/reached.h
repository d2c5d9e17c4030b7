// SPDX-License-Identifier: BSD-3-Clause
// What stories, sweeps and fuzzers have come to: numbered places in the code, one byte each, set
// when one is reached. Nothing is counted, nothing allocated; `mesim coverage` tells of those that
// nobody ever reached.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace base {

/// PLACE: reached or not. SOMETIMES: must have happened once in all that is run together; a test
/// is red where it has not.
// clang-format off
#define MEBENCH_PLACES(PLACE, SOMETIMES)                                                        \
  SOMETIMES(session_starts,            "session: START opens an update")                        \
  SOMETIMES(session_starts_again,      "session: START after one that failed")                  \
  SOMETIMES(session_verifies,          "session: END, and the image is checked")                \
  SOMETIMES(session_staging_fails,     "session: an update fails while it is staged")           \
  SOMETIMES(session_abandoned,         "session: its feeder is gone")                           \
  SOMETIMES(session_commits,           "session: a checked image is written over the code")     \
  SOMETIMES(session_refuses_image,     "session: an image is refused at its END")               \
  SOMETIMES(session_committed,         "session: the new code is written")                      \
  SOMETIMES(session_commit_fails,      "session: the commit fails")                             \
  SOMETIMES(session_stops_staging,     "session: power or ME lost while staging")               \
  SOMETIMES(session_stops_verifying,   "session: power or ME lost while verifying")             \
  SOMETIMES(session_stops_committing,  "session: power or ME lost while committing")            \
  SOMETIMES(session_stops_committed,   "session: power or ME lost once committed")              \
  PLACE(session_stops_failed,          "session: power or ME lost once failed")                 \
  SOMETIMES(session_recovers,          "session: an update written by the recovery code")       \
  SOMETIMES(session_end_repeated,      "session: END comes again, and is answered again")       \
  SOMETIMES(boot_operational,          "boot: the operational code runs")                       \
  SOMETIMES(boot_recovery,             "boot: the recovery code runs")                          \
  SOMETIMES(boot_halted,               "boot: no code holds")                                   \
  PLACE(boot_disabled,                 "boot: the descriptor's straps keep the ME off")         \
  SOMETIMES(boot_from_copy,            "boot: the copy in FTUP runs (ME 6 and later)")          \
  PLACE(boot_waits_for_flash,          "boot: the flash is still busy")                         \
  SOMETIMES(link_ready,                "link: the ME gets ready")                               \
  SOMETIMES(link_reset_by_host,        "link: the host resets it")                              \
  SOMETIMES(link_reset_by_me,          "link: the ME resets it")                                \
  SOMETIMES(link_down,                 "link: the ME is not ready any more")                    \
  PLACE(link_reset_unseen,             "link: the host resets it while the ME is away")         \
  SOMETIMES(hbm_starts,                "HBM: HOST_START")                                       \
  SOMETIMES(hbm_starts_again,          "HBM: HOST_START on a bus that has started")             \
  SOMETIMES(hbm_stops,                 "HBM: HOST_STOP")                                        \
  PLACE(hbm_other_version,             "HBM: another version is offered than was asked for")    \
  SOMETIMES(hbm_refuses,               "HBM: a connection is refused")                          \
  SOMETIMES(hbm_disconnects,           "HBM: the host closes a connection")                     \
  SOMETIMES(hbm_closed_by_me,          "HBM: the ME closes a connection")                       \
  SOMETIMES(hbm_unknown,               "HBM: a command that is none")                           \
  SOMETIMES(tis_ready,                 "TIS: waits for a command")                              \
  SOMETIMES(tis_reception,             "TIS: takes a command")                                  \
  SOMETIMES(tis_execution,             "TIS: works on a command")                               \
  SOMETIMES(tis_completion,            "TIS: has an answer")                                    \
  SOMETIMES(tis_aborted,               "TIS: a command at work is aborted")                     \
  PLACE(tis_read_again,                "TIS: responseRetry")                                    \
  SOMETIMES(tis_seized,                "TIS: a locality is seized")                             \
  PLACE(tis_handed_on,                 "TIS: a locality goes to one that waits")                \
  SOMETIMES(lockout_begins,            "TPM: a lockout begins")                                 \
  SOMETIMES(lockout_ends,              "TPM: a lockout is sat out")                             \
  SOMETIMES(lockout_survives,          "TPM: a lockout begins again with the power")             \
  PLACE(lockout_lifted,                "TPM: a lockout is reset by the owner")                  \
  SOMETIMES(lockout_during_upload,     "TPM: a lockout begins during an upload")                \
  SOMETIMES(upload_by_owner,           "TPM: an upload is authorised by the owner")             \
  SOMETIMES(upload_by_presence,        "TPM: an upload without an owner")                       \
  SOMETIMES(upload_cancelled,          "TPM: a command of an upload is cancelled")              \
  SOMETIMES(upload_aborted,            "TPM: an upload is aborted")                             \
  SOMETIMES(upload_of_another_image,   "TPM: not the image that was authorised")                \
  SOMETIMES(upload_loses_owner,        "TPM: its owner is cleared during an upload")            \
  SOMETIMES(updater_goes_on,           "updater: a lost block is sent again")                   \
  SOMETIMES(updater_takes_up,          "updater: goes on where another run stood")              \
  SOMETIMES(updater_end_unanswered,    "updater: END is not answered")                          \
  PLACE(updater_breaks_promise,        "updater: a part of it is wrong")                        \
  SOMETIMES(flash_bit_flipped,         "flash: a bit flips at rest")                            \
  SOMETIMES(flash_unstable,            "flash: cells read differently each time")               \
  SOMETIMES(link_pointer_wild,         "link: the ME's write pointer runs away")                \
  SOMETIMES(interrupt_lost,            "link: an interrupt to the host is lost")                \
  SOMETIMES(interrupt_spurious,        "link: the host is interrupted without a cause")         \
  SOMETIMES(doorbell_lost,             "link: the host's interrupt to the ME is lost")          \
  SOMETIMES(tpm_session_evicted,       "TPM: an authorisation session is evicted")              \
  SOMETIMES(tpm_store_refused,         "TPM: its partition takes no change")                    \
  SOMETIMES(home_declined,             "updater: the way home, declined")                       \
  SOMETIMES(home_unchanged,            "updater: the way home, unchanged")                      \
  SOMETIMES(home_occupied,             "updater: the way home, another update is in progress")  \
  SOMETIMES(home_holding,              "updater: the way home, what was sent waits")            \
  SOMETIMES(home_busy,                 "updater: the way home, still at work")                  \
  SOMETIMES(home_failed,               "updater: the way home, it tells of a failure")          \
  SOMETIMES(home_recovery,             "updater: the way home, recovery code")                  \
  SOMETIMES(home_silent,               "updater: the way home, no answer")                      \
  PLACE(home_other,                    "updater: the way home, another version")                \
  SOMETIMES(home_waiting,              "updater: the way home, a power cycle is needed")
// clang-format on

#define MEBENCH_NAME(name, ...) name,
enum class Place : std::uint8_t { MEBENCH_PLACES(MEBENCH_NAME, MEBENCH_NAME) };
#undef MEBENCH_NAME
#define MEBENCH_ONE(...) +1
inline constexpr std::size_t kPlaceCount = 0 MEBENCH_PLACES(MEBENCH_ONE, MEBENCH_ONE);
#undef MEBENCH_ONE

using PlaceMarks = std::array<std::atomic<std::uint8_t>, kPlaceCount>;
inline PlaceMarks own_place_marks{};
/// Where marks are set; a program that forks lets them be set in memory that is shared.
inline std::atomic<PlaceMarks*> place_marks{&own_place_marks};

inline void reached(Place place) {
  (*place_marks.load(std::memory_order_relaxed))[static_cast<std::size_t>(place)].store(
      1, std::memory_order_relaxed);
}

}  // namespace base
