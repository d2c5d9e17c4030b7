// SPDX-License-Identifier: BSD-3-Clause
// The newer tools' list and the firmware's own answers, as explanations: the row says what, its
// area what that means for a person. A row that owners really met has words of its own.
#include <algorithm>
#include <array>
#include <deque>
#include <string>

#include "protocol/tools/newer_error.h"
#include "protocol/tools/update_status.h"
#include "updater/report/explanations.h"

namespace updater::report {
namespace {

using protocol::tools::ErrorArea;
using protocol::tools::FoundError;

struct AreaWords {
  const char* meaning;
  const char* next_step;
};

/// In the order of ErrorArea.
constexpr AreaWords kAreaWords[] = {
    {"The firmware or the tool refused the update or its image.",
     "Compare the image with the board: model, version, product line. What MEInfo shows of the "
     "board, and the file's name, tell most."},
    {"A message between the tool and the engine went wrong.",
     "Run the tool as administrator, with the driver of the board's maker; then take all power "
     "away for half a minute and run it again."},
    {"The engine is in a state in which it does not take this.",
     "Look at the firmware status words: `meupdate explain 0x...` reads them."},
    {"The flash was not read or written. It is the tool that met this, not the engine.",
     "An engine's update does not need it: the engine writes its own region. For the rest use the "
     "update of the board's maker."},
    {"A setting, a fuse or a key is not as the tool wants it. Makers of boards use this, not their "
     "owners.",
     "Keep the tool's whole output and ask the board's maker."},
    {"A check for the factory. It says how the board was made, and is no fault that an update "
     "cures.",
     "Look only at what the board really does; keep the tool's whole output."},
    {"The tool itself, its options or its files.",
     "Check the command line, the path of the file and the free space."},
    {"The system on which the tool runs.",
     "Run the tool as administrator, or its version for another system (EFI, DOS)."},
    {"The list gives this number no meaning.", "Keep the tool's whole output."},
};

struct OwnWords {
  std::uint16_t number;
  const char* meaning;
  const char* next_step;
  const char* source;
};
constexpr std::array kOwnWords = {
    OwnWords{0, "The tool did what it was asked to do.", "Nothing.", nullptr},
    OwnWords{20,
             "The tool found no engine: its device is hidden, its driver is missing, or the engine "
             "does not run.",
             "Install the driver, run as administrator, and look whether the BIOS shows a version "
             "of the engine.",
             nullptr},
    OwnWords{
        280,
        "The engine runs its recovery code alone: an update was broken off or its image is "
        "damaged. It waits for the same update again.",
        "Let the board maker's tool or `fwupdmgr reinstall` write the same version again, on mains "
        "power; wait several minutes at \"Recovering ME Firmware\" and do not switch off.",
        "fwupd/firmware-lenovo issues 226, 303, 580"},
    OwnWords{331,
             "The board runs this version already. The tool writes it again only when told so.",
             "Nothing to do. To write it again all the same: -allowsv.", nullptr},
    OwnWords{343,
             "Firmware update from this machine is switched off: in the BIOS, in MEBx or by an "
             "administrator.",
             "Look in the BIOS set-up for updating or re-flashing the engine; MEInfo shows it as "
             "\"Local FWUpdate Disabled\".",
             nullptr},
    OwnWords{357,
             "The image is older than what the firmware still takes (its version control number is "
             "lower).",
             "Take the newest image that the board's maker has.",
             "fwupd/firmware-lenovo issue 608"},
    OwnWords{445,
             "A part of the image is older than what the firmware still takes (its version control "
             "number is lower).",
             "Take the newest image that the board's maker has.",
             "fwupd/firmware-lenovo issue 360"},
    OwnWords{509,
             "The image lacks a partition that it must have, or is damaged: so it is with an image "
             "that me_cleaner shrank.",
             "Take the maker's image, unchanged.", "corna/me_cleaner issue 328"},
    OwnWords{632, "The engine is switched off: in the BIOS set-up, by a strap, or by its maker.",
             "Switch it on in the BIOS set-up when an update is wanted; else leave it.", nullptr},
    OwnWords{
        761, "The engine runs, and does not offer the client that updates it.",
        "Look at the firmware status words; take all power away for half a minute and try again.",
        nullptr},
};
static_assert(std::ranges::is_sorted(kOwnWords, {}, &OwnWords::number));

const OwnWords* own_words(std::uint32_t number) {
  const auto row = std::ranges::lower_bound(kOwnWords, number, {}, &OwnWords::number);
  return row != kOwnWords.end() && row->number == number ? &*row : nullptr;
}

/// Keeps the text of rows that are made when they are first asked for.
struct MadeRows {
  std::deque<std::string> text;
  std::vector<KnownNumber> rows;

  const char* keep(std::string words) { return text.emplace_back(std::move(words)).c_str(); }
};

KnownNumber row_of(const FoundError& found, MadeRows& made) {
  const AreaWords& area = kAreaWords[static_cast<std::size_t>(found.area)];
  const OwnWords* own = own_words(found.number);
  return {.kind = NumberOf::newer_tool_error,
          .number = found.number,
          .title = made.keep(found.title),
          .meaning = own == nullptr ? area.meaning : own->meaning,
          .next_step = own == nullptr ? area.next_step : own->next_step,
          .source = own == nullptr ? nullptr : own->source,
          .listed_as = made.keep(found.name)};
}

MadeRows make_newer_rows() {
  MadeRows made;
  for (const FoundError& found : protocol::tools::newer_errors())
    made.rows.push_back(row_of(found, made));
  return made;
}

constexpr std::uint32_t kBehindUpdateStatuses = 0x300;

MadeRows make_update_statuses() {
  MadeRows made;
  for (std::uint32_t number = 0; number < kBehindUpdateStatuses; ++number) {
    const auto status = protocol::tools::find_update_status(number);
    if (!status) continue;
    const KnownNumber* error = find_row(NumberOf::newer_tool_error, status->tool_error);
    const bool led = status->title == nullptr && error != nullptr;
    const AreaWords& area = kAreaWords[static_cast<std::size_t>(ErrorArea::update)];
    made.rows.push_back({.kind = NumberOf::update_status,
                         .number = number,
                         .title = led ? error->title : status->title,
                         .meaning = led ? error->meaning : area.meaning,
                         .next_step = led ? error->next_step : area.next_step,
                         .listed_as = led ? error->listed_as : nullptr});
  }
  return made;
}

}  // namespace

std::span<const KnownNumber> newer_tool_errors() {
  static const MadeRows made = make_newer_rows();
  return made.rows;
}

std::span<const KnownNumber> update_statuses() {
  static const MadeRows made = make_update_statuses();
  return made.rows;
}

}  // namespace updater::report
