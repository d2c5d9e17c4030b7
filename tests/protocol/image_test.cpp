// SPDX-License-Identifier: BSD-3-Clause
// Flash and image structures against their golden bytes.
#include <algorithm>

#include "protocol/image/flash_descriptor.h"
#include "protocol/image/manifest.h"
#include "protocol/image/partition_table.h"
#include "tests/golden/checks.h"
#include "tests/golden/golden.h"

namespace protocol::image {
namespace {

using golden::encoded;
using golden::expect_no_prefix_decodes;

const golden::File& file() {
  static const golden::File image("image");
  return image;
}
std::string hex(const char* name) {
  return base::to_hex(file()[name]);
}

TEST(PartitionTableFormat, EntriesDecodeFieldByField) {
  const auto t = decode_partition_table(file()["partition_table"]);
  ASSERT_TRUE(t);
  EXPECT_EQ(t->uma_size, 0x100000u);
  EXPECT_EQ(to_text(t->fitc), "5.0.0.1167");
  ASSERT_EQ(t->partitions.size(), 2u);
  EXPECT_EQ(t->partitions[0].name, "CODE");
  EXPECT_EQ(t->partitions[0].owner, "ME");
  EXPECT_EQ(t->partitions[0].offset, 0x1000u);
  EXPECT_EQ(t->partitions[0].size, 0x180000u);
  EXPECT_EQ(t->partitions[0].type, PartitionType::code);
  ASSERT_NE(t->find("EFFS"), nullptr);
  EXPECT_EQ(t->find("EFFS")->type, PartitionType::effs);
  EXPECT_EQ(t->find("EFFS")->offset, 0x300000u);
  EXPECT_EQ(t->find("NONE"), nullptr);
}

TEST(PartitionTableFormat, HeaderEncodesWithItsChecksum) {
  PartitionTable t;
  t.uma_size = 0x100000;
  t.fitc = {5, 0, 0, 1167};
  t.partitions = {{.name = "CODE",
                   .owner = "ME",
                   .offset = 0x1000,
                   .size = 0x180000,
                   .type = PartitionType::code},
                  {.name = "EFFS",
                   .owner = "",
                   .offset = 0x300000,
                   .size = 0x10000,
                   .type = PartitionType::effs}};
  EXPECT_EQ(encoded(t), hex("partition_table"));
}

TEST(PartitionTableFormat, IsFoundWithoutVectorsInFrontOfIt) {
  const base::Bytes head = file()["partition_table_at_the_start"];
  EXPECT_EQ(protocol::image::find_partition_table(head), 0u);
  ASSERT_TRUE(decode_partition_table(head));
  base::Bytes with_vectors_length = head;
  with_vectors_length[PartitionTable::at_header_length] += 0x10;
  with_vectors_length[PartitionTable::at_checksum] -= 0x10;
  EXPECT_FALSE(decode_partition_table(with_vectors_length)) << "there are none";
}

// As this project's factory wrote them until its tables took the vectors in.
TEST(PartitionTableFormat, BehindVectorsItMayHaveTheLengthOfTheHeaderAlone) {
  base::Bytes head = file()["partition_table"];
  head[PartitionTable::offset_in_region + PartitionTable::at_header_length] -= 0x10;
  head[PartitionTable::offset_in_region + PartitionTable::at_checksum] += 0x10;
  ASSERT_TRUE(decode_partition_table(head));
  EXPECT_EQ(decode_partition_table(head)->partitions[0].offset, 0x1000u);
}

TEST(PartitionTableFormat, AnyDamagedHeaderByteIsRefused) {
  for (std::size_t at = 0; at < PartitionTable::size_with_vectors; ++at) {
    base::Bytes bad = file()["partition_table"];
    bad[at] ^= 0x04;
    EXPECT_FALSE(decode_partition_table(bad)) << "byte " << at;
  }
}

TEST(PartitionTableFormat, CountBeyondTheDataIsRefused) {
  base::Bytes bad = file()["partition_table"];
  constexpr std::size_t checksum = PartitionTable::offset_in_region + PartitionTable::at_checksum;
  bad[PartitionTable::offset_in_region + 4] = 3;
  bad[checksum] = static_cast<std::uint8_t>(bad[checksum] - 1);
  EXPECT_FALSE(decode_partition_table(bad));
  expect_no_prefix_decodes(file()["partition_table"], decode_partition_table);
}

TEST(ManifestFormat, FixedPartDecodesFieldByField) {
  ASSERT_EQ(file()["manifest"].size(), 0x290u);
  const auto m = decode_manifest(file()["manifest"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(m->flags, 0x80000000u);
  EXPECT_EQ(m->vendor, 0x8086u);
  EXPECT_EQ(m->date, 0x20100315u);
  EXPECT_EQ(m->size_dwords, 0xBBu);
  EXPECT_EQ(std::string(m->tag.begin(), m->tag.end()), "$MAN");
  EXPECT_EQ(m->module_count, 1u);
  EXPECT_EQ(to_text(m->version), "5.2.70.1046");
  EXPECT_EQ(m->modulus[0], 0xAA);
  EXPECT_EQ(m->modulus[255], 0xC5);
  EXPECT_EQ(m->exponent, 65537u);
  EXPECT_EQ(m->signature[0], 0x11);
  EXPECT_EQ(m->signature[1], 0x22);
  EXPECT_EQ(m->signature[255], 0x33);
  EXPECT_EQ(m->partition_name, "CODE");
}

TEST(ManifestFormat, FixedPartEncodesFieldByField) {
  Manifest m;
  m.flags = 0x80000000;
  m.date = 0x20100315;
  m.size_dwords = 0xBB;
  m.module_count = 1;
  m.version = {5, 2, 70, 1046};
  m.modulus[0] = 0xAA;
  m.modulus[255] = 0xC5;
  m.exponent = 65537;
  m.signature.fill(0x22);
  m.signature[0] = 0x11;
  m.signature[255] = 0x33;
  m.partition_name = "CODE";
  EXPECT_EQ(encoded(m), hex("manifest"));
}

TEST(ManifestFormat, NamedOffsetsPointAtTheirFields) {
  const base::ByteView image = file()["manifest"];
  const auto word = [&](std::size_t at) { return base::ByteReader(image.subspan(at)).u32(); };
  EXPECT_EQ(word(Manifest::at_type), Manifest::type);
  EXPECT_EQ(word(Manifest::at_header_length), Manifest::header_dwords);
  EXPECT_EQ(word(Manifest::at_header_version), Manifest::header_version);
  EXPECT_EQ(word(Manifest::at_flags), 0x80000000u);
  EXPECT_EQ(word(Manifest::at_vendor), kVendorIntel);
  EXPECT_EQ(word(Manifest::at_date), 0x20100315u);
  EXPECT_EQ(word(Manifest::at_size), 0xBBu);
  EXPECT_EQ(word(Manifest::at_tag), 0x4E414D24u);
  EXPECT_EQ(word(Manifest::at_module_count), 1u);
  EXPECT_EQ(word(Manifest::at_version), 0x00020005u);
  EXPECT_EQ(word(Manifest::at_key_size), 64u);
  EXPECT_EQ(word(Manifest::at_exponent_size), 1u);
  EXPECT_EQ(word(Manifest::at_modulus), 0xAAu);
  EXPECT_EQ(word(Manifest::at_exponent), 65537u);
  EXPECT_EQ(word(Manifest::at_signature), 0x22222211u);
  EXPECT_EQ(word(Manifest::at_partition_name), 0x45444F43u);
}

TEST(ManifestFormat, ModuleEntryIsExact) {
  const auto m = decode_module_entry(file()["module_entry"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(base::to_hex(m->guid), "000102030405060708090a0b0c0d0e0f");
  EXPECT_EQ(to_text(m->version), "5.2.70.1046");
  EXPECT_EQ(m->name, "BUP");
  EXPECT_EQ(base::to_hex(m->sha1), "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
  EXPECT_EQ(m->stored_size, 300u);
  EXPECT_EQ(m->flags, ModuleEntry::flag_no_hash);
  EXPECT_EQ(encoded(*m), hex("module_entry"));
}

TEST(ManifestFormat, ModuleHeaderIsExact) {
  const auto m = decode_module_header(file()["module_header"]);
  ASSERT_TRUE(m);
  EXPECT_EQ(to_text(m->version), "5.2.70.1046");
  EXPECT_EQ(m->compressed_size, 220u);
  EXPECT_EQ(m->raw_size, 1024u);
  EXPECT_EQ(m->load_address, 0x20000000u);
  EXPECT_EQ(m->mapped_size, 0x1000u);
  EXPECT_EQ(m->entry_point, 0x40u);
  EXPECT_EQ(m->name, "BUP");
  EXPECT_EQ(base::to_hex(m->guid), "000102030405060708090a0b0c0d0e0f");
  EXPECT_EQ(encoded(*m), hex("module_header"));
}

TEST(ManifestFormat, SkuTrailerIsExact) {
  EXPECT_EQ(decode_sku_trailer(file()["sku_trailer"])->attributes, 0x83Eu);
  EXPECT_EQ(encoded(SkuTrailer{.attributes = 0x83E}), hex("sku_trailer"));
  base::Bytes other_length = file()["sku_trailer"];
  other_length[4] = 4;
  EXPECT_FALSE(decode_sku_trailer(other_length));
}

TEST(ManifestFormat, EachStructureWantsItsTag) {
  EXPECT_FALSE(decode_module_entry(file()["module_header"]));
  EXPECT_FALSE(decode_module_header(file()["module_entry"]));
  EXPECT_FALSE(decode_sku_trailer(file()["module_entry"]));
}

TEST(ManifestFormat, CutStructuresAreRefused) {
  expect_no_prefix_decodes(file()["manifest"], decode_manifest);
  expect_no_prefix_decodes(file()["module_entry"], decode_module_entry);
  expect_no_prefix_decodes(file()["module_header"], decode_module_header);
  expect_no_prefix_decodes(file()["sku_trailer"], decode_sku_trailer);
}

constexpr RegionBounds kDescriptorRegion{.base = 0, .size = 0x1000};
constexpr RegionBounds kBios{.base = 0x600000, .size = 0x200000};
constexpr RegionBounds kMe{.base = 0x1000, .size = 0x3FF000};
constexpr MasterAccess kBiosMaster{.requester = 0, .read = 0x0B, .write = 0x0A};
constexpr MasterAccess kMeMaster{.requester = 0, .read = 0x0D, .write = 0x0C};
constexpr MasterAccess kGbeMaster{.requester = 0x118, .read = 0x08, .write = 0x08};

TEST(FlashDescriptorFormat, RegionsAndMastersDecode) {
  const auto d = decode_flash_descriptor(file()["flash_descriptor"]);
  ASSERT_TRUE(d);
  EXPECT_EQ(d->region(Region::descriptor), kDescriptorRegion);
  EXPECT_EQ(d->region(Region::bios), kBios);
  EXPECT_EQ(d->region(Region::me), kMe);
  EXPECT_EQ(d->region(Region::gbe).size, 0u);
  EXPECT_EQ(d->region(Region::platform).size, 0u);
  EXPECT_EQ(d->masters, (std::array<MasterAccess, 3>{kBiosMaster, kMeMaster, kGbeMaster}));
}

TEST(FlashDescriptorFormat, SectorEncodesByteForByte) {
  const FlashDescriptor d{.regions = {kDescriptorRegion, kBios, kMe, {}, {}},
                          .masters = {kBiosMaster, kMeMaster, kGbeMaster}};
  EXPECT_EQ(file()["flash_descriptor"].size(), FlashDescriptor::size);
  EXPECT_EQ(encoded(d), hex("flash_descriptor"));
}

TEST(FlashDescriptorFormat, PchFormHasItsSignatureAt10h) {
  // Same maps behind sixteen FFh bytes: the component section then overlaps the maps, the others
  // stay where they are.
  base::Bytes pch = file()["flash_descriptor"];
  std::copy_n(file()["flash_descriptor"].begin(), 16, pch.begin() + 16);
  std::fill_n(pch.begin(), 16, std::uint8_t{0xFF});
  const auto d = decode_flash_descriptor(pch);
  ASSERT_TRUE(d);
  EXPECT_EQ(d->region(Region::me), kMe);
}

TEST(FlashDescriptorFormat, StrapsThatKeepTheMeOffAreFoundWhereTheMapsSay) {
  base::Bytes bytes = file()["flash_descriptor"];
  EXPECT_EQ(decode_flash_descriptor(bytes)->straps, MeStraps{});
  bytes[0x100] = 0x01;
  EXPECT_EQ(decode_flash_descriptor(bytes)->straps, (MeStraps{.ich_disable = true}));
  bytes[0x140] = 0x80;
  EXPECT_EQ(decode_flash_descriptor(bytes)->straps,
            (MeStraps{.ich_disable = true, .mch_alt_disable = true}));
  bytes[0x140] = 0x01;
  EXPECT_EQ(decode_flash_descriptor(bytes)->straps,
            (MeStraps{.ich_disable = true, .mch_disable = true}));
  bytes[0x0B] = 0;  // FLMAP1: no ICH straps
  EXPECT_EQ(decode_flash_descriptor(bytes)->straps, (MeStraps{.mch_disable = true}));
  bytes[0x0D] = 0;  // FLMAP2: no MCH straps
  EXPECT_FALSE(decode_flash_descriptor(bytes)->straps.disable());
}

TEST(FlashDescriptorFormat, StrapsEncodeToo) {
  FlashDescriptor d{.regions = {kDescriptorRegion, kBios, kMe, {}, {}}};
  d.straps = {.ich_disable = true, .mch_disable = true, .mch_alt_disable = true};
  const std::string text = encoded(d);
  EXPECT_EQ(text.substr(2 * 0x100, 8), "01000000");
  EXPECT_EQ(text.substr(2 * 0x140, 8), "81000000");
}

TEST(FlashDescriptorFormat, NoSignatureOrNoSectionIsRefused) {
  base::Bytes bad = file()["flash_descriptor"];
  bad[0] = 0;
  EXPECT_FALSE(decode_flash_descriptor(bad));
  const base::ByteView whole = file()["flash_descriptor"];
  for (std::size_t length = 0; length < 0x6C; ++length) {
    EXPECT_FALSE(decode_flash_descriptor(whole.first(length))) << length;
  }
  EXPECT_TRUE(decode_flash_descriptor(whole.first(0x6C)));
}

TEST(FlashDescriptorFormat, RegionBeyond32MiBComesBack) {
  FlashDescriptor d;
  d.regions[2] = {.base = 0x3000, .size = 0x2100000};
  std::array<std::uint8_t, FlashDescriptor::size> sector{};
  base::ByteWriter out(sector);
  encode(out, d);
  EXPECT_EQ(decode_flash_descriptor(sector)->region(Region::me), d.regions[2]);
}

TEST(FlashDescriptorFormat, DensityIsTheSmallestPartThatHoldsEveryRegion) {
  FlashDescriptor d;
  d.regions[2] = {.base = 0x1000, .size = 0x7F000};  // ends at 512 KiB
  EXPECT_EQ(encoded(d).substr(0x20, 2), "00");
  d.regions[2] = {.base = 0x1000, .size = 0x80000};  // one sector more
  EXPECT_EQ(encoded(d).substr(0x20, 2), "01");
  d.regions[1] = {.base = 0x800000, .size = 0x800000};  // 16 MiB
  EXPECT_EQ(encoded(d).substr(0x20, 2), "05");
}

}  // namespace
}  // namespace protocol::image
