// SPDX-License-Identifier: BSD-3-Clause
// The error numbers of the tools for firmware 2 to 10: FWUpdLcl's (8192 and up), MEInfo's and
// MEManuf's (9216 and up). Numbers: intel/lms; sources of the rest beside them.
#include <algorithm>
#include <array>

#include "updater/report/explanations.h"

namespace updater::report {
namespace {

constexpr NumberOf kTool = NumberOf::tool_error;

constexpr const char* kAgain =
    "Run the same command again; if it fails in the same way, keep the file of --log and report "
    "it.";
constexpr const char* kFetchAgain =
    "Fetch the image again from the board's maker and look at it with `meupdate image FILE`.";
constexpr const char* kNoPublicWords =
    "The tools of firmware 8 and 9 print it; no public list says what it stands for.";
constexpr const char* kReadItsWords =
    "Read the tool's own words behind the number, and give all of its output.";
constexpr const char* kNoUpdateClient =
    "The tool reached the ME's interface, and the part of the firmware that updates it did not "
    "answer: the ME does not run, or not wholly.";
constexpr const char* kNoFeatures =
    "The tool could not read which features the firmware has: it follows from the error before it.";
constexpr const char* kDoesItRun =
    "Look at the ME's version in the BIOS set-up (N/A, 0.0.0.0?), at the service jumper, and at "
    "`CurrentState` of MEInfo -fwsts; take all power away for half a minute and run the tool "
    "again.";
constexpr const char* kRightFile = "Check the path, the permissions and the free space.";

constexpr std::array kToolErrors = {
    KnownNumber{kTool, 0, "success", "The command did what it was asked to do.", "Nothing."},
    KnownNumber{kTool, 1, "not a Management Engine SKU",
                "The board has no Management Engine, or it is switched off.",
                "Look in the BIOS set-up whether the ME is switched on."},
    KnownNumber{
        kTool, 2, "library not loaded",
        "A library that the era's tool needs could not be loaded. This program never reports it.",
        "Install the maker's tool anew."},
    KnownNumber{
        kTool, 8193, "no ME device",
        "No HECI function and no driver for one was found. The tool itself lists as reasons "
        "that it does not run as administrator, that the driver is missing, and that the ME "
        "is in an error state: then it does not show itself.",
        "Run as administrator, load the mei_me driver, or name the function: --device "
        "pci:0000:00:03.0. Where the BIOS shows the ME's version as 0.0.0.0 or N/A, the ME "
        "itself does not run: take all power away for half a minute and look again.",
        "the tool's own list (winraid 40162); an ME in recovery (HP td-p/7025887)"},
    KnownNumber{kTool, 8199, "transfer failed",
                "A message could not be sent to the ME or received from it.",
                "Take the power away for half a minute, start again, and run the same command."},
    KnownNumber{kTool, 8204, "wrong message type",
                "The ME answered with another message than the one that was asked for.", kAgain},
    KnownNumber{kTool, 8205, "cannot connect",
                "The ME did not take the connection to one of its clients.",
                "Take the power away for half a minute, start again, and run the same command.",
                "logs of ME 8 and 9"},
    KnownNumber{kTool, 8213, "buffer too small",
                "An answer of the ME was longer than the room for it.", kAgain},
    KnownNumber{kTool, 8704, "SKU mismatch",
                "The image was made for another product line than the board's.",
                "Find the image that the board's maker offers for this very model."},
    KnownNumber{kTool, 8705, "version mismatch",
                "The image is of another firmware generation than the board's.",
                "Find an image with the same major version as the one that `meupdate info` shows."},
    KnownNumber{
        kTool, 8706, "invalid image",
        "The image is damaged: a hash or its signature does not fit, or its key is not trusted.",
        kFetchAgain},
    KnownNumber{kTool, 8707, "internal error",
                "The firmware met a fault of its own while it updated itself. Behind 8741: it took "
                "the image, began, and broke off; the version that ran before went on running.",
                kAgain, "winraid 36175"},
    KnownNumber{
        kTool, 8708, "update in progress",
        "Another update is running, or one has finished and waits for a power cycle, or one "
        "was broken off.",
        "Wait a few minutes; then take the power away for half a minute and look at "
        "`meupdate info`."},
    KnownNumber{kTool, 8710, "out of memory", "The host had no memory left.",
                "Close other programs and try again."},
    KnownNumber{kTool, 8713, "invalid header",
                "The image does not begin like an ME image, or a field of its header is wrong.",
                kFetchAgain},
    KnownNumber{kTool, 8714, "file not readable", "The image file cannot be opened or read.",
                kRightFile},
    KnownNumber{kTool, 8716, "usage", "The command line is wrong.", "See `meupdate --help`."},
    KnownNumber{kTool, 8718, "timed out", "The ME did not answer in time.",
                "Take the power away for half a minute, start again, and run the same command."},
    KnownNumber{kTool, 8719, "local update disabled",
                "Firmware update from this machine is switched off. Who did that the number does "
                "not tell: the board's maker in the BIOS, somebody in its set-up or in MEBx, or an "
                "administrator. MEInfo shows it as \"Local FWUpdate Disabled\".",
                "Switch on \"ME Firmware Local Update\" in MEBx (Ctrl-P while the machine starts), "
                "or the BIOS set-up's option for updating or re-flashing the ME.",
                "Dell td-p/6045734"},
    KnownNumber{kTool, 8721, "update through the TPM is enabled",
                "The ME also is the board's TPM, and it takes firmware only through the TPM, so "
                "that nobody can change "
                "the TPM without its owner's consent. An update over HECI is refused before "
                "anything is written.",
                "Leave --via heci out: `meupdate update` then goes through the TPM. "
                "`meupdate tpm status` shows whether the TPM is ready, `meupdate tpm check-owner` "
                "whether you know its owner's secret."},
    KnownNumber{kTool, 8722, "unsupported message",
                "The firmware does not know a message that it was sent.",
                "The firmware may speak another update protocol; use the board maker's tool."},
    KnownNumber{kTool, 8723, "no update in progress",
                "Data came to the firmware without an update having been started.", kAgain},
    KnownNumber{kTool, 8724, "no response", "The firmware did not answer a message of the update.",
                kAgain},
    KnownNumber{kTool, 8725, "last status unreadable",
                "The result of the last update cannot be read. The tools of firmware 2 say it "
                "without a number: \"Failed to receive last update status from the firmware\".",
                kAgain, "software.intel.com topic 304539 (HP dc7700p)"},
    KnownNumber{kTool, 8727, "parameters unreadable",
                "The firmware's update parameters cannot be read. Boards with firmware 7.1 said so "
                "to an image of 8.1: it was of another major version.",
                "Compare the first two numbers of the board's version and of the image's; take an "
                "image of the board's own major version.",
                "HP td-p/6058887; andybrown.me.uk forum, Z420"},
    KnownNumber{kTool, 8728, "tool incompatible",
                "The firmware asks for another version of the update tool.",
                "Use the tool that came with the image."},
    KnownNumber{kTool, 8729, "TPM is owned",
                "The update goes through the TPM, the TPM has an owner, and the owner's password "
                "was not given.",
                "Give --owner-passphrase-file FILE (or --owner-secret-file). Switching the TPM off "
                "in the BIOS set-up helped neither of the two owners whose logs are known."},
    KnownNumber{kTool, 8741, "update failed",
                "The firmware gave the update up without a reason of its own.", kAgain},
    KnownNumber{
        kTool, 8743, "unknown platform",
        "The tool found no ME that it knows. Either it is made for another generation, or "
        "the ME is hidden or does not run: switched off in the BIOS set-up, or its image in "
        "the flash is missing or damaged.",
        "Look at the ME's version in the BIOS set-up. N/A or 0.0.0.0: the ME does not run; "
        "switch it on there (\"ME State\"), then take all power away for half a minute. A "
        "version: use the tool of that generation.",
        "winraid 36348 (switched off), 36014 and 91190 (damaged or missing)"},
    KnownNumber{kTool, 8744, "OEM check failed",
                "Whether the image is of the board's maker could not be checked.", kAgain},
    KnownNumber{kTool, 8745, "wrong OEM id",
                "The firmware is bound to a maker's id, and the update did not carry it.",
                "Use the tool and the image of the board's maker."},
    KnownNumber{kTool, 8746, "invalid length",
                "The image is empty, larger than its place in the flash, or the transfer did not "
                "carry as many bytes as announced.",
                kFetchAgain},
    KnownNumber{kTool, 8747, "no buffer", "The firmware had no room to take the data.", kAgain},
    KnownNumber{kTool, 8748, "invalid parameters",
                "A parameter of the update was not acceptable to the firmware.", kAgain},
    KnownNumber{kTool, 8754, "file not written", "A file could not be written.", kRightFile},
    KnownNumber{kTool, 8757, "version not shown", "The firmware's version could not be shown.",
                kAgain},
    KnownNumber{kTool, 8758, "image not supported",
                "The file is an ME image of a kind that cannot be used for an update.",
                "Use an update image (it starts with its manifest), a whole ME region or a whole "
                "flash image."},
    KnownNumber{kTool, 8759, "internal error", "The era's tool met a fault of its own.", kAgain},
    KnownNumber{
        kTool, 8760, "downgrade refused", "The image is older than the firmware that runs.",
        "Give --allow-downgrade when going back is what you want; firmware may still refuse it."},
    KnownNumber{kTool, 8761, "file write failed", "A file could not be written.", kRightFile},
    KnownNumber{kTool, 8762, "file read failed", "A file could not be read.", kRightFile},
    KnownNumber{kTool, 8763, "file delete failed", "A file could not be deleted.", kRightFile},
    KnownNumber{kTool, 8764, "partition layout differs",
                "The image's partitions do not fit those in the flash.",
                "Use the image that the board's maker offers for this very model."},
    KnownNumber{kTool, 8765, "downgrade data mismatch",
                "The settings in the flash are of a newer form than the older image can read.",
                "Stay with the newer firmware."},
    KnownNumber{kTool, 8766, "wrong password", "The password that was given is not the ME's.",
                "Put the MEBx password into a file and give --password-file FILE. Three wrong ones "
                "lock the update until a restart."},
    KnownNumber{kTool, 8768, "password needed",
                "Firmware update from this machine needs the ME's password.",
                "Put the MEBx password into a file and give --password-file FILE."},
    KnownNumber{kTool, 8769, "polling failed", "Asking how the update goes on failed.",
                "Wait a few minutes, then look at `meupdate info`."},
    KnownNumber{kTool, 8771, "invalid file",
                "The file is no valid update image: changed (me_cleaner), damaged, or of another "
                "kind. Where the tool shows a version that makes no sense, that shows it.",
                kFetchAgain, "corna/me_cleaner issue 3; MSI forum topic 113378"},
    KnownNumber{
        kTool, 8772, "same version",
        "The firmware already is what the image holds, and writing it again was not allowed.",
        "Give --allow-same-version when writing it again is what you want."},
    KnownNumber{kTool, 8776, "not explained in public",
                "The number is in the tool family's list; what it means is not public.",
                "Keep the tool's whole output and look at `meupdate info`."},
    KnownNumber{kTool, 8778, "version unreadable", "The firmware does not tell its version.",
                "Take the power away for half a minute, start again, and look at `meupdate info`."},
    KnownNumber{kTool, 8787, "too many wrong passwords",
                "Wrong passwords were given too often since the ME started.",
                "Take the power away for half a minute, then give the right password."},
    KnownNumber{kTool, 9255, "of MEInfo or MEManuf", kNoPublicWords, kReadItsWords,
                "logs of ME 8 and 9"},
    KnownNumber{kTool, 9256, "of MEInfo or MEManuf", kNoPublicWords, kReadItsWords,
                "logs of ME 8 and 9"},
    KnownNumber{kTool, 9258, "no answer from the update client", kNoUpdateClient, kDoesItRun,
                "winraid 32276 (GA-H55M-S2V)"},
    KnownNumber{kTool, 9259, "features not known", kNoFeatures, kDoesItRun,
                "winraid 32276 (GA-H55M-S2V)"},
    KnownNumber{kTool, 9296, "a test of MEManuf failed",
                "The last line of MEManuf's: one of its tests failed. Which one the lines before "
                "tell.",
                "Read the errors before it: each tells of one test.", "winraid 31027"},
    KnownNumber{kTool, 9328, "internal error of MEManuf",
                "MEManuf could not carry out a test. It says so, too, when the firmware is in "
                "recovery mode.",
                kDoesItRun, "winraid 31027"},
    KnownNumber{kTool, 9367, "firmware in recovery mode",
                "The ME runs its recovery code alone: its image in the flash is damaged or "
                "incomplete.",
                "Write the ME's image again with the board maker's tool or BIOS update; the "
                "recovery code takes an update.",
                "winraid 31027"},
    KnownNumber{kTool, 9458, "no answer from the update client", kNoUpdateClient, kDoesItRun,
                "winraid 32655 (M92p)"},
    KnownNumber{kTool, 9459, "features not known", kNoFeatures, kDoesItRun, "winraid 32655 (M92p)"},
};

static_assert(std::ranges::is_sorted(kToolErrors, {}, &KnownNumber::number));

}  // namespace

std::span<const KnownNumber> tool_errors() {
  return kToolErrors;
}

const KnownNumber* find_tool_error(std::uint32_t number) {
  const auto row = std::ranges::lower_bound(kToolErrors, number, {}, &KnownNumber::number);
  return row != kToolErrors.end() && row->number == number ? &*row : nullptr;
}

const KnownNumber* find_device_status(std::uint32_t status) {
  if (status <= 1) return nullptr;
  const KnownNumber* tool_error = find_tool_error(status);
  return tool_error != nullptr ? tool_error : find_row(NumberOf::update_status, status);
}

}  // namespace updater::report
