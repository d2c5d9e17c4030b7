// SPDX-License-Identifier: BSD-3-Clause
// The check of ME 6 to 10: the signature covers the manifest and its module table, the modules hang
// on the hashes in it.
#include <algorithm>

#include "emulator/firmware/code_check.h"
#include "emulator/firmware/code_key.h"
#include "protocol/image/mn2.h"
#include "protocol/image/signature.h"

namespace emulator::firmware {
namespace {

using base::ByteView;
using protocol::image::Manifest;
using protocol::image::Mn2Compression;
using protocol::image::Mn2Module;

constexpr std::uint32_t kMostMn2Modules = 64;

bool mn2_header_holds(ByteView bytes, const Manifest& m) {
  constexpr std::array<char, 4> tag = {'$', 'M', 'N', '2'};
  const std::uint64_t signed_size = std::uint64_t{m.size_dwords} * 4;
  return fixed_fields_hold(bytes) && m.tag == tag && m.vendor == protocol::image::kVendorIntel &&
         m.module_count <= kMostMn2Modules && signed_size <= bytes.size() &&
         signed_size >= Manifest::size + std::uint64_t{m.module_count} * Mn2Module::size;
}

/// One that is compressed counts as one that does not fit its hash: this ROM cannot expand it.
CodeFault check_mn2_module(ByteView bytes, const Mn2Module& module) {
  const std::uint64_t end = std::uint64_t{module.offset} + module.stored_size;
  if (end > bytes.size() || module.compression != Mn2Compression::none) return CodeFault::module;
  const ByteView stored = bytes.subspan(module.offset, module.stored_size);
  return protocol::image::sha256(stored) == module.sha256 ? CodeFault::none : CodeFault::module;
}

CodeFault check_mn2_modules(ByteView bytes, CheckedCode& code) {
  for (std::uint32_t i = 0; i < code.manifest.module_count; ++i) {
    const auto module =
        protocol::image::decode_mn2_module(bytes.subspan(Manifest::size + i * Mn2Module::size));
    if (!module) return CodeFault::header;
    if (const CodeFault fault = check_mn2_module(bytes, *module); fault != CodeFault::none)
      return fault;
    code.size = std::max(code.size, module->offset + module->stored_size);
  }
  return CodeFault::none;
}

}  // namespace

CheckedCode check_mn2(ByteView bytes, std::string_view key_md5) {
  CheckedCode code;
  const auto manifest = protocol::image::decode_manifest(bytes);
  if (!manifest || !mn2_header_holds(bytes, *manifest)) return code;
  code.manifest = *manifest;
  code.size = manifest->size_dwords * 4;
  const ByteView signed_part = bytes.first(code.size);
  const auto sku = protocol::image::find_mn2_sku(
      signed_part.subspan(Manifest::size + manifest->module_count * Mn2Module::size));
  if (!sku) return code;
  code.sku = static_cast<std::uint32_t>(sku->attributes);
  if (!protocol::image::signature_verifies(signed_part, *manifest)) {
    code.fault = CodeFault::signature;
  } else if (!is_signed_with(*manifest, key_md5)) {
    code.fault = CodeFault::key;
  } else {
    code.fault = check_mn2_modules(bytes, code);
  }
  return code;
}

}  // namespace emulator::firmware
