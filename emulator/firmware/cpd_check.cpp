// SPDX-License-Identifier: BSD-3-Clause
// The check of CSME 11 and later: the signature covers the manifest and its extensions, a module's
// metadata hangs on the hash in extension 03, and the module on the hash in its metadata. The hash
// over the whole partition is not looked at: it holds no more once a board's maker has configured
// it.
#include "base/hex.h"
#include "emulator/firmware/code_check.h"
#include "emulator/firmware/code_key.h"
#include "protocol/image/cpd.h"
#include "protocol/image/cpd_manifest.h"

namespace emulator::firmware {
namespace {

using base::ByteView;
using protocol::image::Cpd;
using protocol::image::CpdCompression;
using protocol::image::CpdEntry;
using protocol::image::CpdManifest;
using protocol::image::CpdModule;
using protocol::image::ManifestForm;

/// The bytes of `entry`; empty where there is none, or it ends outside the partition.
ByteView bytes_of(ByteView partition, const CpdEntry* entry) {
  if (entry == nullptr || std::uint64_t{entry->offset} + entry->size > partition.size()) return {};
  return partition.subspan(entry->offset, entry->size);
}

/// What this ROM cannot expand counts as one that does not fit its hash.
bool module_is_sound(ByteView partition, const Cpd& directory, const CpdModule& module,
                     ManifestForm form) {
  const ByteView metadata = bytes_of(partition, directory.find(module.name + ".met"));
  if (metadata.size() != module.metadata_size) return false;
  if (protocol::image::sha256(metadata) != module.metadata_sha256) return false;
  const auto attributes = protocol::image::decode_module_attributes(metadata, form);
  if (!attributes || attributes->compression != CpdCompression::none) return false;
  const ByteView stored = bytes_of(partition, directory.find(module.name));
  return stored.size() == attributes->stored_size &&
         protocol::image::cpd_hash(form, stored) == attributes->hash;
}

/// The manifest of one partition.
struct FoundManifest {
  CpdManifest header;
  ByteView signed_part;
  protocol::image::PartitionInfo info;
};

std::optional<FoundManifest> manifest_of(ByteView partition, const Cpd& directory,
                                         ManifestForm form) {
  const ByteView bytes = bytes_of(partition, directory.find(directory.partition + ".man"));
  const auto header = protocol::image::decode_cpd_manifest(bytes);
  if (!header || header->form != form) return std::nullopt;
  const std::uint64_t size = std::uint64_t{header->size_dwords} * 4;
  if (size < header->header_size() || size > bytes.size()) return std::nullopt;
  const ByteView signed_part = bytes.first(static_cast<std::size_t>(size));
  auto info =
      protocol::image::decode_partition_info(signed_part.subspan(header->header_size()), form);
  const bool fits = info && info->name == directory.partition && info->size <= partition.size();
  if (!fits) return std::nullopt;
  return FoundManifest{.header = *header, .signed_part = signed_part, .info = *std::move(info)};
}

CodeFault fault_of(ByteView partition, const Cpd& directory, const FoundManifest& manifest,
                   std::string_view key_md5) {
  if (!protocol::image::signature_verifies(manifest.signed_part, manifest.header))
    return CodeFault::signature;
  if (!is_same_key(base::to_hex(protocol::image::key_md5(manifest.header)), key_md5))
    return CodeFault::key;
  for (const CpdModule& module : manifest.info.modules) {
    if (!module_is_sound(partition, directory, module, manifest.header.form))
      return CodeFault::module;
  }
  return CodeFault::none;
}

}  // namespace

CheckedCode check_cpd(ByteView bytes, std::string_view key_md5, ManifestForm form) {
  CheckedCode code;
  const auto directory = protocol::image::decode_cpd(bytes);
  if (!directory) return code;
  const auto manifest = manifest_of(bytes, *directory, form);
  if (!manifest) return code;
  code.manifest.version = manifest->header.version;
  code.manifest.security_version = manifest->header.security_version;
  code.manifest.control_number = manifest->info.control_number;
  code.manifest.partition_name = directory->partition;
  code.size = manifest->info.size;
  const auto system = protocol::image::decode_client_system_info(
      manifest->signed_part.subspan(manifest->header.header_size()));
  if (system) code.sku = static_cast<std::uint32_t>(system->attributes);
  code.fault = fault_of(bytes.first(code.size), *directory, *manifest, key_md5);
  return code;
}

}  // namespace emulator::firmware
