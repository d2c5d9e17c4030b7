// SPDX-License-Identifier: BSD-3-Clause
// Switches and words of the era's tools: the logs in scenarios/field-reports/, and what owners'
// posts show.
#include "updater/report/owner_steps.h"

#include <algorithm>
#include <array>

#include "updater/report/exit_status.h"

namespace updater::report {
namespace {

constexpr const char* kToolAgain =
    "Run the maker's tool again; if it fails in the same way, keep its whole output and ask the "
    "board's maker.";
constexpr const char* kToolWithPassword =
    "Run the maker's tool with -pass and the password of MEBx; three wrong ones lock the update "
    "until a restart.";

struct OwnerStep {
  std::uint32_t number;
  const char* step;
};
/// Of the tool family's errors, those whose next step is an option or a command of this program.
constexpr std::array kOwnerSteps = {
    OwnerStep{8193,
              "In Windows, install the MEI driver of the board's maker and run the tool as "
              "administrator; its version for DOS needs no driver."},
    OwnerStep{8204, kToolAgain},
    OwnerStep{8213, kToolAgain},
    OwnerStep{8707, kToolAgain},
    OwnerStep{8716, "Look at the tool's own help."},
    OwnerStep{8721, "Run the maker's tool with -tpm, as its message says."},
    OwnerStep{8723, kToolAgain},
    OwnerStep{8724, kToolAgain},
    OwnerStep{
        8725,
        "Run the tool from DOS: in Windows it needs the HECI driver and its service (LMS). If "
        "it then says that an update is in progress, take all power away for half a minute."},
    OwnerStep{8729,
              "Run the maker's tool again and give it the TPM owner's password (Lenovo's MEUPD.CMD "
              "takes it as its argument). Switching the TPM off in the BIOS set-up helped neither "
              "of the two owners whose logs are known."},
    OwnerStep{8741, kToolAgain},
    OwnerStep{8744, kToolAgain},
    OwnerStep{8747, kToolAgain},
    OwnerStep{8748, kToolAgain},
    OwnerStep{8757, kToolAgain},
    OwnerStep{8759, kToolAgain},
    OwnerStep{8760, "Stay with the newer firmware, or ask the board's maker for a way back."},
    OwnerStep{8766, kToolWithPassword},
    OwnerStep{8768, kToolWithPassword},
    OwnerStep{8772, "Nothing: the board runs that version."},
};
static_assert(std::ranges::is_sorted(kOwnerSteps, {}, &OwnerStep::number));

struct LastResort {
  NumberOf kind;
  std::uint32_t number;
  std::string_view id;
};
constexpr std::array kLastResorts = {
    LastResort{NumberOf::tool_error, 8729, "tpm-clear"},
    LastResort{NumberOf::tool_error, 8765, "unprovision"},
    LastResort{NumberOf::exit_status, static_cast<std::uint32_t>(Exit::owner_secret_needed),
               "tpm-clear"},
};

}  // namespace

const char* step_on_a_real_board(const KnownNumber& row) {
  if (row.kind != NumberOf::tool_error) return nullptr;
  const auto* found = std::ranges::lower_bound(kOwnerSteps, row.number, {}, &OwnerStep::number);
  return found != kOwnerSteps.end() && found->number == row.number ? found->step : nullptr;
}

const update::DestroyingStep* last_resort_of(const KnownNumber& row) {
  const auto* found = std::ranges::find_if(kLastResorts, [&](const LastResort& each) {
    return each.kind == row.kind && each.number == row.number;
  });
  return found == kLastResorts.end() ? nullptr : update::find_destroying_step(found->id);
}

std::string owner_steps(const KnownNumber& row) {
  const char* own = step_on_a_real_board(row);
  std::string text = own == nullptr ? row.next_step : own;
  if (const auto* step = last_resort_of(row)) text += " " + update::last_resort(*step);
  return text;
}

}  // namespace updater::report
