// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/code_check.h"

#include <algorithm>
#include <optional>

#include "base/hex.h"
#include "emulator/firmware/code_key.h"
#include "protocol/image/signature.h"

namespace emulator::firmware {
namespace {

using base::ByteReader;
using base::ByteView;
using protocol::image::Manifest;
using protocol::image::ModuleEntry;
using protocol::image::SkuTrailer;

constexpr std::uint32_t kMaxModules = 64;
constexpr std::size_t kTrailerHeader = 8;  ///< tag and dword count

bool header_holds(ByteView bytes, const Manifest& m) {
  constexpr std::array<char, 4> tag = {'$', 'M', 'A', 'N'};
  const std::uint64_t signed_size = std::uint64_t{m.size_dwords} * 4;
  return fixed_fields_hold(bytes) && m.tag == tag && m.vendor == protocol::image::kVendorIntel &&
         m.module_count <= kMaxModules && signed_size <= bytes.size() &&
         signed_size >= Manifest::size + std::uint64_t{m.module_count} * ModuleEntry::size;
}

/// The $SKU among the trailers (tag, length in dwords, data) behind the module table.
std::optional<SkuTrailer> find_sku(ByteView trailers) {
  while (trailers.size() >= kTrailerHeader && trailers[0] == '$') {
    if (const auto sku = protocol::image::decode_sku_trailer(trailers)) return sku;
    ByteReader in(trailers);
    in.skip(4);
    const std::uint64_t length = std::uint64_t{in.u32()} * 4;
    if (length < kTrailerHeader || length > trailers.size()) break;
    trailers = trailers.subspan(static_cast<std::size_t>(length));
  }
  return std::nullopt;
}

/// Walks the modules behind the signed part; `code.size` grows over each that is sound.
CodeFault check_modules(ByteView bytes, ByteView signed_part, CheckedCode& code) {
  ByteView rest = bytes.subspan(signed_part.size());
  for (std::uint32_t i = 0; i < code.manifest.module_count; ++i) {
    const auto entry = protocol::image::decode_module_entry(
        signed_part.subspan(Manifest::size + i * ModuleEntry::size));
    if (!entry) return CodeFault::header;
    if (entry->stored_size > rest.size()) return CodeFault::module;
    const ByteView module = rest.first(entry->stored_size);
    const bool hashed = (entry->flags & ModuleEntry::flag_no_hash) == 0;
    if (hashed && protocol::image::sha1(module) != entry->sha1) return CodeFault::module;
    rest = rest.subspan(entry->stored_size);
    code.size += entry->stored_size;
  }
  return CodeFault::none;
}

}  // namespace

const char* name(CodeFault fault) {
  switch (fault) {
    case CodeFault::none:
      return "code: sound";
    case CodeFault::header:
      return "code: header wrong";
    case CodeFault::signature:
      return "code: signature wrong";
    case CodeFault::key:
      return "code: signed with another key";
    case CodeFault::module:
      return "code: module hash wrong";
  }
  return "code: unknown fault";
}

bool fixed_fields_hold(ByteView bytes) {
  ByteReader in(bytes);
  const bool head = in.u32() == Manifest::type && in.u32() == Manifest::header_dwords &&
                    in.u32() == Manifest::header_version;
  ByteReader key(bytes.subspan(Manifest::at_key_size));
  return head && key.u32() == protocol::image::kRsaBytes / 4 && key.u32() == 1;
}

bool is_signed_with(const Manifest& manifest, std::string_view key_md5) {
  return is_same_key(base::to_hex(protocol::image::key_md5(manifest)), key_md5);
}

bool is_same_key(std::string_view own, std::string_view key_md5) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(own.begin(), own.end(), key_md5.begin(), key_md5.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

CheckedCode check_code(ByteView bytes, std::string_view key_md5) {
  CheckedCode code;
  const auto manifest = protocol::image::decode_manifest(bytes);
  if (!manifest || !header_holds(bytes, *manifest)) return code;
  code.manifest = *manifest;
  code.size = manifest->size_dwords * 4;
  const ByteView signed_part = bytes.first(code.size);
  const auto sku =
      find_sku(signed_part.subspan(Manifest::size + manifest->module_count * ModuleEntry::size));
  if (!sku) return code;
  code.sku = sku->attributes;
  if (!protocol::image::signature_verifies(signed_part, *manifest)) {
    code.fault = CodeFault::signature;
  } else if (!is_signed_with(*manifest, key_md5)) {
    code.fault = CodeFault::key;
  } else {
    code.fault = check_modules(bytes, signed_part, code);
  }
  return code;
}

CheckedCode check_partition(ByteView bytes, std::string_view key_md5,
                            protocol::image::ManifestForm form) {
  switch (form) {
    case protocol::image::ManifestForm::man:
      return check_code(bytes, key_md5);
    case protocol::image::ManifestForm::mn2:
      return check_mn2(bytes, key_md5);
    case protocol::image::ManifestForm::cpd_r1:
    case protocol::image::ManifestForm::cpd_r2:
      break;
  }
  return check_cpd(bytes, key_md5, form);
}

}  // namespace emulator::firmware
