// SPDX-License-Identifier: BSD-3-Clause
// $CPD: the directory in front of a partition of CSME 11 and later, and what stands behind the
// manifest header and in a module's metadata there (MEAnalyzer; docs/formats.md). The two forms of
// the manifest differ in their extensions, too: in the size of the hashes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "protocol/image/manifest_form.h"
#include "protocol/image/signature.h"

namespace protocol::image {

using Sha384 = std::array<std::uint8_t, 48>;
Sha384 sha384(base::ByteView first, base::ByteView second = {});

/// SHA-256 beside a manifest of form R1, SHA-384 beside one of form R2.
using CpdHash = base::Bytes;
constexpr std::size_t hash_size(ManifestForm form) {
  return form == ManifestForm::cpd_r1 ? 32 : 48;
}
CpdHash cpd_hash(ManifestForm form, base::ByteView first, base::ByteView second = {});

struct CpdEntry {
  static constexpr std::size_t size_on_flash = 0x18;
  static constexpr std::uint32_t huffman = 1u << 25;
  std::string name;          ///< at most 12 characters: "FTPR.man", "bup.met", "bup"
  std::uint32_t offset = 0;  ///< bytes from the start of the directory, below 32 MiB
  std::uint32_t size = 0;    ///< bytes; with Huffman those of the expanded data
  bool is_huffman = false;
};

/// Version 1 of the directory: a header of 10h bytes whose checksum makes header and entries add
/// up to 0.
struct Cpd {
  static constexpr std::size_t header_size = 0x10;
  static constexpr std::size_t at_checksum = 0x0B;
  std::string partition;  ///< at most 4 characters
  std::vector<CpdEntry> entries;

  const CpdEntry* find(std::string_view name) const;
};

/// How a module is stored, as its metadata says it.
enum class CpdCompression : std::uint8_t { none = 0, huffman = 1, lzma = 2 };

/// A module's row in extension 03, 34h bytes: its hash stayed SHA-256 when the others grew with R2.
struct CpdModule {
  static constexpr std::size_t size = 0x34;
  static constexpr std::size_t at_hash = 0x14;
  std::string name;  ///< at most 12 characters
  CpdCompression compression = CpdCompression::none;
  std::uint32_t metadata_size = 0;
  Sha256 metadata_sha256{};  ///< byte-reversed where stored
};

/// Extension 03: what partition this is.
struct PartitionInfo {
  static constexpr std::uint32_t tag = 0x03;
  static constexpr std::size_t fixed_size(ManifestForm form) { return 0x38 + hash_size(form); }
  ManifestForm form = ManifestForm::cpd_r2;
  std::string name;        ///< at most 4 characters
  std::uint32_t size = 0;  ///< bytes of the whole partition
  /// Over the partition but for its manifest; byte-reversed where stored. Of a partition that a
  /// board's maker configured it is not true any more (MEAnalyzer), so a board does not judge it.
  CpdHash hash;                      ///< empty: zeros
  std::uint32_t control_number = 0;  ///< VCN
  std::uint32_t instance = 0;
  std::vector<CpdModule> modules;

  std::size_t size_on_flash() const { return fixed_size(form) + modules.size() * CpdModule::size; }
};

/// Extension 0C: what system the firmware is for.
struct ClientSystemInfo {
  static constexpr std::uint32_t tag = 0x0C;
  static constexpr std::size_t size_on_flash = 0x30;
  std::uint32_t capabilities = 0;
  std::uint64_t attributes = 0;  ///< [6:4]: 0 corporate, 1 consumer
};

/// Extension 0A, alone in a module's metadata.
struct ModuleAttributes {
  static constexpr std::uint32_t tag = 0x0A;
  static constexpr std::size_t at_hash = 0x18;
  static constexpr std::size_t size_with(ManifestForm form) { return at_hash + hash_size(form); }
  ManifestForm form = ManifestForm::cpd_r2;
  CpdCompression compression = CpdCompression::none;
  std::uint32_t raw_size = 0;
  std::uint32_t stored_size = 0;
  CpdHash hash;  ///< over the stored bytes; byte-reversed where stored
};

void encode(base::ByteWriter&, const Cpd&);
void encode(base::ByteWriter&, const PartitionInfo&);
void encode(base::ByteWriter&, const ClientSystemInfo&);
void encode(base::ByteWriter&, const ModuleAttributes&);

/// Whether a directory's tag stands there.
bool begins_with_cpd(base::ByteView);
/// Nothing when there is none of version 1, its checksum is wrong, or it has more than 256 entries.
/// Whether the entries fit the partition is the caller's to judge.
std::optional<Cpd> decode_cpd(base::ByteView partition);

/// The whole extension `tag` among those that follow a manifest header or are a module's metadata;
/// empty where there is none.
base::ByteView find_extension(base::ByteView extensions, std::uint32_t tag);
/// `form`: of the manifest.
std::optional<PartitionInfo> decode_partition_info(base::ByteView extensions, ManifestForm form);
std::optional<ClientSystemInfo> decode_client_system_info(base::ByteView extensions);
std::optional<ModuleAttributes> decode_module_attributes(base::ByteView extensions,
                                                         ManifestForm form);

}  // namespace protocol::image
