// SPDX-License-Identifier: BSD-3-Clause
#include "updater/image/update_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.h"
#include "protocol/generation.h"
#include "protocol/image/partition_table.h"
#include "protocol/image/signature.h"
#include "updater/image/lzma.h"
#include "updater/image/parse_code.h"

namespace updater::image {
namespace {

using base::ByteView;
using protocol::image::Manifest;
using protocol::image::Mn2Compression;
using protocol::image::Mn2Module;
using protocol::image::Partition;
using protocol::image::PartitionTable;

constexpr std::string_view kFirst = "FTPR";
constexpr std::string_view kSecond = "NFTP";
constexpr std::string_view kSettings = "EFFS";

std::optional<Manifest> mn2_manifest(ByteView bytes) {
  const auto manifest = protocol::image::decode_manifest(bytes);
  constexpr std::string_view tag = tag_of(protocol::image::ManifestForm::mn2);
  if (!manifest || std::string_view(manifest->tag.data(), manifest->tag.size()) != tag)
    return std::nullopt;
  return manifest;
}

std::optional<Manifest> first_manifest(ByteView file, const PartitionTable& table) {
  const Partition* first = table.find(kFirst);
  if (first == nullptr || first->offset >= file.size()) return std::nullopt;
  return mn2_manifest(file.subspan(first->offset));
}

bool is_of_known_generation(ByteView file, const PartitionTable& table) {
  const auto manifest = first_manifest(file, table);
  if (!manifest) return false;
  const auto* generation = protocol::find_generation(manifest->version.major);
  return generation != nullptr && generation->modelled != protocol::Modelled::no;
}

std::string of_partition(std::string_view name, const char* field) {
  return fmt::format("{}: {}", printable(base::as_bytes(name)), field);
}

/// The manifest's own numbers, in a partition of `size` bytes at `at` of the file.
std::optional<Defect> judge_partition(const Manifest& m, const Partition& p) {
  const std::uint64_t size = std::uint64_t{m.size_dwords} * 4;
  const std::uint64_t least = Manifest::size + std::uint64_t{m.module_count} * Mn2Module::size;
  if (m.module_count > kMostModules) {
    return bad_field(p.offset + Manifest::at_module_count, of_partition(p.name, "module count"),
                     fmt::format("is {}, at most {} are taken", m.module_count, kMostModules));
  }
  if (size >= least && size <= p.size) return std::nullopt;
  return bad_length(p.offset + Manifest::at_size, of_partition(p.name, "manifest size"),
                    fmt::format("is 0x{:X} bytes, must be 0x{:X} to 0x{:X}", size, least, p.size));
}

std::optional<Defect> read_partition(Image& image, const Partition& p) {
  const std::uint64_t end = std::uint64_t{p.offset} + p.size;
  if (end > image.file.size()) {
    return bad_length(p.offset, of_partition(p.name, "partition"),
                      fmt::format("ends at 0x{:X}, the file at 0x{:X}", end, image.file.size()));
  }
  const ByteView bytes = ByteView(image.file).subspan(p.offset, p.size);
  const auto manifest = mn2_manifest(bytes);
  if (!manifest) {
    return bad_field(p.offset + Manifest::at_tag, of_partition(p.name, "manifest tag"),
                     "must be \"$MN2\"");
  }
  if (auto defect = judge_partition(*manifest, p)) return defect;
  FilePartition out{
      .name = p.name, .offset = p.offset, .size = p.size, .manifest = *manifest, .modules = {}};
  for (std::uint32_t i = 0; i < manifest->module_count; ++i) {
    const std::size_t at = Manifest::size + i * Mn2Module::size;
    const auto module = protocol::image::decode_mn2_module(bytes.subspan(at));
    if (!module)
      return bad_field(p.offset + at, of_partition(p.name, "module table"), "has no $MME here");
    out.modules.push_back(*module);
  }
  image.file_partitions.push_back(std::move(out));
  return std::nullopt;
}

std::optional<Defect> find_sku(Image& image) {
  const FilePartition& first = image.file_partitions.front();
  const std::size_t table_end = Manifest::size + first.modules.size() * Mn2Module::size;
  const ByteView behind = ByteView(image.file)
                              .subspan(first.offset, std::size_t{first.manifest.size_dwords} * 4)
                              .subspan(table_end);
  const auto sku = protocol::image::find_mn2_sku(behind);
  if (!sku)
    return bad_field(first.offset + table_end, of_partition(first.name, "$SKU"), "is not there");
  image.sku = static_cast<std::uint32_t>(sku->attributes);
  return std::nullopt;
}

/// FTPR, of which the image has its version, its SKU and its key, and then the others.
std::optional<Defect> read_partitions(Image& image, std::vector<Partition> parts) {
  image.form = protocol::image::ManifestForm::mn2;
  std::stable_partition(parts.begin(), parts.end(),
                        [](const Partition& p) { return p.name == kFirst; });
  for (const Partition& p : parts) {
    if (auto defect = read_partition(image, p)) return defect;
  }
  image.manifest = image.file_partitions.front().manifest;
  return find_sku(image);
}

/// What the hash is over; nothing where that cannot be had.
std::optional<base::Bytes> plain_data(const Mn2Module& module, ByteView stored) {
  if (module.compression == Mn2Compression::none) return base::Bytes(stored.begin(), stored.end());
  return expand_alone(stored);
}

void verify_module(const Image& image, const FilePartition& p, std::size_t index,
                   std::vector<Defect>& out) {
  const Mn2Module& module = p.modules[index];
  const std::uint64_t end = std::uint64_t{module.offset} + module.stored_size;
  const std::string who = of_partition(p.name, "module ") + printable(base::as_bytes(module.name));
  const std::size_t entry = p.offset + Manifest::size + index * Mn2Module::size;
  if (module.compression == Mn2Compression::huffman) return;  // its offset is a table's
  if (end > p.size) {
    out.push_back({entry, who, fmt::format("ends at 0x{:X}, the partition at 0x{:X}", end, p.size),
                   protocol::update::ToolError::invalid_length});
    return;
  }
  const auto plain = plain_data(
      module, ByteView(image.file).subspan(p.offset + module.offset, module.stored_size));
  if (!plain) {
    out.push_back({p.offset + module.offset, who + " LZMA stream", "cannot be expanded"});
    return;
  }
  const auto found = protocol::image::sha256(*plain);
  if (found == module.sha256) return;
  out.push_back(
      {entry + Mn2Module::at_sha256, who + " SHA-256",
       fmt::format("is {}, the module's is {}", base::to_hex(module.sha256), base::to_hex(found))});
}

}  // namespace

bool is_update_file(ByteView file) {
  const auto table = protocol::image::decode_partition_table(file);
  return table && table->find(kSettings) == nullptr && is_of_known_generation(file, *table);
}

bool holds_mn2(const Image& image, std::size_t offset) {
  return is_of_known_generation(ByteView(image.file).subspan(offset), *image.partitions);
}

std::optional<Defect> parse_mn2_region(Image& image, std::size_t offset) {
  image.region_offset = offset;
  const ByteView region = ByteView(image.file).subspan(offset);
  std::vector<Partition> parts;
  for (Partition p : image.partitions->partitions) {
    const bool is_code = p.type == protocol::image::PartitionType::code;
    if (unused(p) || !is_code || !mn2_manifest(region.subspan(p.offset))) continue;
    p.offset += static_cast<std::uint32_t>(offset);
    parts.push_back(p);
  }
  if (auto defect = read_partitions(image, std::move(parts))) return defect;
  image.code_offset = image.file_partitions.front().offset;
  image.code_size = image.file_partitions.front().size;
  return std::nullopt;
}

std::optional<Defect> parse_update_file(Image& image) {
  image.kind = Kind::update;
  image.partitions = protocol::image::decode_partition_table(image.file);
  for (const std::string_view name : {kFirst, kSecond}) {
    if (image.partitions->find(name) == nullptr) {
      return Defect{0, "$FPT", fmt::format("has no partition {}", name),
                    protocol::update::ToolError::partition_layout};
    }
  }
  std::vector<Partition> parts;
  for (const Partition& p : image.partitions->partitions) {
    if (!unused(p)) parts.push_back(p);
  }
  image.code_offset = 0;
  image.code_size = image.file.size();
  return read_partitions(image, std::move(parts));
}

std::vector<Defect> verify_update_file(const Image& image) {
  std::vector<Defect> out;
  for (const FilePartition& p : image.file_partitions) {
    const ByteView bytes = ByteView(image.file).subspan(p.offset, p.size);
    const ByteView signed_part = bytes.first(std::size_t{p.manifest.size_dwords} * 4);
    for (const char* what : flag_faults(p.manifest.flags))
      out.push_back({p.offset + Manifest::at_flags, of_partition(p.name, "manifest flags"), what});
    if (!protocol::image::signature_verifies(signed_part, p.manifest)) {
      out.push_back({p.offset + Manifest::at_signature, of_partition(p.name, "manifest signature"),
                     "does not verify with the key in the manifest"});
    }
    for (std::size_t i = 0; i < p.modules.size(); ++i) verify_module(image, p, i, out);
  }
  return out;
}

}  // namespace updater::image
