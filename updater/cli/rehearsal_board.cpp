// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/rehearsal_board.h"

#include <fmt/format.h>

#include <algorithm>

#include "emulator/attach/flash_dump.h"
#include "emulator/factory/flash_image.h"
#include "emulator/factory/update_image.h"
#include "emulator/flash/parts.h"
#include "emulator/machine/machine.h"
#include "emulator/machine/tpm_storage.h"
#include "protocol/generation.h"

namespace updater::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using emulator::attach::Damage;
using emulator::attach::DumpContents;
using emulator::attach::FlashDump;
using emulator::machine::Machine;
using emulator::machine::Profile;

bool goes_through_tpm(const RehearsalWish& wish) {
  return update::way_of(wish.device, wish.options.via) == update::Way::tpm;
}

/// The code of the dump that runs: of a device in recovery its recovery code.
Result<image::Image> running_code(const RehearsalWish& wish) {
  const bool recovery = inventory::in_recovery(wish.device);
  image::ParseOutcome parsed =
      image::parse(wish.dump, recovery ? image::Code::recovery : image::Code::operational);
  if (parsed.image) return *std::move(parsed.image);
  return Error{Errc::invalid, wish.file + ": " + to_text(*parsed.defect)};
}

void take_identity(const inventory::Inventory& device, const image::Image& code,
                   emulator::firmware::Identity& out) {
  out.version = code.version();
  out.recovery_version = code.version();
  out.fitc_version = code.version();
  out.sku = code.sku;
  out.capabilities = device.capabilities ? *device.capabilities : code.sku;
  out.key_md5 = code.key_md5;
  out.version_reply_me3 = protocol::nearest_generation(code.version().major).version.value ==
                          protocol::fwu::VersionForm::bytes_47;
}

void take_settings(const RehearsalWish& wish, emulator::firmware::Settings& out) {
  const inventory::Inventory& device = wish.device;
  if (device.version) {
    out.last_update_status = device.version->last_update_status;
    out.enabled_update_interfaces = device.version->enabled_update_interfaces;
  }
  if (device.info) {
    out.override_counter = device.info->override_counter;
    out.override_qualifier = device.info->override_qualifier;
  }
  out.local_update = inventory::local_update_state(device).value_or(out.local_update);
  if (wish.options.password_given) out.update_password = kStandInPassword;
  if (device.provisioning_state) out.provisioning_state = *device.provisioning_state;
}

/// The BIOS's part is assumed: a plan that goes this far has found the TPM enabled, active, and
/// owned or with a person before it.
void take_tpm(const RehearsalWish& wish, emulator::tpm::TpmConfig& out) {
  if (!goes_through_tpm(wish) || !wish.device.tpm) return;
  namespace tpm = emulator::tpm;
  const bool owned = wish.device.tpm->owned.value_or(false);
  out.fitted = true;
  out.version = wish.device.version ? wish.device.version->code : out.version;
  out.state.ownership = owned ? tpm::Ownership::owned : tpm::Ownership::unowned;
  out.state.owner_secret = tpm::OwnerSecret::well_known;
  out.upgrade.unowned = tpm::UnownedUpgrade::open;
}

const emulator::flash::Part* part_of(std::size_t size) {
  const auto& parts = emulator::flash::kParts;
  const auto found =
      std::ranges::find(parts, size, [](const auto& part) { return part.geometry.size; });
  return found == parts.end() ? nullptr : &*found;
}

Profile profile_of(const RehearsalWish& wish, const image::Image& code) {
  Profile profile;
  profile.name = "rehearsal";
  if (wish.device.pci_device_id) profile.pci.device_id = *wish.device.pci_device_id;
  take_identity(wish.device, code, profile.firmware.identity);
  take_settings(wish, profile.firmware.settings);
  if (wish.device.update_message_limit)
    profile.firmware.update.fwu_mtu = *wish.device.update_message_limit;
  take_tpm(wish, profile.tpm);
  return profile;
}

/// The first part that holds it.
const char* part_for(std::uint32_t code, std::uint32_t tpm) {
  const auto& parts = emulator::flash::kParts;
  const auto found = std::ranges::find_if(parts, [&](const auto& part) {
    return emulator::factory::flash_layout(part, code, tpm).has_value();
  });
  return found == parts.end() ? parts.back().name : found->name;
}

/// Room for the code that runs and for the image.
std::uint32_t code_size(const image::Image& code, const image::Image& wanted) {
  using emulator::factory::kImageGranularity;
  const std::size_t largest =
      std::max({code.code_size, wanted.code_size, std::size_t{emulator::factory::kSmallestImage}});
  return static_cast<std::uint32_t>((largest + kImageGranularity - 1) / kImageGranularity *
                                    kImageGranularity);
}

std::string about_key(const image::Image& code) {
  return fmt::format(
      "the simulated ROM takes the key that the code in the dump is signed with "
      "(MD5 {}); that the real ROM takes it is assumed, for it runs that code",
      code.key_md5);
}

Result<RehearsalBoard> as_it_is(const RehearsalWish& wish, Profile profile) {
  const FlashDump dump{.file = wish.file, .bytes = wish.dump};
  const auto contents = emulator::attach::read_dump(dump);
  if (!contents) return contents.error();
  const emulator::flash::Part* part = part_of(wish.dump.size());
  if (part == nullptr)
    return Error{Errc::invalid, fmt::format("{}: no flash part of {} bytes is known", wish.file,
                                            wish.dump.size())};
  profile.flash.part = part->name;
  const bool recovery = inventory::in_recovery(wish.device);
  const auto objection = emulator::attach::object_to_dump(
      dump, *contents, profile, recovery ? Damage::taken : Damage::refused);
  if (objection) return Error{Errc::invalid, to_text(dump, *objection)};
  auto machine = Machine::build(profile, {.flash = wish.dump});
  if (!machine) return machine.error();
  RehearsalBoard board{.machine = std::move(machine).value(), .owner = TpmOwner::none, .apart = {}};
  if (profile.tpm.fitted) board.owner = TpmOwner::real_ones;
  return board;
}

/// In a flash of the factory's, the running code of the dump in the place of the factory's.
Result<RehearsalBoard> code_alone(const RehearsalWish& wish, Profile profile,
                                  const image::Image& code, const Error& why) {
  profile.flash.code_size = code_size(code, wish.image);
  const std::uint32_t tpm = profile.tpm.fitted ? emulator::machine::kTpmPartitionSize : 0;
  profile.flash.part = part_for(profile.flash.code_size, tpm);
  const auto blank = Machine::build(profile);
  if (!blank) return blank.error();
  base::Bytes flash((*blank)->flash().begin(), (*blank)->flash().end());
  const auto contents = emulator::attach::read_dump({.file = wish.file, .bytes = flash});
  if (!contents) return contents.error();
  std::ranges::copy(code.code(), flash.begin() + contents->layout.code.base);
  auto machine = Machine::build(profile, {.flash = std::move(flash)});
  if (!machine) return machine.error();
  RehearsalBoard board{.machine = std::move(machine).value(), .owner = TpmOwner::none, .apart = {}};
  if (profile.tpm.fitted) {
    board.owner = TpmOwner::well_known;
    board.apart.emplace_back(
        "the simulated TPM is a fresh one, whose owner is not the real one's: what the real one "
        "holds, and its owner's secret, had no part in it");
  }
  board.apart.push_back(
      fmt::format("simulated firmware cannot work in this flash ({}); the dump's code ran in a "
                  "flash laid out as this project has it, with the settings that the device tells",
                  why.doing));
  return board;
}

}  // namespace

Result<RehearsalBoard> make_rehearsal_board(const RehearsalWish& wish) {
  const auto code = running_code(wish);
  if (!code) return code.error();
  Profile profile = profile_of(wish, *code);
  auto board = as_it_is(wish, profile);
  if (!board) {
    if (inventory::in_recovery(wish.device)) return board.error();
    const Error why = board.error();
    board = code_alone(wish, std::move(profile), *code, why);
  }
  if (board) board->apart.push_back(about_key(*code));
  return board;
}

}  // namespace updater::cli
