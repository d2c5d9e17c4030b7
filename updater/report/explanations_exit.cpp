// SPDX-License-Identifier: BSD-3-Clause
// This program's exit statuses, and values of old logs that are not what they seem.
#include <algorithm>
#include <array>

#include "updater/report/exit_status.h"
#include "updater/report/explanations.h"
#include "updater/report/late_lockout.h"

namespace updater::report {
namespace {

constexpr NumberOf kExit = NumberOf::exit_status;
constexpr std::uint32_t exit_number(Exit exit) {
  return static_cast<std::uint32_t>(exit);
}
constexpr NumberOf kLogged = NumberOf::logged_value;

constexpr std::array kExitStatuses = {
    KnownNumber{kExit, exit_number(Exit::done), "done", "The command did what it was asked to do.",
                "Nothing."},
    KnownNumber{kExit, exit_number(Exit::failed_unchanged), "failed, device unchanged",
                "The command failed; the firmware that ran before still runs.",
                "Read the error; `meupdate explain NUMBER` tells more about it."},
    KnownNumber{kExit, exit_number(Exit::usage), "usage",
                "The command line, or a file it names, is wrong. Nothing was asked of a device.",
                "See `meupdate --help`."},
    KnownNumber{kExit, exit_number(Exit::no_device), "no device",
                "No Management Engine was found, or none could be opened.",
                "Load the mei_me driver, run as root, or name the device with --device."},
    KnownNumber{kExit, exit_number(Exit::nothing_to_do), "nothing to do",
                "The device already runs what the image holds.", "Nothing."},
    KnownNumber{
        kExit, exit_number(Exit::refused), "refused",
        "A condition for the update is not met, or nobody confirmed it. Nothing was written.",
        "The message names the condition and what to do about it."},
    KnownNumber{
        kExit, exit_number(Exit::verify_failed), "verification failed",
        "An image is not sound; or an update ended, but the device says that it failed or does "
        "not report the image's version.",
        "For an image: fetch it again. After an update: do what its last words say."},
    KnownNumber{kExit, exit_number(Exit::interrupted_rerun), "interrupted, run again",
                "The update was broken off before its end; the old firmware is untouched and takes "
                "the update again.",
                "Do what the last words say: most often, run the command that was printed."},
    KnownNumber{
        kExit, exit_number(Exit::interrupted_recovery), "interrupted, recovery needed",
        "The update was broken off; the device runs its recovery code, does not answer, or "
        "is still at it. It needs the update again.",
        "Do what the last words say, in their order; do not switch off before they say so."},
    KnownNumber{kExit, exit_number(Exit::no_tpm), "no TPM",
                "There is no TPM, it cannot be opened, or it does not answer.",
                "Switch the TPM on in the BIOS set-up, load its driver (modprobe tpm_tis), run as "
                "root, or name it with --tpm."},
    KnownNumber{
        kExit, exit_number(Exit::tpm_not_offered), "update not offered by this TPM",
        "The TPM is not an Intel ME's, does not know the command that updates it, or is not "
        "known to be on one board with the Management Engine.",
        "Look at `meupdate tpm status`; name the ME's own TPM with --tpm."},
    KnownNumber{kExit, exit_number(Exit::tpm_disabled), "TPM disabled",
                "The TPM is disabled and takes no update.",
                "Enable it in the BIOS set-up, or let its owner enable it, and restart."},
    KnownNumber{kExit, exit_number(Exit::tpm_inactive), "TPM inactive",
                "The TPM is inactive and takes no update.",
                "Activate it in the BIOS set-up and restart."},
    KnownNumber{kExit, exit_number(Exit::owner_secret_needed), "owner's secret needed",
                "The TPM has an owner, and the owner's secret was not given. Error 8729 of the "
                "tool family.",
                "Give --owner-passphrase-file or --owner-secret-file."},
    KnownNumber{kExit, exit_number(Exit::owner_secret_wrong), "wrong owner's secret",
                "The TPM says that the secret is not its owner's, and has counted it.",
                "Check the passphrase and --owner-encoding: Windows hashes UTF-16LE, tpm-tools "
                "ASCII."},
    KnownNumber{kExit, exit_number(Exit::tpm_locked_out), "TPM locked out",
                "Too many wrong secrets were given; the TPM takes none until its lockout ends.",
                "Leave the computer on and wait as long as the message says: a restart begins the "
                "time anew."},
    KnownNumber{kExit, exit_number(Exit::presence_needed), "physical presence needed",
                "The TPM has no owner, and takes an update only where the BIOS has seen a person.",
                "Allow the update of an unowned TPM in the BIOS set-up and restart, or take "
                "ownership and give the secret."},
    KnownNumber{kExit, exit_number(Exit::tpm_self_test_failed), "TPM self-test failed",
                "The TPM has found itself defective, or its storage, and has shut down.",
                "Take the power away for half a minute. If it stays, ask the board's maker; a TPM "
                "that is switched off in the BIOS set-up keeps its keys."},
    KnownNumber{kExit, exit_number(Exit::last_try), "last try before a lockout",
                "One more wrong owner's secret may lock the TPM, and nobody said to risk it.",
                "Be sure of the secret, then give -y; or wait until the TPM has forgotten a wrong "
                "one (`meupdate tpm status`)."},
};

/// A board's usual parameters, for which people look by what the tool makes of them.
constexpr LockoutRecord kUsualLockout{
    .threshold = 10, .initial_seconds = 240, .multiplier = 2, .fade_out_seconds = 3600};

constexpr std::array kLoggedValues = {
    KnownNumber{kLogged, read_late(kUsualLockout).threshold,
                "lockout-misread: iTPM lockout numbers that no board has",
                "The TPM holds threshold, lockout, multiplier and fade-out as four big-endian "
                "numbers, and MEInfo on Windows reads them three bytes late, with zeros behind: "
                "each that it prints is the lower byte of one and the upper byte of the next, and "
                "the last is 0. Of 10 attempts, 240 s, times 2, 3600 s (00 0A 00 F0 00 02 0E 10) "
                "it makes 61440, 526, 4096 and 0. On DOS the same tool prints what is there.",
                "Believe `meupdate info`, which shows what the TPM holds. Only --format meinfo "
                "repeats the old tool's reading, on a host whose tool has it."},
};

// The example in the words of the row.
static_assert(read_late(kUsualLockout) == LockoutRecord{.threshold = 61440,
                                                        .initial_seconds = 526,
                                                        .multiplier = 4096,
                                                        .fade_out_seconds = 0});
static_assert(std::ranges::is_sorted(kExitStatuses, {}, &KnownNumber::number));

}  // namespace

std::span<const KnownNumber> exit_statuses() {
  return kExitStatuses;
}
bool is_of_the_usual_misreading(std::uint32_t number) {
  constexpr LockoutRecord printed = read_late(kUsualLockout);
  return number == printed.threshold || number == printed.initial_seconds;
}

std::span<const KnownNumber> logged_values() {
  return kLoggedValues;
}

}  // namespace updater::report
