// SPDX-License-Identifier: BSD-3-Clause
// Sources: owners' threads and public hosts of the tools' library, as docs/generations.md and
// docs/owners-reports.md name them.
#include "scenarios/field/later/cause.h"

#include <algorithm>
#include <array>

#include "protocol/tools/update_status.h"

namespace scenarios::field {
namespace {

constexpr std::uint16_t kLastOlder = kFirstNewer - 1;

constexpr std::array kCauses = {
    Cause{.id = "no-device",
          .text =
              "the tool finds no engine: hidden by the BIOS, in an error state, or without driver",
          .error = 8193,
          .last = kLastOlder,
          .board = BoardFault::absent},
    Cause{.id = "gone-in-the-middle",
          .text = "the engine stopped in the middle of writing and does not come back by itself",
          .error = 8769,
          .last = kLastOlder,
          .board = BoardFault::gone,
          .remedy = Remedy::power_then_file},
    Cause{.id = "gone-and-no-device",
          .text = "the engine stopped in the middle of writing and is gone from the bus",
          .error = 8193,
          .last = kLastOlder,
          .board = BoardFault::gone,
          .remedy = Remedy::power_then_file},
    Cause{.id = "never-ready",
          .text = "the engine is hidden or does not run, so the tool cannot tell the platform",
          .error = 8743,
          .last = kLastOlder,
          .board = BoardFault::never_ready,
          .remedy = Remedy::power_then_file,
          .leans_on = "later-unknown-platform"},
    Cause{.id = "local-update-closed",
          .text = "local update is switched off, by set-up or by the maker's BIOS",
          .error = 8719,
          .last = kLastOlder,
          .board = BoardFault::closed,
          .remedy = Remedy::open_then_file},
    Cause{.id = "other-generation",
          .text = "the file is of another major version than the engine's firmware",
          .error = 8727,
          .last = kLastOlder,
          .file = FileFault::other_generation,
          .leans_on = "later-other-major"},
    Cause{.id = "cleaned-file",
          .text = "the file is no whole update: somebody cleaned it, or it is damaged",
          .error = 8771,
          .last = kLastOlder,
          .file = FileFault::cleaned},
    Cause{.id = "cut-file",
          .text = "the file is shorter or longer than its own table says",
          .error = 8746,
          .last = kLastOlder,
          .file = FileFault::cut},
    Cause{.id = "flash-refuses",
          .text = "the flash refused a page while the engine wrote, and it broke off",
          .error = 8707,
          .last = kLastOlder,
          .board = BoardFault::flash_fails,
          .remedy = Remedy::power_then_file,
          .leans_on = "later-flash-refuses"},
    Cause{.id = "own-fault",
          .text = "the engine broke off by a fault of its own while it took the file",
          .error = 8707,
          .last = kLastOlder,
          .board = BoardFault::own_fault,
          .remedy = Remedy::power_then_file,
          .leans_on = "field-own-fault"},
    Cause{.id = "file-cannot-be-opened",
          .text = "the tool cannot open or read the file",
          .error = 8714,
          .last = kLastOlder,
          .file = FileFault::missing},
    Cause{.id = "whole-region",
          .text = "the file is a whole region or flash, not an update",
          .error = 8758,
          .last = kLastOlder,
          .file = FileFault::region},
    Cause{.id = "other-sku",
          .text = "the file is for another SKU of the firmware",
          .error = 8704,
          .last = kLastOlder,
          .file = FileFault::other_sku},
    Cause{.id = "other-key",
          .text = "the file's signature is not the one that this engine takes",
          .error = 8706,
          .last = kLastOlder,
          .file = FileFault::other_key},
    Cause{.id = "damaged-file",
          .text = "a module in the file is damaged",
          .error = 8706,
          .last = kLastOlder,
          .file = FileFault::damaged},
    Cause{.id = "busy",
          .text = "another update is under way, or one hangs",
          .error = 8708,
          .last = kLastOlder,
          .board = BoardFault::busy,
          .remedy = Remedy::power_then_file,
          .leans_on = "field-busy"},
    Cause{.id = "forgot",
          .text = "the engine dropped the update",
          .error = 8723,
          .last = kLastOlder,
          .board = BoardFault::forgot,
          .remedy = Remedy::power_then_file,
          .leans_on = "field-dropped"},
    Cause{.id = "falls-silent",
          .text = "the engine stopped answering in the middle of the update",
          .error = 8718,
          .last = kLastOlder,
          .board = BoardFault::silent,
          .remedy = Remedy::power_then_file,
          .leans_on = "field-silence-number"},
    Cause{.id = "older-file",
          .text = "the file is older than what runs, and nobody told the tool to go back",
          .error = 8760,
          .last = kLastOlder,
          .file = FileFault::older,
          .looks_at = LooksAt::direction,
          .remedy = Remedy::newer_file},
    Cause{.id = "older-control",
          .text = "the file's version control number is lower than the engine takes",
          .error = 8760,
          .first = 8,
          .last = kLastOlder,
          .file = FileFault::older_control,
          .remedy = Remedy::newer_file},
    Cause{.id = "same-version",
          .text = "the file's version runs already, and nobody allowed the same again (-allowsv)",
          .error = 8772,
          .last = kLastOlder,
          .file = FileFault::same,
          .looks_at = LooksAt::direction,
          .remedy = Remedy::newer_file},
    Cause{.id = "oem-id",
          .text = "the engine takes files of its board's maker alone",
          .error = 8745,
          .last = kLastOlder,
          .board = BoardFault::wants_oem_id,
          .remedy = Remedy::none},
    // The newer list, from CSME 12 on.
    Cause{.id = "tool-stops-at-recovery",
          .text = "the engine is in recovery, and this tool gives up there",
          .error = 280,
          .first = kFirstNewer,
          .looks_at = LooksAt::recovery,
          .remedy = Remedy::newer_file,
          .leans_on = "later-tool-checks"},
    Cause{.id = "older-control-12",
          .text = "the file is too old: its version control number is lower than the engine takes",
          .error = 357,
          .first = kFirstNewer,
          .file = FileFault::older_control,
          .remedy = Remedy::newer_file},
    Cause{.id = "older-part-12",
          .text = "the file is too old: a part in it has a lower version control number",
          .error = 445,
          .first = kFirstNewer,
          .file = FileFault::older_part,
          .remedy = Remedy::newer_file},
    Cause{.id = "older-security-12",
          .text = "the file is too old: its security version is lower than the engine takes",
          .error = 352,
          .first = kFirstNewer,
          .file = FileFault::older_security,
          .remedy = Remedy::newer_file},
    Cause{.id = "other-sku-12",
          .text = "the file is for another SKU of the firmware",
          .error = 337,
          .first = kFirstNewer,
          .file = FileFault::other_sku},
    Cause{.id = "other-generation-12",
          .text = "the file is of another major version than the engine's firmware",
          .error = 338,
          .first = kFirstNewer,
          .file = FileFault::other_generation},
    Cause{.id = "local-update-closed-12",
          .text = "local update is switched off, by set-up or by the maker's BIOS",
          .error = 343,
          .first = kFirstNewer,
          .board = BoardFault::closed,
          .remedy = Remedy::open_then_file},
    Cause{.id = "vetoed-12",
          .text = "the engine's policy takes no older file",
          .error = 346,
          .first = kFirstNewer,
          .file = FileFault::older,
          .board = BoardFault::vetoes_older,
          .remedy = Remedy::newer_file},
    Cause{.id = "other-key-12",
          .text = "the file's signature is not the one that this engine takes",
          .error = 375,
          .first = kFirstNewer,
          .file = FileFault::other_key},
    Cause{.id = "damaged-file-12",
          .text = "a module in the file is damaged",
          .error = 403,
          .first = kFirstNewer,
          .file = FileFault::damaged},
    Cause{.id = "whole-region-12",
          .text = "the file is a whole region, or no update at all",
          .error = 477,
          .first = kFirstNewer,
          .file = FileFault::region},
    Cause{.id = "busy-12",
          .text = "another update is under way, or one hangs",
          .error = 336,
          .first = kFirstNewer,
          .board = BoardFault::busy,
          .remedy = Remedy::power_then_file,
          .leans_on = "field-busy"},
    Cause{.id = "no-device-12",
          .text =
              "the tool finds no engine: hidden by the BIOS, in an error state, or without driver",
          .error = 20,
          .first = kFirstNewer,
          .board = BoardFault::absent},
    Cause{.id = "gone-12",
          .text = "the engine stopped in the middle of writing and does not come back by itself",
          .error = 342,
          .first = kFirstNewer,
          .board = BoardFault::gone,
          .remedy = Remedy::power_then_file},
};

/// Numbers to CSME 11 that only the engine can have found out.
constexpr std::array kOfTheEngine = {8704u, 8705u, 8706u, 8707u, 8710u, 8713u, 8722u, 8744u,
                                     8745u, 8747u, 8748u, 8759u, 8760u, 8764u, 8765u, 8766u};

constexpr Cause kRefusal{.id = "refused",
                         .text =
                             "the engine took the file and refused it at its end, for what the "
                             "number says",
                         .error = 0,
                         .board = BoardFault::refuses,
                         .leans_on = "later-refused"};

constexpr Cause kNothingWrong{
    .id = "goes-through", .text = "nothing is wrong: the update goes through", .error = 0};

}  // namespace

std::string_view words(Remedy remedy) {
  switch (remedy) {
    case Remedy::none:
      break;
    case Remedy::right_file:
      return "the board maker's own update file for this very model, whole and newer than what "
             "runs";
    case Remedy::power_then_file:
      return "take all power away for half a minute, start again, then the board maker's update "
             "file";
    case Remedy::open_then_file:
      return "switch local update on (set-up, MEBx or the maker's newest BIOS), then the maker's "
             "update file";
    case Remedy::newer_file:
      return "a newer update file of the board's maker than the one that was tried";
  }
  return "";
}

std::span<const Cause> causes() {
  return kCauses;
}

std::vector<const Cause*> causes_of(std::span<const std::uint32_t> errors,
                                    std::uint16_t generation) {
  std::vector<const Cause*> found;
  for (const Cause& row : kCauses) {
    const bool of_tool = generation == 0 || (row.first <= generation && generation <= row.last);
    if (of_tool && std::find(errors.begin(), errors.end(), row.error) != errors.end())
      found.push_back(&row);
  }
  return found;
}

std::optional<std::uint32_t> refusal_status(std::span<const std::uint32_t> errors,
                                            std::uint16_t generation) {
  for (const std::uint32_t error : errors) {
    if (protocol::nearest_generation(generation).errors == protocol::tools::ErrorList::csme12) {
      if (const auto status = protocol::tools::status_of_newer_error(error)) return status;
    } else if (std::find(kOfTheEngine.begin(), kOfTheEngine.end(), error) != kOfTheEngine.end()) {
      return error;
    }
  }
  return std::nullopt;
}

const Cause* refusal_of(std::span<const std::uint32_t> errors, std::uint16_t generation) {
  return refusal_status(errors, generation) ? &kRefusal : nullptr;
}

const Cause& nothing_wrong() {
  return kNothingWrong;
}

}  // namespace scenarios::field
