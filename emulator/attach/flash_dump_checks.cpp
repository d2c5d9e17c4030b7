// SPDX-License-Identifier: BSD-3-Clause
// Whether a dump is the flash of the board that a profile describes.
#include <fmt/format.h>

#include <algorithm>

#include "emulator/attach/flash_dump.h"
#include "emulator/factory/development_key.h"
#include "emulator/flash/parts.h"
#include "emulator/machine/tpm_storage.h"

namespace emulator::attach {
namespace {

using firmware::CodeFault;
using Objection = std::optional<DumpObjection>;

/// A part of that size, for whoever could have it instead.
std::string value_for_size(std::size_t size) {
  const auto found = std::ranges::find(
      flash::kParts, size, [](const flash::Part& part) { return std::size_t{part.geometry.size}; });
  return found == flash::kParts.end() ? "" : fmt::format("flash.part={}", found->name);
}

Objection object_to_size(const FlashDump& dump, const machine::Profile& profile) {
  const flash::Part* part = flash::find_part(profile.flash.part);
  const std::size_t wanted = part == nullptr ? 0 : part->geometry.size;
  const std::size_t size = dump.bytes.size();
  if (size == wanted) return std::nullopt;
  return DumpObjection{
      .offset = std::min(size, wanted),
      .what = fmt::format("the dump is {} bytes, and the {} of machine \"{}\" holds {}", size,
                          profile.flash.part, profile.name, wanted),
      .value = value_for_size(size)};
}

Objection object_to_key(const DumpedCode& code, const machine::Profile& profile,
                        const char* which) {
  const std::string& own = profile.firmware.identity.key_md5;
  const std::string key =
      own.empty() ? std::string(factory::development_key_md5(manifest_form(profile))) : own;
  if (code.key_md5 == key) return std::nullopt;
  return DumpObjection{.offset = code.offset,
                       .what = fmt::format("the {} code is signed with the key {}, and the ROM of "
                                           "machine \"{}\" takes {}",
                                           which, code.key_md5, profile.name, key),
                       .value = "firmware.key_md5=" + code.key_md5};
}

Objection object_to_sku(const DumpedCode& code, const machine::Profile& profile,
                        const char* which) {
  const std::uint32_t sku = profile.firmware.identity.sku;
  if (code.sku == sku) return std::nullopt;
  return DumpObjection{
      .offset = code.offset,
      .what = fmt::format("the {} code is for SKU {}, and machine \"{}\" has SKU {}", which,
                          code.sku, profile.name, sku),
      .value = fmt::format("firmware.sku={}", code.sku)};
}

Objection object_to_code(const DumpedCode& code, const machine::Profile& profile,
                         const char* which) {
  if (code.fault != CodeFault::none) {
    return DumpObjection{
        .offset = code.offset,
        .what = fmt::format("the {} code does not verify ({}); `meupdate image` of the dump says "
                            "more",
                            which, name(code.fault)),
        .value = {}};
  }
  if (auto key = object_to_key(code, profile, which)) return key;
  return object_to_sku(code, profile, which);
}

Objection object_to_codes(const DumpContents& contents, const machine::Profile& profile,
                          Damage damage) {
  auto operational = object_to_code(contents.code, profile, "operational");
  auto recovery = object_to_code(contents.recovery, profile, "recovery");
  if (damage == Damage::taken) return operational && recovery ? operational : std::nullopt;
  return operational ? operational : recovery;
}

Objection object_to_tpm(const DumpContents& contents, const machine::Profile& profile) {
  if (!profile.tpm.fitted || contents.layout.tpm.size >= machine::kTpmPartitionSize)
    return std::nullopt;
  return DumpObjection{
      .offset = contents.layout.tpm.base,
      .what = fmt::format("machine \"{}\" has a TPM, and the ME region has no partition ITPM of {} "
                          "bytes for it",
                          profile.name, machine::kTpmPartitionSize),
      .value = "tpm.fitted=false"};
}

}  // namespace

std::string to_text(const FlashDump& dump, const DumpObjection& objection) {
  return fmt::format("{}: offset 0x{:X}: {}", dump.file, objection.offset, objection.what);
}

Objection object_to_dump(const FlashDump& dump, const DumpContents& contents,
                         const machine::Profile& profile, Damage damage) {
  if (auto size = object_to_size(dump, profile)) return size;
  if (auto codes = object_to_codes(contents, profile, damage)) return codes;
  return object_to_tpm(contents, profile);
}

}  // namespace emulator::attach
