// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/explanations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

#include "updater/report/owner_steps.h"

namespace updater::report {
namespace {

constexpr NumberOf kTool = NumberOf::tool_error;
constexpr NumberOf kExit = NumberOf::exit_status;
constexpr NumberOf kLogged = NumberOf::logged_value;

constexpr const char* kAgain =
    "Run the same command again; if it fails in the same way, keep the file of --log and report "
    "it.";
constexpr const char* kFetchAgain =
    "Fetch the image again from the board's maker and look at it with `meupdate image FILE`.";
constexpr const char* kRightFile = "Check the path, the permissions and the free space.";

constexpr std::array kToolErrors = {
    Explanation{kTool, 0, "success", "The command did what it was asked to do.", "Nothing."},
    Explanation{kTool, 1, "not a Management Engine SKU",
                "The board has no Management Engine, or it is switched off.",
                "Look in the BIOS set-up whether the ME is switched on."},
    Explanation{
        kTool, 2, "library not loaded",
        "A library that the era's tool needs could not be loaded. This program never reports it.",
        "Install the maker's tool anew."},
    Explanation{kTool, 8193, "no ME device", "No HECI function and no driver for one was found.",
                "Load the mei_me driver, or name the function: --device pci:0000:00:03.0."},
    Explanation{kTool, 8199, "transfer failed",
                "A message could not be sent to the ME or received from it.",
                "Take the power away for half a minute, start again, and run the same command."},
    Explanation{kTool, 8204, "wrong message type",
                "The ME answered with another message than the one that was asked for.", kAgain},
    Explanation{kTool, 8213, "buffer too small",
                "An answer of the ME was longer than the room for it.", kAgain},
    Explanation{kTool, 8704, "SKU mismatch",
                "The image was made for another product line than the board's.",
                "Find the image that the board's maker offers for this very model."},
    Explanation{kTool, 8705, "version mismatch",
                "The image is of another firmware generation than the board's.",
                "Find an image with the same major version as the one that `meupdate info` shows."},
    Explanation{
        kTool, 8706, "invalid image",
        "The image is damaged: a hash or its signature does not fit, or its key is not trusted.",
        kFetchAgain},
    Explanation{kTool, 8707, "internal error",
                "The firmware met a fault of its own while it updated itself.", kAgain},
    Explanation{kTool, 8708, "update in progress",
                "Another update is running, or one has finished and waits for a power cycle.",
                "Wait a few minutes; then take the power away for half a minute and look at "
                "`meupdate info`."},
    Explanation{kTool, 8710, "out of memory", "The host had no memory left.",
                "Close other programs and try again."},
    Explanation{kTool, 8713, "invalid header",
                "The image does not begin like an ME image, or a field of its header is wrong.",
                kFetchAgain},
    Explanation{kTool, 8714, "file not readable", "The image file cannot be opened or read.",
                kRightFile},
    Explanation{kTool, 8716, "usage", "The command line is wrong.", "See `meupdate --help`."},
    Explanation{kTool, 8718, "timed out", "The ME did not answer in time.",
                "Take the power away for half a minute, start again, and run the same command."},
    Explanation{
        kTool, 8719, "local update disabled",
        "The owner or an administrator has switched off firmware update from this machine.",
        "Switch on \"ME Firmware Local Update\" in MEBx (Ctrl-P while the machine starts)."},
    Explanation{kTool, 8721, "update through the TPM is enabled",
                "The ME also is the board's TPM, and it takes firmware only through the TPM, so "
                "that nobody can change "
                "the TPM without its owner's consent. An update over HECI is refused before "
                "anything is written.",
                "Leave --via heci out: `meupdate update` then goes through the TPM. "
                "`meupdate tpm status` shows whether the TPM is ready, `meupdate tpm check-owner` "
                "whether you know its owner's secret."},
    Explanation{kTool, 8722, "unsupported message",
                "The firmware does not know a message that it was sent.",
                "The firmware may speak another update protocol; use the board maker's tool."},
    Explanation{kTool, 8723, "no update in progress",
                "Data came to the firmware without an update having been started.", kAgain},
    Explanation{kTool, 8724, "no response", "The firmware did not answer a message of the update.",
                kAgain},
    Explanation{kTool, 8725, "last status unreadable",
                "The result of the last update cannot be read.", kAgain},
    Explanation{kTool, 8727, "parameters unreadable",
                "The firmware's update parameters cannot be read.", kAgain},
    Explanation{kTool, 8728, "tool incompatible",
                "The firmware asks for another version of the update tool.",
                "Use the tool that came with the image."},
    Explanation{kTool, 8729, "TPM is owned",
                "The update goes through the TPM, the TPM has an owner, and the owner's password "
                "was not given.",
                "Give --owner-passphrase-file FILE (or --owner-secret-file). Switching the TPM off "
                "in the BIOS set-up helped neither of the two owners whose logs are known."},
    Explanation{kTool, 8741, "update failed",
                "The firmware gave the update up without a reason of its own.", kAgain},
    Explanation{kTool, 8743, "unknown platform",
                "The board's chipset or firmware generation is not one the tool knows.",
                "Use the tool of the board's maker."},
    Explanation{kTool, 8744, "OEM check failed",
                "Whether the image is of the board's maker could not be checked.", kAgain},
    Explanation{kTool, 8745, "wrong OEM id",
                "The firmware is bound to a maker's id, and the update did not carry it.",
                "Use the tool and the image of the board's maker."},
    Explanation{kTool, 8746, "invalid length",
                "The image is empty, larger than its place in the flash, or the transfer did not "
                "carry as many bytes as announced.",
                kFetchAgain},
    Explanation{kTool, 8747, "no buffer", "The firmware had no room to take the data.", kAgain},
    Explanation{kTool, 8748, "invalid parameters",
                "A parameter of the update was not acceptable to the firmware.", kAgain},
    Explanation{kTool, 8754, "file not written", "A file could not be written.", kRightFile},
    Explanation{kTool, 8757, "version not shown", "The firmware's version could not be shown.",
                kAgain},
    Explanation{kTool, 8758, "image not supported",
                "The file is an ME image of a kind that cannot be used for an update.",
                "Use an update image (it starts with its manifest), a whole ME region or a whole "
                "flash image."},
    Explanation{kTool, 8759, "internal error", "The era's tool met a fault of its own.", kAgain},
    Explanation{
        kTool, 8760, "downgrade refused", "The image is older than the firmware that runs.",
        "Give --allow-downgrade when going back is what you want; firmware may still refuse it."},
    Explanation{kTool, 8761, "file write failed", "A file could not be written.", kRightFile},
    Explanation{kTool, 8762, "file read failed", "A file could not be read.", kRightFile},
    Explanation{kTool, 8763, "file delete failed", "A file could not be deleted.", kRightFile},
    Explanation{kTool, 8764, "partition layout differs",
                "The image's partitions do not fit those in the flash.",
                "Use the image that the board's maker offers for this very model."},
    Explanation{kTool, 8765, "downgrade data mismatch",
                "The settings in the flash are of a newer form than the older image can read.",
                "Stay with the newer firmware."},
    Explanation{kTool, 8766, "wrong password", "The password that was given is not the ME's.",
                "Put the MEBx password into a file and give --password-file FILE. Three wrong ones "
                "lock the update until a restart."},
    Explanation{kTool, 8768, "password needed",
                "Firmware update from this machine needs the ME's password.",
                "Put the MEBx password into a file and give --password-file FILE."},
    Explanation{kTool, 8769, "polling failed", "Asking how the update goes on failed.",
                "Wait a few minutes, then look at `meupdate info`."},
    Explanation{kTool, 8771, "not explained in public",
                "The number is in the tool family's list; what it means is not public.",
                "Keep the tool's whole output and look at `meupdate info`."},
    Explanation{
        kTool, 8772, "same version",
        "The firmware already is what the image holds, and writing it again was not allowed.",
        "Give --allow-same-version when writing it again is what you want."},
    Explanation{kTool, 8776, "not explained in public",
                "The number is in the tool family's list; what it means is not public.",
                "Keep the tool's whole output and look at `meupdate info`."},
    Explanation{kTool, 8778, "version unreadable", "The firmware does not tell its version.",
                "Take the power away for half a minute, start again, and look at `meupdate info`."},
    Explanation{kTool, 8787, "too many wrong passwords",
                "Wrong passwords were given too often since the ME started.",
                "Take the power away for half a minute, then give the right password."},
};

constexpr std::array kExitStatuses = {
    Explanation{kExit, 0, "done", "The command did what it was asked to do.", "Nothing."},
    Explanation{kExit, 1, "failed, device unchanged",
                "The command failed; the firmware that ran before still runs.",
                "Read the error; `meupdate explain NUMBER` tells more about it."},
    Explanation{kExit, 2, "usage",
                "The command line, or a file it names, is wrong. Nothing was asked of a device.",
                "See `meupdate --help`."},
    Explanation{kExit, 3, "no device", "No Management Engine was found, or none could be opened.",
                "Load the mei_me driver, run as root, or name the device with --device."},
    Explanation{kExit, 4, "nothing to do", "The device already runs what the image holds.",
                "Nothing."},
    Explanation{
        kExit, 5, "refused",
        "A condition for the update is not met, or nobody confirmed it. Nothing was written.",
        "The message names the condition and what to do about it."},
    Explanation{
        kExit, 6, "verification failed",
        "An image is not sound; or an update ended, but the device says that it failed or does "
        "not report the image's version.",
        "For an image: fetch it again. After an update: do what its last words say."},
    Explanation{kExit, 7, "interrupted, run again",
                "The update was broken off before its end; the old firmware is untouched and takes "
                "the update again.",
                "Do what the last words say: most often, run the command that was printed."},
    Explanation{
        kExit, 8, "interrupted, recovery needed",
        "The update was broken off; the device runs its recovery code, does not answer, or "
        "is still at it. It needs the update again.",
        "Do what the last words say, in their order; do not switch off before they say so."},
    Explanation{kExit, 20, "no TPM", "There is no TPM, it cannot be opened, or it does not answer.",
                "Switch the TPM on in the BIOS set-up, load its driver (modprobe tpm_tis), run as "
                "root, or name it with --tpm."},
    Explanation{
        kExit, 21, "update not offered by this TPM",
        "The TPM is not an Intel ME's, does not know the command that updates it, or is not "
        "known to be on one board with the Management Engine.",
        "Look at `meupdate tpm status`; name the ME's own TPM with --tpm."},
    Explanation{kExit, 22, "TPM disabled", "The TPM is disabled and takes no update.",
                "Enable it in the BIOS set-up, or let its owner enable it, and restart."},
    Explanation{kExit, 23, "TPM inactive", "The TPM is inactive and takes no update.",
                "Activate it in the BIOS set-up and restart."},
    Explanation{kExit, 24, "owner's secret needed",
                "The TPM has an owner, and the owner's secret was not given. Error 8729 of the "
                "tool family.",
                "Give --owner-passphrase-file or --owner-secret-file."},
    Explanation{kExit, 25, "wrong owner's secret",
                "The TPM says that the secret is not its owner's, and has counted it.",
                "Check the passphrase and --owner-encoding: Windows hashes UTF-16LE, tpm-tools "
                "ASCII."},
    Explanation{kExit, 26, "TPM locked out",
                "Too many wrong secrets were given; the TPM takes none until its lockout ends.",
                "Leave the computer on and wait as long as the message says: a restart begins the "
                "time anew."},
    Explanation{kExit, 27, "physical presence needed",
                "The TPM has no owner, and takes an update only where the BIOS has seen a person.",
                "Allow the update of an unowned TPM in the BIOS set-up and restart, or take "
                "ownership and give the secret."},
    Explanation{kExit, 28, "TPM self-test failed",
                "The TPM has found itself defective, or its storage, and has shut down.",
                "Take the power away for half a minute. If it stays, ask the board's maker; a TPM "
                "that is switched off in the BIOS set-up keeps its keys."},
    Explanation{kExit, 29, "last try before a lockout",
                "One more wrong owner's secret may lock the TPM, and nobody said to risk it.",
                "Be sure of the secret, then give -y; or wait until the TPM has forgotten a wrong "
                "one (`meupdate tpm status`)."},
};

constexpr std::array kLoggedValues = {
    Explanation{kLogged, 61440, "lockout-misread: iTPM lockout numbers that no board has",
                "MEInfo on Windows prints 61440, 526, 4096 and 0 as threshold, lockout, multiplier "
                "and fade-out. The TPM holds the bytes 00 0A 00 F0 00 02 0E 10: four big-endian "
                "numbers, 10 attempts, 240 s, times 2, 3600 s, and on DOS the same tool prints "
                "those. Read three bytes late, with zeros behind, they are F000, 020E, 1000 and "
                "0000: the other four.",
                "Believe `meupdate info`, which shows what the TPM holds. Only --format meinfo "
                "repeats the old tool's reading, on a host whose tool has it."},
};

static_assert(std::ranges::is_sorted(kToolErrors, {}, &Explanation::number));
static_assert(std::ranges::is_sorted(kExitStatuses, {}, &Explanation::number));

std::string lower(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return small;
}

std::optional<std::uint32_t> as_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool stands_alone(std::string_view text, std::size_t at, std::size_t length) {
  const auto ends_word = [&](std::size_t i) {
    return i >= text.size() || std::isalnum(static_cast<unsigned char>(text[i])) == 0;
  };
  return (at == 0 || ends_word(at - 1)) && ends_word(at + length);
}

/// A number only where it stands alone: "87" is not in "8729".
bool holds(std::string_view text, const std::string& word) {
  const bool counts =
      std::ranges::any_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if (!counts || stands_alone(text, at, word.size())) return true;
  }
  return false;
}

bool holds_every_word(const Explanation& row, std::string_view query) {
  const std::string text = lower(fmt::format("{} {} {}", row.title, row.meaning, row.next_step));
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (!holds(text, lower(rest.substr(0, end)))) return false;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return true;
}

template <class Wanted>
std::vector<const Explanation*> rows_where(Wanted wanted) {
  std::vector<const Explanation*> rows;
  for (const auto table : {tool_errors(), exit_statuses(), logged_values()}) {
    for (const Explanation& row : table) {
      if (wanted(row)) rows.push_back(&row);
    }
  }
  return rows;
}

}  // namespace

std::span<const Explanation> tool_errors() {
  return kToolErrors;
}
std::span<const Explanation> exit_statuses() {
  return kExitStatuses;
}
std::span<const Explanation> logged_values() {
  return kLoggedValues;
}

const char* name(NumberOf kind) {
  switch (kind) {
    case NumberOf::tool_error:
      return "error";
    case NumberOf::exit_status:
      return "exit_status";
    case NumberOf::logged_value:
      return "logged_value";
  }
  return "unknown";
}

const Explanation* find_tool_error(std::uint32_t number) {
  const auto row = std::ranges::lower_bound(kToolErrors, number, {}, &Explanation::number);
  return row != kToolErrors.end() && row->number == number ? &*row : nullptr;
}

std::vector<const Explanation*> search(std::string_view query) {
  if (query == "all") return rows_where([](const Explanation&) { return true; });
  if (const auto number = as_number(query)) {
    auto rows = rows_where([&](const Explanation& row) { return row.number == *number; });
    if (!rows.empty()) return rows;
  }
  return rows_where([&](const Explanation& row) { return holds_every_word(row, query); });
}

std::string explanation_text(const Explanation& row) {
  const char* kind = row.kind == NumberOf::tool_error    ? "Error"
                     : row.kind == NumberOf::exit_status ? "Exit status"
                                                         : "Logged value";
  std::string text = fmt::format("{} {}: {}\n  Meaning:   {}\n  Next step: {}\n", kind, row.number,
                                 row.title, row.meaning, row.next_step);
  if (const char* step = step_on_a_real_board(row))
    text += fmt::format("  On a real board, where this program writes nothing: {}\n", step);
  const auto* last = last_resort_of(row);
  return last == nullptr ? text : text + "  " + update::last_resort(*last) + "\n";
}

std::string explanation_line(const Explanation& row) {
  const char* kind = row.kind == NumberOf::tool_error    ? "error"
                     : row.kind == NumberOf::exit_status ? "exit"
                                                         : "value";
  return fmt::format("{:5} {:4}  {}\n", kind, row.number, row.title);
}

}  // namespace updater::report
