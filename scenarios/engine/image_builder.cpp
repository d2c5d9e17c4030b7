// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/image_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "emulator/factory/flash_image.h"
#include "emulator/factory/later_image.h"
#include "emulator/factory/region.h"
#include "emulator/factory/update_image.h"
#include "emulator/machine/tpm_storage.h"
#include "os/read_file.h"
#include "protocol/image/manifest.h"
#include "protocol/image/signature.h"
#include "scenarios/engine/other_key.h"
#include "updater/image/image.h"

namespace scenarios::engine {
namespace {

using emulator::machine::Profile;

constexpr std::size_t kLargestFile = 128;  ///< MiB, twice what meupdate reads
constexpr std::uint64_t kSeed = 1;         ///< of an unknown owner's secret

/// An image that no file asks for has no place.
base::Error wrong(const ImageSpec& spec, const std::string& what) {
  if (spec.place.line == 0) return {base::Errc::invalid, what};
  return {base::Errc::invalid,
          fmt::format("{}: image \"{}\": {}", to_text(spec.place), spec.name, what)};
}

std::string_view pem_of(const ImageSpec& spec, const Profile& machine) {
  if (!spec.key_pem.empty()) return spec.key_pem;
  switch (spec.key) {
    case ImageKey::machine:
      return emulator::machine::factory_key(machine);
    case ImageKey::development:
      return emulator::factory::development_key_pem(manifest_form(machine));
    case ImageKey::other:
      return manifest_form(machine) == protocol::image::ManifestForm::cpd_r2 ? kOtherKey3072Pem
                                                                             : kOtherKeyPem;
  }
  return {};
}

/// An image and where in it the operational code lies.
struct Built {
  std::uint32_t code_offset = 0;
  std::uint32_t code_size = 0;
  base::Bytes bytes;
};

/// What the image is of: the machine's firmware in the version that is asked for.
emulator::firmware::Identity identity_of(const ImageSpec& spec, const Profile& machine) {
  emulator::firmware::Identity identity = machine.firmware.identity;
  identity.version = spec.version;
  identity.sku = spec.sku.value_or(identity.sku);
  identity.engine.security_version =
      spec.security_version.value_or(identity.engine.security_version);
  identity.engine.control_number = spec.control_number.value_or(identity.engine.control_number);
  std::uint32_t& of_part = identity.engine.part.control_number;
  of_part = spec.part_control_number.value_or(of_part);
  return identity;
}

bool is_later(const Profile& machine) {
  const auto shape = emulator::factory::shape_of(machine.firmware.identity, 0, 0);
  return shape.form == protocol::image::TableForm::v20;
}

/// Of ME 6 and later: the whole file is what an update sends.
base::Result<Built> build_later_update(const ImageSpec& spec, const Profile& machine) {
  auto bytes = emulator::factory::build_update_file(identity_of(spec, machine),
                                                    spec.size.value_or(machine.flash.code_size),
                                                    pem_of(spec, machine));
  if (!bytes) return wrong(spec, bytes.error().doing);
  const auto size = static_cast<std::uint32_t>(bytes->size());
  return Built{.code_offset = 0, .code_size = size, .bytes = std::move(*bytes)};
}

base::Result<Built> build_update(const ImageSpec& spec, const Profile& machine) {
  if (is_later(machine)) return build_later_update(spec, machine);
  emulator::factory::ImageRecipe recipe;
  recipe.version = spec.version;
  recipe.sku = spec.sku.value_or(machine.firmware.identity.sku);
  recipe.size = spec.size.value_or(machine.flash.code_size);
  recipe.private_key_pem = pem_of(spec, machine);
  auto bytes = emulator::factory::build_update_image(recipe);
  if (!bytes) return wrong(spec, bytes.error().doing);
  const auto size = static_cast<std::uint32_t>(bytes->size());
  return Built{.code_offset = 0, .code_size = size, .bytes = std::move(*bytes)};
}

emulator::factory::RegionRecipe region_recipe(const ImageSpec& spec, const Profile& machine) {
  emulator::factory::RegionRecipe recipe;
  recipe.firmware = machine.firmware;
  recipe.firmware.identity = identity_of(spec, machine);
  recipe.code_size = spec.size.value_or(machine.flash.code_size);
  recipe.private_key_pem = pem_of(spec, machine);
  recipe.tpm = emulator::machine::factory_tpm_partition(machine.tpm, kSeed);
  return recipe;
}

emulator::factory::RegionShape shape_of(const emulator::factory::RegionRecipe& recipe) {
  return emulator::factory::shape_of(recipe.firmware.identity, recipe.code_size,
                                     static_cast<std::uint32_t>(recipe.tpm.size()));
}

const protocol::image::Partition* code_of(const protocol::image::PartitionTable& table) {
  return table.find(table.form == protocol::image::TableForm::v20 ? "FTPR" : "CODE");
}

base::Result<Built> build_region(const ImageSpec& spec, const Profile& machine) {
  const auto recipe = region_recipe(spec, machine);
  auto bytes = emulator::factory::build_region(recipe);
  if (!bytes) return wrong(spec, bytes.error().doing);
  const auto partitions = emulator::factory::region_partitions(shape_of(recipe));
  const auto* code = code_of(partitions);
  if (code == nullptr) return wrong(spec, "the region has no partition with code");
  return Built{.code_offset = code->offset, .code_size = code->size, .bytes = std::move(*bytes)};
}

base::Result<Built> build_flash(const ImageSpec& spec, const Profile& machine) {
  const auto recipe = region_recipe(spec, machine);
  const emulator::flash::Part* part = emulator::flash::find_part(machine.flash.part);
  if (part == nullptr) return wrong(spec, "unknown flash part " + machine.flash.part);
  auto bytes = emulator::factory::build_flash_image(recipe, *part);
  if (!bytes) return wrong(spec, bytes.error().doing);
  const auto layout = emulator::factory::flash_layout(*part, shape_of(recipe));
  const auto partitions = emulator::factory::region_partitions(shape_of(recipe));
  const auto* code = code_of(partitions);
  if (!layout || code == nullptr) return wrong(spec, "the flash has no partition with code");
  const std::uint32_t me = layout->region(protocol::image::Region::me).base;
  return Built{
      .code_offset = me + code->offset, .code_size = code->size, .bytes = std::move(*bytes)};
}

/// As it stands. Its code begins where the updater finds it; in what is no image, at the start.
base::Result<Built> read_image_file(const ImageSpec& spec) {
  auto bytes = os::read_file(spec.file, kLargestFile);
  if (!bytes) return wrong(spec, bytes.error().doing);
  const auto parsed = updater::image::parse(*bytes);
  const std::size_t offset = parsed.image ? parsed.image->code_offset : 0;
  return Built{.code_offset = static_cast<std::uint32_t>(offset),
               .code_size = static_cast<std::uint32_t>(bytes->size() - offset),
               .bytes = std::move(*bytes)};
}

base::Result<Built> build_kind(const ImageSpec& spec, const Profile& machine) {
  if (!spec.file.empty()) return read_image_file(spec);
  switch (spec.kind) {
    case ImageKind::update:
      return build_update(spec, machine);
    case ImageKind::region:
      return build_region(spec, machine);
    case ImageKind::flash:
      return build_flash(spec, machine);
  }
  return wrong(spec, "unknown kind");
}

/// How many bytes the manifest says are signed, before anything is spoilt.
std::size_t signed_size(base::ByteView code) {
  const auto manifest = protocol::image::decode_manifest(code);
  return manifest ? std::min<std::size_t>(manifest->size_dwords * 4, code.size()) : code.size();
}

base::Result<void> spoil(const ImageSpec& spec, const Profile& machine, Built& image) {
  const auto code = base::MutableByteView(image.bytes).subspan(image.code_offset, image.code_size);
  const std::size_t to_sign = signed_size(code);
  for (const Corruption& corruption : spec.corrupt) {
    if (corruption.offset + corruption.bytes.size() > code.size()) {
      return base::Error{base::Errc::invalid, fmt::format("{}: the code of the image ends at {:#x}",
                                                          to_text(corruption.place), code.size())};
    }
    std::copy(corruption.bytes.begin(), corruption.bytes.end(), code.begin() + corruption.offset);
  }
  if (!spec.sign_again) return {};
  if (auto done = protocol::image::sign(code.first(to_sign), pem_of(spec, machine)); !done)
    return wrong(spec, done.error().doing);
  return {};
}

}  // namespace

base::Result<base::Bytes> build_image(const ImageSpec& spec, const Profile& storys_machine) {
  std::optional<Profile> other;
  if (spec.machine) {
    auto loaded = emulator::machine::load_profile(
        *spec.machine, {}, {.named_in = spec.machine_place.source, .shipped = {}});
    if (!loaded) return wrong(spec, loaded.error().doing);
    other = std::move(*loaded);
  }
  const Profile& machine = other ? *other : storys_machine;
  auto image = build_kind(spec, machine);
  if (!image) return image.error();
  if (auto done = spoil(spec, machine, *image); !done) return done.error();
  if (spec.length) image->bytes.resize(*spec.length, 0xFF);
  return std::move(image->bytes);
}

}  // namespace scenarios::engine
