// SPDX-License-Identifier: BSD-3-Clause
// The rows. Sources are public threads; what owners did is told as what they did.
#include "updater/report/known_cases.h"

#include <vector>

#include "updater/report/known_cases_of_screens.h"

namespace updater::report {
namespace {

constexpr const char* kPower =
    "Take all power away for half a minute (plug and battery), start, and look again.";

constexpr KnownCase kCases[] = {
    {.id = "broken-off-by-the-firmware",
     .numbers = {8741, 8707},
     .first = 6,
     .last = 11,
     .means =
         "The firmware took the image, began to write and broke off by a fault of its own: it is "
         "neither the file nor how it was given. The version that ran before went on running.",
     .look_next =
         "Run MEInfo -fwsts, and keep what it says of `ME File System Corrupted` and the two "
         "status "
         "words. Take all power away, then try once more from DOS or EFI. If it stops at the same "
         "stage again, the ME's region has to be written anew by the board's maker or with a "
         "programmer.",
     .end = "two images of 9.0 and 9.1 stopped at the same stage, 4 of 19; no end is told",
     .source = "winraid 36175"},
    {.id = "gone-while-writing",
     .numbers = {8769, 8193},
     .first = 6,
     .last = 11,
     .means = "The ME stopped in the middle of writing and is gone from the bus: the tool could no "
              "longer ask how it goes on (8769) and then found no ME (8193).",
     .look_next = "Do not switch off while it writes. Afterwards power off fully and look at the "
                  "version in the BIOS set-up: N/A or 0.0.0.0 means that the ME's region has to be "
                  "written by the board's maker or with a programmer.",
     .end = "no end is told",
     .source = "winraid 40162"},
    {.id = "switched-off-and-seen",
     .numbers = {8719},
     .signs = {Sign::local_update_disabled},
     .first = 2,
     .last = 11,
     .means = "MEInfo says \"Local FWUpdate Disabled\", which is the reason for 8719. Who switched "
              "it off is not known: it may be the board maker's BIOS.",
     .look_next = "The BIOS set-up's option for updating or re-flashing the ME, or \"ME Firmware "
                  "Local Update\" in MEBx; else a BIOS update of the maker that carries the ME.",
     .end = "the owner had no such option; no end is told",
     .source = "Dell td-p/6045734 (Alienware 17 R3)"},
    {.id = "local-update-disabled",
     .signs = {Sign::local_update_disabled},
     .first = 2,
     .last = 99,
     .means = "\"Local FWUpdate Disabled\": the firmware takes no update from this machine.",
     .look_next = "The BIOS set-up's option for updating or re-flashing the ME, or \"ME Firmware "
                  "Local Update\" in MEBx.",
     .end = "no end is told",
     .source = "Dell td-p/6045734 (Alienware 17 R3)"},
    {.id = "another-major-version",
     .numbers = {8727},
     .signs = {Sign::other_major_version},
     .first = 6,
     .last = 11,
     .means = "Board and image are of different major versions. The firmware does not step from "
              "one to the other: boards whose BIOS boot block is of 2011 stay at 7.",
     .look_next = "An image of the board's own major version.",
     .ended = Ended::not_solved,
     .end = "two owners stayed at 7.1",
     .source = "HP td-p/6058887; andybrown.me.uk forum, Z420"},
    {.id = "other-major-version",
     .signs = {Sign::other_major_version},
     .means = "Board and image are of different major versions. No firmware takes an image of "
              "another one.",
     .look_next = "An image of the board's own major version.",
     .end = "no end is told",
     .source = "HP td-p/6058887"},
    {.id = "cleaned-image",
     .numbers = {8771},
     .signs = {Sign::nonsense_version},
     .means = "The version that the tool shows of the image makes no sense: the file was changed, "
              "for example by me_cleaner, or is damaged. The update tools take no such file.",
     .look_next =
         "The maker's image, unchanged. A cleaned one only goes into the flash with a programmer.",
     .ended = Ended::solved,
     .end = "the unchanged image was taken by the same tool",
     .source = "corna/me_cleaner issue 3"},
    {.id = "invalid-file",
     .numbers = {8771},
     .means = "The tool finds the file itself invalid: changed, damaged, or of another kind.",
     .look_next = "Fetch it anew; compare its size and its version (`meupdate image FILE`, for "
                  "firmware 2 to 5) with what the maker tells.",
     .end = "no end is told",
     .source = "MSI forum topic 113378"},
    {.id = "cleaned-image-12",
     .numbers = {509},
     .first = 12,
     .means = "A partition that must be there is missing in the image: so it is with an image that "
              "me_cleaner shrank.",
     .look_next = "The maker's image, unchanged.",
     .ended = Ended::not_solved,
     .end = "not with a cleaned image",
     .source = "corna/me_cleaner issue 328"},
    {.id = "no-engine-for-the-tool",
     .numbers = {8743},
     .first = 6,
     .last = 11,
     .means = "The tool found no ME of its generation. On boards whose tool did fit, the ME was "
              "hidden or did not run: switched off in the BIOS set-up, or its image was missing or "
              "damaged after a BIOS update or a new flash part.",
     .look_next = "The ME's version in the BIOS set-up (N/A, 0.0.0.0?), its option \"ME State\", "
                  "and whether the device manager or lspci shows the function 00:16.0.",
     .end = "those who helped advised to write the ME's region anew, by a maker's tool that opens "
            "the flash or with a programmer; no end is told",
     .source = "winraid 36348, 36014, 91190"},
    {.id = "update-client-silent-8",
     .numbers = {9458, 9459},
     .first = 6,
     .last = 10,
     .means = "The ME's interface is there, and its update client does not answer: the ME does not "
              "run wholly. The second error follows from the first.",
     .look_next = "The service jumper in its normal place; the version in the BIOS set-up (N/A?); "
                  "the tool's version for DOS. Then the board maker's ME package.",
     .end = "after a new flash part the BIOS showed N/A; no end is told",
     .source = "winraid 32655 (M92p)"},
    {.id = "update-client-silent-6",
     .numbers = {9258, 9259},
     .first = 6,
     .last = 10,
     .means = "The ME's interface is there, and its update client does not answer. The second "
              "error follows from the first.",
     .look_next = "The tool itself advises to write the ME's region anew and to take all power "
                  "away for six seconds.",
     .ended = Ended::solved,
     .end = "the thread is marked solved",
     .source = "winraid 32276 (GA-H55M-S2V)"},
    {.id = "update-client-silent-11",
     .numbers = {86, 81},
     .first = 11,
     .last = 11,
     .means = "The ME's interface is there, and its update client does not answer. The second "
              "error follows from the first. It was seen right after an update that the tool had "
              "called complete.",
     .look_next = "The status words (MEInfo -fwsts); take all power away; then a BIOS update of "
                  "the maker that carries the ME.",
     .end = "a global reset by the flash tool did not help; no end is told",
     .source = "winraid 32105; Lenovo td-p/4015313"},
    {.id = "disabled-on-purpose-11",
     .numbers = {86, 81},
     .signs = {Sign::alternate_disable},
     .first = 11,
     .last = 11,
     .means =
         "The engine was told to stop early (alternate disable mode, HAP), by its maker or its "
         "owner. The two errors follow from that: nothing in it answers. It is no fault.",
     .look_next =
         "Nothing, unless an update is wanted: then the bit has to be cleared in the flash "
         "descriptor first.",
     .ended = Ended::harmless,
     .end = "it is what me_cleaner -S and some makers set",
     .source = "corna/me_cleaner issues 53 and 3"},
    {.id = "recovery-280",
     .numbers = {280},
     .first = 12,
     .means =
         "The engine runs its recovery code: an update was broken off. The BIOS tries to recover "
         "it at every start (\"Recovering ME Firmware\", then \"Failed to recover ME Firmware\").",
     .look_next = "Let the same update be written again (`fwupdmgr reinstall`, or the maker's tool "
                  "with -allowsv), on mains power, and wait several minutes at the next start.",
     .ended = Ended::solved,
     .end = "writing the same version again cured several ThinkPads of firmware 15; the maker's "
            "engineers cured others with a programmer",
     .source = "fwupd/firmware-lenovo issues 226, 580 (cured), 441 (service)"},
    {.id = "older-than-allowed",
     .numbers = {357},
     .first = 12,
     .means = "The image is older than what the firmware still takes, also when it is the one that "
              "the maker's recovery holds.",
     .look_next = "The newest image of the board's maker.",
     .ended = Ended::not_solved,
     .end = "the recovery went on with the older one",
     .source = "fwupd/firmware-lenovo issue 608"},
    {.id = "part-older-than-allowed",
     .numbers = {445},
     .first = 12,
     .means = "A part of the image is older than what the firmware still takes, also when it is "
              "the one that the maker's recovery holds.",
     .look_next = "The newest image of the board's maker.",
     .end = "no end is told",
     .source = "fwupd/firmware-lenovo issue 360"},
    {.id = "recovery-image-failure",
     .signs = {Sign::recovery, Sign::image_failure},
     .means = "The engine runs its recovery code because its image failed: what is in the flash is "
              "damaged, or was shrunk by me_cleaner.",
     .look_next = "Whether somebody cleaned the image (then it is as wanted, and takes no update). "
                  "Else the board maker's BIOS or ME package, which writes the region anew.",
     .end = "with a cleaned image it stays so by design",
     .source = "corna/me_cleaner issue 235"},
    {.id = "recovery-cleaned",
     .signs = {Sign::recovery, Sign::image_cleaned},
     .means =
         "The engine runs its recovery code, and the image was shrunk with me_cleaner: what it "
         "would start from is gone. It is as wanted; the board's BIOS may not bear it, and "
         "switch the board off.",
     .look_next = "The maker's unchanged image, where the board is to stay on; with a cleaned one "
                  "the engine stays so.",
     .ended = Ended::not_solved,
     .end = "switched off after ten minutes with every way of cleaning that was tried",
     .source = "corna/me_cleaner issue 226 (Fujitsu T902)"},
    {.id = "image-failure",
     .signs = {Sign::image_failure},
     .means =
         "The engine's image failed: what is in the flash is damaged, or was shrunk by "
         "me_cleaner. The engine does not run; some boards then switch off after half an hour.",
     .look_next = "Whether somebody cleaned the image (then it is as wanted). Else the board "
                  "maker's BIOS or ME package; where these refuse, the region has to be written "
                  "anew by the maker or with a programmer.",
     .end = "no end is told",
     .source = "winraid 33539; corna/me_cleaner issue 235"},
    {.id = "recovery",
     .signs = {Sign::recovery},
     .means = "The engine runs its recovery code: its image is damaged or an update was broken "
              "off. It takes an update in this state.",
     .look_next =
         "Write the maker's newest image again; then take all power away for half a minute.",
     .ended = Ended::solved,
     .end = "writing the image again ended it on several boards; where it did not, the region was "
            "written with a programmer",
     .source = "fwupd/firmware-lenovo issue 226; winraid 32513"},
    {.id = "disabled-on-purpose",
     .signs = {Sign::alternate_disable},
     .means = "The engine was told to stop early (alternate disable mode, HAP), by its maker or "
              "its owner. It is no fault, and it takes no update so.",
     .look_next = "Nothing, unless an update is wanted: then the bit has to be cleared in the "
                  "flash descriptor first.",
     .ended = Ended::harmless,
     .end = "it is what me_cleaner -S and some makers set",
     .source = "corna/me_cleaner issues 53 and 3"},
    {.id = "jumper",
     .signs = {Sign::jumper},
     .means = "The board's service jumper overrides the flash's protection. The engine does not "
              "start wholly while it is set.",
     .look_next = "Put the jumper back, take all power away, and look again.",
     .end = "the owner had set it to write the flash",
     .source = "winraid 32513 (Dell T7600)"},
    {.id = "halted",
     .signs = {Sign::halted},
     .means = "The engine has halted by itself, after resets. It answers nothing.",
     .look_next = kPower,
     .end = "no end is told",
     .source = "Lenovo td-p/4015313 (T470)"},
    {.id = "driver-not-ready",
     .signs = {Sign::driver_not_ready},
     .means = "Linux asked the engine to start its link and the engine never became ready: it does "
              "not run (switched off, hidden by the BIOS, cleaned, or its image is bad). Linux "
              "itself goes on without it.",
     .look_next =
         "Take all power away for half a minute and look again; then MEInfo from DOS or `meupdate "
         "info`. If the BIOS shows version 0.0.0.0, too, have the maker's image written.",
     .ended = Ended::harmless,
     .end = "where the engine is switched off on purpose the lines are all there is",
     .source = "Dasharo/dasharo-issues 824; corna/me_cleaner issue 3 (C720P)"},
    {.id = "driver-not-ready-and-gave-up",
     .signs = {Sign::driver_not_ready, Sign::driver_gave_up},
     .means = "Linux asked the engine three times to start its link and the engine never became "
              "ready: it does not run (switched off, hidden by the BIOS, cleaned, or its image is "
              "bad). Linux itself goes on without it.",
     .look_next =
         "Take all power away for half a minute and look again; then MEInfo from DOS or `meupdate "
         "info`. If the BIOS shows version 0.0.0.0, too, have the maker's image written.",
     .ended = Ended::harmless,
     .end = "where the engine is switched off on purpose the lines are all there is",
     .source = "corna/me_cleaner issue 3 (C720P)"},
    {.id = "driver-out-of-turn",
     .signs = {Sign::driver_out_of_turn},
     .means = "The engine answered what Linux had not asked at that moment: its link was reset in "
              "the middle, as behind sleep or by a second driver. Linux resets it and starts anew.",
     .look_next = "Whether `initialization failed` or `disabling the device` stands behind it. If "
                  "not, nothing is needed; else take all power away for half a minute.",
     .end = "no thread is known",
     .source = "Linux, drivers/misc/mei/hbm.c"},
    {.id = "driver-saw-restart",
     .signs = {Sign::driver_saw_restart},
     .means = "The engine restarted while Linux spoke with it. Linux resets its link and starts "
              "anew; an update that was under way is broken off.",
     .look_next = "Whether it comes again. Once, behind sleep or an update, it is nothing; again "
                  "and again, take all power away for half a minute, then the maker's newest BIOS.",
     .end = "no thread is known",
     .source = "Linux, drivers/misc/mei/hw-me.c"},
    {.id = "driver-reset-link",
     .signs = {Sign::driver_reset_link},
     .means = "Linux reset its link to the engine while it was in use, and starts anew: the engine "
              "restarted, or it did not answer. The line does not tell which.",
     .look_next =
         "The lines of mei before it, and whether it comes again. Once, behind sleep or an "
         "update, it is nothing; again and again, take all power away for half a minute, "
         "then the maker's newest BIOS.",
     .ended = Ended::harmless,
     .end = "in one project's daily tests it comes and goes, and is left out of the count",
     .source = "Linux, drivers/misc/mei/init.c; thesofproject/sof-test issue 389"},
    {.id = "connect-unanswered",
     .signs = {Sign::connect_unanswered},
     .means = "The engine runs, and a client of it did not answer Linux' connect in time. Linux "
              "resets the link and starts anew.",
     .look_next = "Take all power away for half a minute and look again. Then the version in the "
                  "BIOS set-up, and the maker's newest BIOS, which often carries the ME.",
     .end = "no thread is known",
     .source = "Linux, drivers/misc/mei/interrupt.c"},
    {.id = "driver-has-disabled",
     .signs = {Sign::driver_has_disabled},
     .means = "Linux' driver has given the engine up: it did not become ready, or its link was "
              "reset too often. The kernel's log says which.",
     .look_next = "`dmesg | grep mei`. Then take all power away for half a minute and look again.",
     .end = "no thread is known",
     .source = "Linux, Documentation/ABI/testing/sysfs-class-mei"},
    {.id = "driver-gave-up",
     .signs = {Sign::driver_gave_up},
     .means =
         "The engine answered and reset its link again and again while Linux started it, until "
         "the driver left it alone: it runs, and not soundly. Linux itself goes on without it.",
     .look_next = "Take all power away for half a minute and look again. Then the words of "
                  "/sys/class/mei/mei0/fw_status, the version in the BIOS set-up, and the maker's "
                  "newest BIOS, which often carries the ME.",
     .end = "no thread is known",
     .source = "Linux, drivers/misc/mei/init.c"},
    {.id = "no-version-and-switches-off",
     .signs = {Sign::version_missing, Sign::switches_off},
     .first = 6,
     .means = "The ME does not run: the BIOS got no version from it, and its watchdog switches the "
              "board off after half an hour. Its region in the flash is missing or damaged.",
     .look_next = "Take all power away for half a minute, look again. Then the maker's BIOS by its "
                  "recovery method (jumper or USB), which also writes the ME.",
     .end = "BIOS recovery is what is advised; after a bad flash owners used a programmer",
     .source = "winraid 34971"},
    {.id = "image-failure-and-waits",
     .signs = {Sign::image_failure, Sign::waits_for_its_end},
     .first = 6,
     .last = 10,
     .means =
         "The engine found its image damaged and has stopped; it waits for its watchdog, which "
         "switches the board off half an hour after its start.",
     .look_next =
         "The board maker's BIOS or ME package, within that half hour; where it is refused, "
         "the ME's region has to be written with a programmer.",
     .end = "the thread goes on to write the region anew; its end is not told here",
     .source = "winraid 33539 (Dell M6800)"},
    {.id = "switches-off",
     .signs = {Sign::switches_off},
     .means = "A board that switches itself off half an hour after its start is often one whose ME "
              "does not run: its watchdog ends the session.",
     .look_next =
         "The ME's version in the BIOS set-up (N/A or 0.0.0.0: it does not run) and MEInfo "
         "-fwsts. Then the maker's BIOS by its recovery method, which also writes the ME.",
     .end = "threads advise to write the ME's region anew; no end is told",
     .source = "winraid 33539 (Dell M6800), 33001"},
    {.id = "version-missing-5",
     .signs = {Sign::version_missing},
     .first = 2,
     .last = 5,
     .means = "The BIOS got no version from the ME: it did not start. It may do so at one start "
              "and not at the next.",
     .look_next = "Take all power away for half a minute, look again. Then the maker's BIOS by its "
                  "recovery method, which also writes the ME.",
     .end = "on DQ45CB boards it came and went; the BIOS recovery also wrote a newer ME",
     .source = "serverfault 345108"},
    {.id = "version-missing",
     .signs = {Sign::version_missing},
     .first = 6,
     .means = "The BIOS got no version from the ME: it did not start, or its region is missing in "
              "the flash. Some boards then switch off after half an hour.",
     .look_next = "Take all power away for half a minute, look again. Then the maker's BIOS by its "
                  "recovery method (jumper or USB), which also writes the ME.",
     .end = "BIOS recovery is what the maker's forum advises; after a bad flash owners used a "
            "programmer",
     .source = "community.intel.com td-p/1263270; winraid 34971, 32560"},
    {.id = "numberless-2",
     .numbers = {8725},
     .first = 2,
     .last = 3,
     .means = "The tool of firmware 2 could not read how the last update ended. In Windows it "
              "needs the HECI driver and its service.",
     .look_next = "Run it from DOS. If it then says that an update is in progress, take all power "
                  "away for half a minute.",
     .ended = Ended::solved,
     .end = "run from DOS, the tool began to write",
     .source = "software.intel.com topic 304539 (HP dc7700p)"},
    {.id = "broken-off-before",
     .numbers = {8708},
     .first = 2,
     .last = 5,
     .means = "The firmware still holds an update that was broken off, or one that waits for a "
              "power cycle.",
     .look_next = kPower,
     .end = "no end is told",
     .source = "software.intel.com topic 304539 (HP dc7700p)"},
    {.id = "memanuf-recovery",
     .numbers = {9367},
     .first = 6,
     .last = 10,
     .means =
         "MEManuf says that the firmware is in recovery mode; its other errors follow from that.",
     .look_next =
         "Write the maker's image again, then MEInfo -fwsts: CurrentState is to be Normal.",
     .end = "no end is told",
     .source = "winraid 31027"},
};

}  // namespace

std::span<const KnownCase> known_cases() {
  static const std::vector<KnownCase> all = [] {
    std::vector<KnownCase> rows(std::begin(kCases), std::end(kCases));
    rows.insert(rows.end(), std::begin(kCasesOfScreens), std::end(kCasesOfScreens));
    return rows;
  }();
  return all;
}

}  // namespace updater::report
