// SPDX-License-Identifier: BSD-3-Clause
#include "updater/image/cpd_file.h"

#include <fmt/format.h>

#include <array>

#include "base/hex.h"
#include "protocol/generation.h"
#include "protocol/image/cpd.h"
#include "protocol/image/cpd_manifest.h"
#include "updater/image/parse_code.h"

namespace updater::image {
namespace {

using base::ByteView;
using protocol::image::Cpd;
using protocol::image::CpdEntry;
using protocol::image::CpdManifest;
using protocol::image::CpdModule;
using protocol::image::ModuleAttributes;

constexpr std::string_view kFirstCpd = "FTPR";
constexpr std::string_view kSecondCpd = "NFTP";
constexpr std::array<std::string_view, 2> kSettingsOfRegions = {"MFS", "EFFS"};

std::string of_cpd(std::string_view partition, std::string_view field) {
  return fmt::format("{}: {}", printable(base::as_bytes(partition)), field);
}

ByteView entry_bytes(ByteView partition, const CpdEntry* entry) {
  if (entry == nullptr || std::uint64_t{entry->offset} + entry->size > partition.size()) return {};
  return partition.subspan(entry->offset, entry->size);
}

/// A partition taken apart, as far as it can be.
struct CpdPartition {
  Cpd directory;
  std::size_t manifest_at = 0;  ///< bytes from the partition's start
  CpdManifest header;
  ByteView signed_part;
  ByteView extensions;
  protocol::image::PartitionInfo info;
};

std::optional<CpdPartition> take_apart(ByteView bytes) {
  const auto directory = protocol::image::decode_cpd(bytes);
  if (!directory) return std::nullopt;
  const CpdEntry* entry = directory->find(directory->partition + ".man");
  const ByteView manifest = entry_bytes(bytes, entry);
  const auto header = protocol::image::decode_cpd_manifest(manifest);
  if (!header) return std::nullopt;
  const std::uint64_t size = std::uint64_t{header->size_dwords} * 4;
  if (size < header->header_size() || size > manifest.size()) return std::nullopt;
  const ByteView signed_part = manifest.first(static_cast<std::size_t>(size));
  const ByteView extensions = signed_part.subspan(header->header_size());
  const auto info = protocol::image::decode_partition_info(extensions, header->form);
  if (!info || info->size > bytes.size()) return std::nullopt;
  return CpdPartition{.directory = *directory,
                      .manifest_at = entry->offset,
                      .header = *header,
                      .signed_part = signed_part,
                      .extensions = extensions,
                      .info = *info};
}

FilePartition shown(const CpdPartition& p, std::size_t offset) {
  FilePartition out{.name = p.directory.partition,
                    .offset = offset,
                    .size = p.info.size,
                    .manifest = {},
                    .modules = {}};
  out.manifest.flags = p.header.flags;
  out.manifest.date = p.header.date;
  out.manifest.size_dwords = p.header.size_dwords;
  out.manifest.version = p.header.version;
  out.manifest.security_version = p.header.security_version;
  out.manifest.control_number = p.info.control_number;
  out.manifest.partition_name = p.directory.partition;
  return out;
}

/// FTPR, from which the image has its version, its SKU and its key.
void take_first(Image& image, const CpdPartition& first, std::size_t offset) {
  image.form = first.header.form;
  image.manifest = shown(first, offset).manifest;
  image.key_md5 = base::to_hex(protocol::image::key_md5(first.header));
  const auto system = protocol::image::decode_client_system_info(first.extensions);
  if (system) image.sku = static_cast<std::uint32_t>(system->attributes);
}

std::optional<Defect> read_cpd(Image& image, std::size_t offset, std::size_t room) {
  const auto partition = take_apart(ByteView(image.file).subspan(offset, room));
  if (!partition) {
    return bad_field(
        offset, "$CPD",
        "has no directory of version 1 with a manifest of form R1 or R2 that fits it here");
  }
  if (partition->directory.partition == kFirstCpd) take_first(image, *partition, offset);
  image.file_partitions.push_back(shown(*partition, offset));
  return std::nullopt;
}

const FilePartition* find_read(const Image& image, std::string_view name) {
  for (const FilePartition& p : image.file_partitions) {
    if (p.name == name) return &p;
  }
  return nullptr;
}

std::optional<Defect> judge_whole(const Image& image) {
  for (const std::string_view name : {kFirstCpd, kSecondCpd}) {
    if (find_read(image, name) != nullptr) continue;
    return Defect{image.region_offset, "partitions", fmt::format("have no {} among them", name),
                  protocol::update::ToolError::partition_layout};
  }
  return std::nullopt;
}

void verify_cpd_module(ByteView bytes, const FilePartition& p, const CpdPartition& parts,
                       const CpdModule& module, std::vector<Defect>& out) {
  const Cpd& directory = parts.directory;
  const protocol::image::ManifestForm form = parts.header.form;
  const std::string who = "module " + printable(base::as_bytes(module.name));
  const CpdEntry* entry = directory.find(module.name + ".met");
  const ByteView metadata = entry_bytes(bytes, entry);
  const std::size_t at = p.offset + (entry == nullptr ? 0 : entry->offset);
  if (protocol::image::sha256(metadata) != module.metadata_sha256) {
    out.push_back({at, of_cpd(p.name, who + " metadata"), "does not fit its SHA-256"});
    return;
  }
  const auto attributes = protocol::image::decode_module_attributes(metadata, form);
  const ByteView stored = entry_bytes(bytes, directory.find(module.name));
  const bool huffman =
      attributes && attributes->compression == protocol::image::CpdCompression::huffman;
  if (huffman) return;  // its hash is over what it expands to
  if (!attributes || protocol::image::cpd_hash(form, stored) != attributes->hash) {
    const char* hash = form == protocol::image::ManifestForm::cpd_r1 ? " SHA-256" : " SHA-384";
    out.push_back(
        {at + ModuleAttributes::at_hash, of_cpd(p.name, who + hash), "does not fit the module"});
  }
}

}  // namespace

bool holds_cpd(const Image& image, std::size_t offset) {
  const auto* first = image.partitions ? image.partitions->find(kFirstCpd) : nullptr;
  if (first == nullptr || unused(*first)) return false;
  const std::size_t at = offset + first->offset;
  return at < image.file.size() &&
         protocol::image::begins_with_cpd(ByteView(image.file).subspan(at));
}

std::optional<Defect> parse_cpd_stream(Image& image) {
  image.kind = Kind::update;
  std::size_t at = 0;
  while (at < image.file.size()) {
    if (auto defect = read_cpd(image, at, image.file.size() - at)) return defect;
    const std::size_t size = image.file_partitions.back().size;
    if (size == 0) return bad_length(at, "partition information", "says that it has no bytes");
    at += size;
  }
  image.code_offset = 0;
  image.code_size = image.file.size();
  return judge_whole(image);
}

std::optional<Defect> parse_cpd_region(Image& image, std::size_t offset) {
  image.region_offset = offset;
  for (const protocol::image::Partition& p : image.partitions->partitions) {
    const std::size_t at = offset + p.offset;
    const bool is_code = p.type == protocol::image::PartitionType::code;
    if (unused(p) || !is_code) continue;
    if (auto defect = read_cpd(image, at, p.size)) return defect;
    if (p.name == kFirstCpd) image.code_offset = at;
    image.code_size += p.size;
  }
  return judge_whole(image);
}

bool is_cpd_file(ByteView file) {
  const auto table = protocol::image::decode_partition_table(file);
  const auto* first = table ? table->find(kFirstCpd) : nullptr;
  if (first == nullptr || first->offset >= file.size()) return false;
  for (const std::string_view settings : kSettingsOfRegions) {
    if (table->find(settings) != nullptr) return false;
  }
  const auto partition = take_apart(file.subspan(first->offset));
  if (!partition) return false;
  const auto* generation = protocol::find_generation(partition->header.version.major);
  return generation != nullptr && generation->file.value == protocol::fwu::FileForm::table;
}

std::optional<Defect> parse_cpd_file(Image& image) {
  image.kind = Kind::update;
  image.partitions = protocol::image::decode_partition_table(image.file);
  for (const protocol::image::Partition& p : image.partitions->partitions) {
    if (unused(p)) continue;
    const std::uint64_t end = std::uint64_t{p.offset} + p.size;
    if (end > image.file.size()) {
      return bad_length(p.offset, of_cpd(p.name, "partition"),
                        fmt::format("ends at 0x{:X}, the file at 0x{:X}", end, image.file.size()));
    }
    if (auto defect = read_cpd(image, p.offset, p.size)) return defect;
  }
  image.code_offset = 0;
  image.code_size = image.file.size();
  return judge_whole(image);
}

std::vector<Defect> verify_cpd(const Image& image) {
  std::vector<Defect> out;
  for (const FilePartition& p : image.file_partitions) {
    const ByteView bytes = ByteView(image.file).subspan(p.offset, p.size);
    const auto parts = take_apart(bytes);
    if (!parts) continue;  // parsed before
    if (!protocol::image::signature_verifies(parts->signed_part, parts->header)) {
      out.push_back({p.offset + parts->manifest_at + parts->header.shape().at_signature(),
                     of_cpd(p.name, "manifest signature"),
                     "does not verify with the key in the manifest"});
    }
    for (const CpdModule& module : parts->info.modules)
      verify_cpd_module(bytes, p, *parts, module, out);
  }
  return out;
}

}  // namespace updater::image
