// SPDX-License-Identifier: BSD-3-Clause
// Small numbers that mean another thing in each tool and generation: the flash programming tool's
// for firmware 2 to 11, and those of the other tools for firmware 11. From 12 on all tools share
// one list.
#include <algorithm>
#include <array>

#include "updater/report/explanations.h"

namespace updater::report {
namespace {

constexpr NumberOf kFpt = NumberOf::flash_tool_error;
constexpr NumberOf kOfEleven = NumberOf::generation_11_error;

constexpr const char* kRunsAtAll =
    "Look at the ME's version in the BIOS set-up (N/A, 0.0.0.0?) and at CurrentState of MEInfo "
    "-fwsts; take all power away for half a minute and run the tool again.";
constexpr const char* kBiosLock =
    "The BIOS keeps its own region locked while the system runs. It is no fault of the board.";
constexpr const char* kMakersTool =
    "Use the update of the board's maker. The lock is there so that no program can change the "
    "BIOS.";

constexpr std::array kFlashToolErrors = {
    KnownNumber{kFpt, 7, "the flash controller refused the access",
                "The hardware did not carry out the access: the region is locked by the flash "
                "descriptor, by the BIOS or by the flash part itself.",
                "Read the lines before it: they name the place in the flash.",
                "logs of FPT for the C600 series"},
    KnownNumber{kFpt, 26, "no access to this region of the flash",
                "The flash descriptor does not let the host read or write this region: so boards "
                "leave the factory. It is no fault of the board, and no exit status of meupdate.",
                "An ME update does not need it: the ME writes its own region (FWUpdLcl). For a "
                "whole copy of the flash, a programmer or the board's service jumper.",
                "badcaps.net topic 61651"},
    KnownNumber{kFpt, 28, "protected by the BIOS (protected range registers)",
                "The BIOS has closed this part of the flash with the controller's protected range "
                "registers until the next restart.",
                kMakersTool, "winraid 31738"},
    KnownNumber{kFpt, 167, "protected by the BIOS (protected range registers)",
                "The BIOS has closed this part of the flash with the controller's protected range "
                "registers until the next restart.",
                kMakersTool, "winraid 33642"},
    KnownNumber{kFpt, 280, "the BIOS's write protection could not be switched off", kBiosLock,
                kMakersTool, "winraid 32725 and 33642"},
    KnownNumber{kFpt, 368, "the BIOS's write protection could not be switched off", kBiosLock,
                kMakersTool, "winraid 32725"},
};

constexpr std::array kElevenErrors = {
    KnownNumber{kOfEleven, 32, "unknown error code",
                "The tool met an error that it has no words for; the one before it is the cause.",
                "Read the error before it.", "HP td-p/6616312 (EliteDesk 800 G2)"},
    KnownNumber{kOfEleven, 81, "features not known",
                "The tool could not read which features the firmware has: it follows from the "
                "error before it.",
                kRunsAtAll, "winraid 32105"},
    KnownNumber{kOfEleven, 82, "no answer from a client of the ME",
                "The tool reached the ME's interface, and a client of the firmware did not answer.",
                kRunsAtAll, "logs of MEInfo 11"},
    KnownNumber{kOfEleven, 86, "no answer from the update client",
                "The tool reached the ME's interface, and the part of the firmware that updates it "
                "did not answer: the ME does not run, or not wholly.",
                kRunsAtAll, "winraid 32105; Lenovo td-p/4015313 (T470)"},
    KnownNumber{kOfEleven, 561, "the platform's type could not be read",
                "The tool asked which platform it is on and got no answer that it knows.",
                "Use the tool of the board's maker for this very model, and the driver that came "
                "with it.",
                "HP td-p/6616312 (EliteDesk 800 G2)"},
};

static_assert(std::ranges::is_sorted(kFlashToolErrors, {}, &KnownNumber::number));
static_assert(std::ranges::is_sorted(kElevenErrors, {}, &KnownNumber::number));

}  // namespace

std::span<const KnownNumber> flash_tool_errors() {
  return kFlashToolErrors;
}
std::span<const KnownNumber> generation_11_errors() {
  return kElevenErrors;
}

}  // namespace updater::report
