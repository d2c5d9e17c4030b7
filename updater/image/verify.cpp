// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>

#include "base/hex.h"
#include "base/promise.h"
#include "protocol/image/signature.h"
#include "updater/image/cpd_file.h"
#include "updater/image/lzma.h"
#include "updater/image/parse_code.h"
#include "updater/image/update_file.h"

namespace updater::image {
namespace {

using base::ByteView;
using protocol::image::Manifest;
using protocol::image::ModuleEntry;
using protocol::image::ModuleHeader;
using Defects = std::vector<Defect>;

std::string module_name(const Module& module) {
  return "module " + printable(base::as_bytes(module.entry.name));
}

void verify_flags(const Image& image, Defects& out) {
  const std::size_t at = image.code_offset + Manifest::at_flags;
  for (const char* what : flag_faults(image.manifest.flags))
    out.push_back({at, "manifest flags", what});
}

void verify_signature(const Image& image, Defects& out) {
  const std::size_t signed_size = std::size_t{image.manifest.size_dwords} * 4;
  MEBENCH_PROMISE(signed_size <= image.code_size, "what a signature covers lies inside the code");
  const ByteView signed_part = image.code().first(signed_size);
  if (protocol::image::signature_verifies(signed_part, image.manifest)) return;
  out.push_back({image.code_offset + Manifest::at_signature, "manifest signature",
                 "does not verify with the key in the manifest"});
}

void verify_hash(const Image& image, const Module& module, std::size_t entry_at, Defects& out) {
  if ((module.entry.flags & ModuleEntry::flag_no_hash) != 0) return;
  const auto found =
      protocol::image::sha1(image.code().subspan(module.offset, module.entry.stored_size));
  if (found == module.entry.sha1) return;
  constexpr std::size_t hash_in_entry = 0x2C;
  out.push_back({entry_at + hash_in_entry, module_name(module) + " SHA-1",
                 fmt::format("is {}, the module's is {}", base::to_hex(module.entry.sha1),
                             base::to_hex(found))});
}

void verify_stream(const Image& image, const Module& module, Defects& out) {
  if (!module.compressed) return;
  const ByteView stored = image.code().subspan(module.offset, module.entry.stored_size);
  const auto header = protocol::image::decode_module_header(stored);
  const std::string fault =
      lzma_fault(stored.subspan(ModuleHeader::size, header->compressed_size), module.raw_size);
  if (fault.empty()) return;
  out.push_back({image.code_offset + module.offset + ModuleHeader::size,
                 module_name(module) + " LZMA stream", fault});
}

}  // namespace

std::vector<const char*> flag_faults(std::uint32_t flags) {
  std::vector<const char*> out;
  if ((flags & Manifest::debug_signed) != 0) out.push_back("mark the image as debug-signed");
  if ((flags & Manifest::pre_production) != 0) out.push_back("mark the image as pre-production");
  return out;
}

std::vector<Defect> verify(const Image& image) {
  if (image.form > protocol::image::ManifestForm::mn2) return verify_cpd(image);
  if (!image.file_partitions.empty()) return verify_update_file(image);
  Defects out;
  verify_flags(image, out);
  verify_signature(image, out);
  std::size_t entry_at = image.code_offset + Manifest::size;
  for (const Module& module : image.modules) {
    verify_hash(image, module, entry_at, out);
    verify_stream(image, module, out);
    entry_at += ModuleEntry::size;
  }
  return out;
}

}  // namespace updater::image
