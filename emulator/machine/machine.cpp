// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emulator/factory/development_key.h"
#include "emulator/factory/flash_image.h"
#include "emulator/flash/parts.h"
#include "emulator/machine/saved_header.h"
#include "emulator/tpm/stored_states.h"
#include "protocol/heci/registers.h"

namespace emulator::machine {
namespace {

using base::Bytes;
using base::Errc;
using base::Error;
using base::Result;

/// Which of the stored TPMs a board has whose profile does not say: its MAC address tells it from
/// others. FNV-1a.
std::uint8_t usual_endorsement_key(const Profile& profile) {
  std::uint32_t hash = 2166136261u;
  for (const std::uint8_t byte : profile.firmware.surroundings.wired.mac)
    hash = (hash ^ byte) * 16777619u;
  return static_cast<std::uint8_t>((hash >> 16 ^ hash) % tpm::kStoredTpms);
}

std::uint32_t tpm_size(const Profile& profile) {
  return profile.tpm.fitted ? kTpmPartitionSize : 0;
}

Error unsound(const Profile& profile, std::string what) {
  return {Errc::invalid, fmt::format("machine \"{}\": {}", profile.name, what)};
}

/// What a profile file cannot say wrongly, but a profile made by a program can.
Result<void> check(const Profile& profile) {
  const auto& depths = protocol::heci::kLegalDepths;
  if (std::find(depths.begin(), depths.end(), profile.heci.depth) == depths.end()) {
    return unsound(profile, fmt::format("heci.depth is {}; it must be 2, 4, 8, 16, 32, 64 or 128",
                                        profile.heci.depth));
  }
  if (flash::find_part(profile.flash.part) == nullptr) {
    return unsound(profile, fmt::format("flash.part is \"{}\"; known parts: {}", profile.flash.part,
                                        flash::known_parts()));
  }
  if (*profile.tpm.endorsement_key >= tpm::kStoredTpms) {
    return unsound(profile, fmt::format("tpm.endorsement_key is {}; it must be 0 to {}",
                                        *profile.tpm.endorsement_key, tpm::kStoredTpms - 1));
  }
  const auto layout = factory::flash_layout(
      *flash::find_part(profile.flash.part),
      factory::shape_of(profile.firmware.identity, profile.flash.code_size, tpm_size(profile)));
  if (!layout) return unsound(profile, fmt::format("flash.code_size: {}", layout.error().doing));
  return {};
}

Result<Bytes> contents_of(const Profile& profile, const flash::Part& part, MachineOptions options) {
  auto& given = options.flash;
  if (!given) {
    return factory::build_flash_image({.firmware = profile.firmware,
                                       .code_size = profile.flash.code_size,
                                       .private_key_pem = factory_key(profile),
                                       .tpm = factory_tpm_partition(profile.tpm, options.seed)},
                                      part);
  }
  if (given->size() == part.geometry.size) return std::move(*given);
  return unsound(profile, fmt::format("the flash contents are {} bytes; a {} holds {}",
                                      given->size(), part.name, part.geometry.size));
}

}  // namespace

Result<std::unique_ptr<Machine>> Machine::build(const Profile& wanted, MachineOptions options) {
  Profile profile = wanted;
  std::string& key = profile.firmware.identity.key_md5;
  if (key.empty()) key = factory::development_key_md5(manifest_form(profile));
  if (!profile.tpm.endorsement_key) profile.tpm.endorsement_key = usual_endorsement_key(profile);
  if (const auto sound = check(profile); !sound) return sound.error();
  const flash::Part& part = *flash::find_part(profile.flash.part);
  const std::uint64_t seed = options.seed;
  Result<Bytes> contents = contents_of(profile, part, std::move(options));
  if (!contents) return contents.error();
  return std::unique_ptr<Machine>(new Machine(profile, part, std::move(contents).value(), seed));
}

void Machine::boot() {
  power_on();
  const base::TimePoint limit = clock().now() + profile().firmware.update.boot_time + kBootLimit;
  while (firmware().boot_path() == firmware::BootPath::booting && clock().now() < limit) {
    if (!clock().run_next()) return;
  }
}

Bytes Machine::snapshot() {
  sim::Archive archive = sim::Archive::saving();
  serialize(archive);
  return with_saved_header(profile(), archive.saved());
}

Result<void> Machine::restore(base::ByteView saved) {
  const Result<base::ByteView> state = without_saved_header(profile(), saved);
  if (!state) return state.error();
  sim::Archive before = sim::Archive::saving();
  serialize(before);
  sim::Archive archive = sim::Archive::loading(state.value());
  serialize(archive);
  const Result<void> loaded = archive.finish();
  if (loaded) return {};
  sim::Archive undo = sim::Archive::loading(before.saved());
  serialize(undo);
  return Error{Errc::invalid, "this snapshot is damaged: " + loaded.error().doing};
}

}  // namespace emulator::machine
