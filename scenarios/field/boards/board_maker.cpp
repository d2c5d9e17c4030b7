// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/board_maker.h"

#include <algorithm>

#include "emulator/factory/flash_image.h"
#include "emulator/machine/tpm_storage.h"
#include "scenarios/engine/image_builder.h"

namespace scenarios::field {
namespace {

using emulator::machine::Machine;
using emulator::machine::Profile;

/// As an update that was cut in its commit leaves the operational code: its beginning is erased.
void damage_code(const Profile& profile, base::MutableByteView flash) {
  const std::uint32_t tpm = profile.tpm.fitted ? emulator::machine::kTpmPartitionSize : 0;
  const auto layout = emulator::factory::flash_layout(
      *emulator::flash::find_part(profile.flash.part), profile.flash.code_size, tpm);
  const auto partitions = emulator::factory::region_partitions(profile.flash.code_size, tpm);
  const std::uint32_t code =
      layout->region(protocol::image::Region::me).base + partitions.find("CODE")->offset;
  const auto sector = flash.subspan(code, emulator::flash::kSectorSize);
  std::fill(sector.begin(), sector.end(), std::uint8_t{0xFF});
}

base::Bytes without_erased_end(base::ByteView flash) {
  const auto last =
      std::find_if(flash.rbegin(), flash.rend(), [](std::uint8_t byte) { return byte != 0xFF; });
  return {flash.begin(), last.base()};
}

}  // namespace

base::Result<const BoardMaker::Kind*> BoardMaker::kind(const std::string& profile,
                                                       const Circumstances& circumstances) {
  const KindKey key{profile, circumstances.set};
  if (const auto known = kinds_.find(key); known != kinds_.end()) return &known->second;
  auto loaded = emulator::machine::load_profile(profile, overrides(circumstances.set));
  if (!loaded) return loaded.error();
  auto machine = Machine::build(*loaded);
  if (!machine) return machine.error();
  const base::ByteView flash = (*machine)->flash();
  Kind made{.profile = std::move(*loaded),
            .written = without_erased_end(flash),
            .flash_size = flash.size()};
  return &kinds_.emplace(key, std::move(made)).first->second;
}

base::Result<std::unique_ptr<Machine>> BoardMaker::booted(const std::string& profile,
                                                          const Circumstances& circumstances) {
  const auto kind = this->kind(profile, circumstances);
  if (!kind) return kind.error();
  const Kind& made = **kind;
  base::Bytes flash(made.flash_size, 0xFF);
  std::copy(made.written.begin(), made.written.end(), flash.begin());
  if (circumstances.condition == Circumstances::Condition::recovering)
    damage_code(made.profile, flash);
  auto machine = Machine::build(made.profile, {.flash = std::move(flash)});
  if (machine) (*machine)->boot();
  return machine;
}

base::Result<base::Bytes> BoardMaker::image(const engine::ImageSpec& spec, const Profile& machine) {
  MadeImage key{.asked = spec,
                .machine_sku = machine.firmware.identity.sku,
                .code_size = machine.flash.code_size};
  key.asked.name.clear();
  if (const auto known = images_.find(key); known != images_.end()) return known->second;
  auto made = engine::build_image(spec, machine);
  if (!made) return made.error();
  return images_.emplace(key, std::move(*made)).first->second;
}

}  // namespace scenarios::field
