// SPDX-License-Identifier: BSD-3-Clause
// The rows of what no update tool says: BIOS screens, Windows, Linux' drivers, fwupd.
#pragma once

#include "updater/report/known_cases.h"

namespace updater::report {

inline constexpr const char* kWriteItAnew =
    "Take all power away for half a minute and look again. Then the maker's BIOS by "
    "its recovery method, which writes the region anew; else a programmer.";
inline constexpr const char* kWrongProcessor =
    "The chipset's engine does not allow this processor (an HM70 takes no Core i): it "
    "switches the computer off after half an hour. It is no fault of the image.";
inline constexpr const char* kItsOwnProcessor =
    "A processor that the board was sold with. No image and no me_cleaner changes "
    "it.";

inline constexpr KnownCase kCasesOfScreens[] = {
    {.id = "write-lock-failed",
     .signs = {Sign::write_lock_failed},
     .first = 10,
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
     .source = "fwupd/firmware-lenovo issue 199; winraid 94424; fwupd issue 7935 (firmware 10)"},
    {.id = "bios-wants-newer",
     .signs = {Sign::wants_newer},
     .means = "The BIOS was updated and finds the engine's firmware older than it expects. The "
              "computer starts all the same.",
     .look_next = "The engine's update of the same BIOS package (HP: its folder \"ME Flash\"), "
                  "with the tool for DOS; its tool for Windows needs the HECI driver and LMS.",
     .ended = Ended::solved,
     .end = "FWUpdLcl with -generic and the image of the package ended it on a dc7700",
     .source = "software.intel.com topic 305294; bauer-power.net, December 2008"},
    {.id = "bios-cannot-reach",
     .signs = {Sign::bios_cannot_reach},
     .means = "The BIOS asked the engine and got an error, or no answer: it did not start, or not "
              "wholly. Most computers go on without it, some halt.",
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
    {.id = "bios-update-of-the-engine-failed",
     .signs = {Sign::bios_update_failed},
     .means = "The BIOS wanted to write the engine's firmware that came with it, and it failed: "
              "the engine did not take it, or does not run.",
     .look_next = "The version in the BIOS set-up (N/A, 0.0.0.0: it does not run). Take all power "
                  "away for half a minute, then the maker's ME update for this very model.",
     .end = "no end is told",
     .source = "winraid 30719 (Precision 7710); fwupd/firmware-lenovo issue 416"},
    {.id = "processor-not-allowed-and-off",
     .signs = {Sign::wrong_processor, Sign::switches_off},
     .means = kWrongProcessor,
     .look_next = kItsOwnProcessor,
     .ended = Ended::not_solved,
     .end = "one owner took another board",
     .source = "corna/me_cleaner issues 305 and 341 (Samsung, HM70)"},
    {.id = "processor-not-allowed",
     .signs = {Sign::wrong_processor},
     .means = kWrongProcessor,
     .look_next = kItsOwnProcessor,
     .ended = Ended::not_solved,
     .end = "one owner took another board",
     .source = "corna/me_cleaner issues 305 and 341 (Samsung, HM70)"},
    {.id = "hangs-in-bring-up",
     .signs = {Sign::hangs_in_bring_up},
     .first = 6,
     .means = "The engine stays in its bring-up after an error: what is in its region of the flash "
              "is damaged. Drivers and tools get no answer; no update through it is possible.",
     .look_next = kWriteItAnew,
     .end = "who helped said: corrupted, to be written anew; no end is told",
     .source = "winraid 35274 (VAIO), 89396 (DQ67SW); corna/me_cleaner issue 319"},
    {.id = "hangs-in-bring-up-windows",
     .signs = {Sign::hangs_in_bring_up, Sign::windows_code_10},
     .first = 6,
     .means = "Windows' driver got no answer, for the engine stays in its bring-up after an error: "
              "what is in its region of the flash is damaged.",
     .look_next = kWriteItAnew,
     .end = "who helped said: corrupted, to be written anew; no end is told",
     .source = "winraid 35274 (VAIO); corna/me_cleaner issue 319 (ENVY dv6)"},
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
    {.id = "driver-start-failed",
     .signs = {Sign::driver_start_failed},
     .means = "Linux' driver could not start the engine's link: the engine does not run, or does "
              "not answer. Linux itself goes on without it.",
     .look_next = "The lines before it in `dmesg`, which tell why. Take all power away for half a "
                  "minute and look again; then the version in the BIOS set-up.",
     .ended = Ended::harmless,
     .end = "owners of servers without a use for it put the driver on the blacklist",
     .source = "thomas-krenn.com wiki (Supermicro X9SCM-F)"},
    {.id = "no-interface",
     .signs = {Sign::no_interface},
     .first = 6,
     .means = "Linux found the function and, in its status words, no engine that it could speak "
              "with: so it is with the firmware of servers, and where the engine is switched off.",
     .look_next = "Nothing on a server. Else the option \"ME State\" and the version in the BIOS "
                  "set-up.",
     .end = "no thread is known",
     .source = "Linux, drivers/misc/mei/pci-me.c"},
    {.id = "version-in-an-older-form",
     .signs = {Sign::version_in_older_form},
     .means = "Linux asked the engine for its version and could not read the answer: firmware of "
              "2009 tells it in another form. The engine runs; nothing is wrong with it.",
     .look_next = "Nothing. A newer kernel reads it; /sys/class/mei/mei0/fw_ver is empty until "
                  "then.",
     .ended = Ended::harmless,
     .end = "the driver's maintainer found that the older form had been overlooked",
     .source = "linux-kernel list, September 2019 (OptiPlex 980)"},
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
