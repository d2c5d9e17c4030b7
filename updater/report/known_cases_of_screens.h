// SPDX-License-Identifier: BSD-3-Clause
// The rows of what no update tool says: BIOS screens, Windows, Linux' drivers, fwupd.
#pragma once

#include "updater/report/known_cases.h"

namespace updater::report {

inline constexpr KnownCase kCasesOfScreens[] = {
    {.id = "write-lock-failed",
     .signs = {Sign::write_lock_failed},
     .first = 11,
     .last = 12,
     .means = "The BIOS brings an engine's firmware along, and the engine did not let it write: "
              "its version is not what the BIOS expects, or it does not run.",
     .look_next =
         "The version in the BIOS set-up. A version: the maker's ME update for this very "
         "model from Windows. None, or 0.0.0.0: the engine's region is to be written anew.",
     .ended = Ended::solved,
     .end =
         "on a T460 the maker's ME 11.8 for Windows ended it; where the set-up showed no version "
         "owners were left with it",
     .source = "fwupd/firmware-lenovo issue 199; winraid 94424"},
    {.id = "bios-cannot-reach",
     .signs = {Sign::bios_cannot_reach},
     .means = "The BIOS asked the engine and got an error, or no answer: it did not start, or not "
              "wholly. The computer goes on without it.",
     .look_next = "The version in the BIOS set-up (N/A, 0.0.0.0?). Take all power away for half a "
                  "minute, and look again. Then the maker's BIOS, by its recovery method if it has "
                  "one, which also writes the engine.",
     .end = "on DQ45CB boards it came and went; no end is told",
     .source = "serverfault 345108; community.intel.com td-p/882877; winraid 94424"},
    {.id = "unconfigures-at-every-start",
     .signs = {Sign::unconfiguring},
     .first = 2,
     .last = 6,
     .means = "MEBx takes the engine's set-up back, and does not come to its end: it does so again "
              "at every start.",
     .look_next = "Take all power away for half a minute (plug, battery, the small battery, too), "
                  "then only the maker's default settings. Then the maker's BIOS.",
     .end = "defaults and no small battery did not help the owner of a T61; no end is told",
     .source = "forum.thinkpads.com topic 78553"},
    {.id = "windows-code-10",
     .signs = {Sign::windows_code_10},
     .means = "Windows has found the engine's interface and its driver got no answer: the engine "
              "does not run, or not wholly. Another driver changes nothing.",
     .look_next = "The version in the BIOS set-up (N/A, 0.0.0.0?), and MEInfo -fwsts. Take all "
                  "power away for half a minute, and look again.",
     .end = "no end is told",
     .source = "thinkpad-forum.de topic 219316; winraid 89396"},
    {.id = "server-firmware",
     .signs = {Sign::server_firmware},
     .means = "A server's firmware (SPS) runs on this board, not a Management Engine: what its "
              "status words say beside that is documented nowhere. It is no fault.",
     .look_next =
         "Its updates come with the server maker's BIOS or BMC update. FWUpdLcl, MEInfo and "
         "meupdate are not for it.",
     .ended = Ended::harmless,
     .end = "the owner of an X10DAL-i saw these words behind me_cleaner and asked whether it had "
            "worked: the board ran",
     .source = "corna/me_cleaner issue 92; Linux, drivers/misc/mei/pci-me.c"},
    {.id = "status-all-zero",
     .signs = {Sign::status_all_zero},
     .means = "Every status word is 0: the tool read a function of the engine that is not in use "
              "(HECI #2), or the engine does not run.",
     .look_next = "The words of the engine's first function: /sys/class/mei/mei0/fw_status, or "
                  "MEInfo -fwsts. Then the ME's version in the BIOS set-up.",
     .end = "no end is told",
     .source = "corna/me_cleaner issue 3 (8086:A13B, HECI #2)"},
    {.id = "not-run-on-reboot",
     .signs = {Sign::not_run_on_reboot},
     .first = 0,
     .means = "fwupd handed the update over, and after the restart the engine has the version it "
              "had: the program that writes was not started, refused, or there was nothing newer. "
              "The engine itself is not harmed.",
     .look_next = "The version in the BIOS set-up: if it is the new one, only fwupd's list is "
                  "wrong. Else once more on mains power, or the maker's tool for Windows.",
     .ended = Ended::solved,
     .end = "a later release went through on a T580; others used the maker's tool for Windows",
     .source = "fwupd issue 10015; fwupd/firmware-lenovo issues 140, 255"},
    {.id = "too-old-for-hsi",
     .signs = {Sign::too_old_for_hsi},
     .first = 0,
     .means =
         "fwupd knows of holes in this version of the engine's firmware. It is no fault of the "
         "board: the engine runs.",
     .look_next =
         "The newest BIOS and ME update of the board's maker; fwupd itself often has none.",
     .end = "no end is told",
     .source = "fwupd issues 7374, 6543"},
    {.id = "tpm-comes-and-goes",
     .signs = {Sign::tpm_comes_and_goes},
     .first = 0,
     .last = 5,
     .means = "The management software lost the iTPM and found it again. Others had it behind "
              "sleep; it harms nothing that does not use the TPM.",
     .look_next = "The newest BIOS, which brings the engine's firmware; whether it comes behind "
                  "sleep. Who uses no TPM may switch it off in the BIOS set-up.",
     .end = "no end is told",
     .source = "forum.thinkpads.com topic 70981"},
    {.id = "tpm-silent",
     .signs = {Sign::tpm_silent},
     .first = 0,
     .means = "Linux found the TPM's registers and could not speak with it: it was not ready, or "
              "BIOS and driver do not agree about it. It says nothing of the ME.",
     .look_next =
         "Another kernel; the TPM in the BIOS set-up; then start again after all power was "
         "away.",
     .end = "an older kernel spoke with the same TPM",
     .source = "linux-kernel list, 4 April 2017 (X60)"},
    {.id = "tpm-inactive",
     .signs = {Sign::tpm_inactive},
     .first = 0,
     .last = 5,
     .means = "The TPM is deactivated. An inactive iTPM takes no update.",
     .look_next = "Activate it in the BIOS set-up (\"Security Chip: Active\") and start again.",
     .end = "no end is told",
     .source = "Arch wiki, ThinkPad X200; TPM 1.2 part 2, return code 6"},
    {.id = "tpm-disabled",
     .signs = {Sign::tpm_disabled},
     .first = 0,
     .last = 5,
     .means = "The TPM is disabled. A disabled iTPM takes no update.",
     .look_next = "Enable it in the BIOS set-up (\"Security Chip: Active\") and start again.",
     .end = "no thread is known",
     .source = "TPM 1.2 part 2, return code 7"},
};

}  // namespace updater::report
