// SPDX-License-Identifier: BSD-3-Clause
// What parse() reads out of sound images, and by which name it refuses each kind of damage.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/updater/image/image_builder.h"
#include "updater/image/image.h"

namespace test {
namespace {

using protocol::update::ToolError;
using updater::image::Defect;
using updater::image::Kind;
using updater::image::parse;
using updater::image::ParseOutcome;

base::Bytes with_word(base::Bytes image, std::size_t at, std::uint32_t value) {
  base::ByteWriter(base::MutableByteView(image).subspan(at)).u32(value);
  return image;
}

std::size_t second_module() {
  const ParseOutcome out = parse(small_code());
  return out.image ? out.image->modules[1].offset : 0;
}

TEST(ImageParse, UpdateImageTellsItsContents) {
  const base::Bytes file = small_code();
  const ParseOutcome out = parse(file);
  ASSERT_TRUE(out.image) << to_text(*out.defect);
  EXPECT_EQ(out.image->kind, Kind::update);
  EXPECT_EQ(out.image->code_offset, 0u);
  EXPECT_EQ(out.image->code_size, file.size());
  EXPECT_EQ(to_text(out.image->version()), "5.2.70.1046");
  EXPECT_EQ(out.image->sku, 0x083Eu);
  ASSERT_EQ(out.image->modules.size(), 2u);
  EXPECT_EQ(out.image->modules[0].entry.name, "KERNEL");
  EXPECT_EQ(out.image->modules[0].offset, kModules);
  EXPECT_TRUE(out.image->modules[0].compressed);
  EXPECT_EQ(out.image->modules[0].raw_size, 600u);
  EXPECT_FALSE(out.image->modules[1].compressed);
  EXPECT_EQ(out.image->modules[1].raw_size, 120u);
  EXPECT_EQ(out.image->modules[1].offset, file.size() - 0x50 - 120);
  EXPECT_FALSE(out.image->partitions);
}

TEST(ImageParse, RegionIsFoundWithAndWithoutRomBypassBytes) {
  for (const RomBypass bypass : {RomBypass::present, RomBypass::absent}) {
    const ParseOutcome out = parse(build_region(small_code(), bypass));
    ASSERT_TRUE(out.image) << to_text(*out.defect);
    EXPECT_EQ(out.image->kind, Kind::region);
    EXPECT_EQ(out.image->code_offset, 0x4000u);
    EXPECT_EQ(out.image->code_size, small_code().size());
    ASSERT_TRUE(out.image->partitions);
    EXPECT_EQ(out.image->partitions->partitions.size(), 2u);
  }
}

TEST(ImageParse, FlashIsFoundByItsDescriptor) {
  const ParseOutcome out = parse(build_flash(small_code()));
  ASSERT_TRUE(out.image) << to_text(*out.defect);
  EXPECT_EQ(out.image->kind, Kind::flash);
  EXPECT_EQ(out.image->code_offset, 0xC000u);
  EXPECT_TRUE(out.image->descriptor && out.image->partitions);
  EXPECT_EQ(base::Bytes(out.image->code().begin(), out.image->code().end()), small_code());
}

TEST(ImageParse, CodePartitionOfAnotherNameIsFoundByItsManifest) {
  base::Bytes region = build_region(small_code(), RomBypass::present);
  region[0x10 + 0x20 + 0x20] = 'K';  // "KODE"
  const ParseOutcome out = parse(region);
  ASSERT_TRUE(out.image) << to_text(*out.defect);
  EXPECT_EQ(out.image->code_offset, 0x4000u);
}

TEST(ImageParse, UnknownTrailersArePassedOverByTheirOwnLength) {
  CodeRecipe recipe = small_recipe();
  recipe.trailers_before_sku =
      trailer("$UDC", std::vector<std::uint32_t>(10, 0x11111111));  // 0x30 bytes
  recipe.trailers_after_sku = trailer("$MCP", {1, 2, 3});
  const ParseOutcome out = parse(build_code(recipe));
  ASSERT_TRUE(out.image) << to_text(*out.defect);
  EXPECT_EQ(out.image->sku, 0x083Eu);
}

TEST(ImageParse, FillerBehindTheTrailersAndTheModulesIsTaken) {
  CodeRecipe recipe = small_recipe();
  recipe.trailers_after_sku = base::Bytes(16, 0xFF);
  base::Bytes file = build_code(recipe);
  const std::size_t code = file.size();
  file.resize(code + 100, 0xFF);
  const ParseOutcome out = parse(file);
  ASSERT_TRUE(out.image) << to_text(*out.defect);
  EXPECT_EQ(out.image->code_size, code);
}

TEST(ImageParse, ImageWithoutModulesIsStillAnImage) {
  CodeRecipe recipe = small_recipe();
  recipe.modules.clear();
  const ParseOutcome out = parse(build_code(recipe));
  ASSERT_TRUE(out.image) << to_text(*out.defect);
  EXPECT_EQ(out.image->code_size, 0x290u + 12);
}

struct Damage {
  const char* name;  ///< of the test
  std::size_t at;
  std::uint32_t value;
  const char* field;
  ToolError error;
};

class ImageParseDamage : public testing::TestWithParam<Damage> {};

TEST_P(ImageParseDamage, IsRefusedByName) {
  const Damage& d = GetParam();
  const ParseOutcome out = parse(with_word(small_code(), d.at, d.value));
  ASSERT_TRUE(out.defect);
  EXPECT_FALSE(out.image);
  EXPECT_EQ(out.defect->field, d.field);
  EXPECT_EQ(out.defect->offset, d.at);
  EXPECT_EQ(out.defect->tool_error, d.error);
}

INSTANTIATE_TEST_SUITE_P(
    Manifest, ImageParseDamage,
    testing::Values(
        Damage{"Type", 0x00, 5, "manifest type", ToolError::invalid_header},
        Damage{"HeaderLength", 0x04, 0xA2, "manifest header length", ToolError::invalid_header},
        Damage{"HeaderVersion", 0x08, 0x10001, "manifest header version",
               ToolError::invalid_header},
        Damage{"Vendor", 0x10, 0x0300, "manifest vendor", ToolError::invalid_header},
        Damage{"DateMonth", 0x14, 0x20101315, "manifest date", ToolError::invalid_header},
        Damage{"DateDay", 0x14, 0x20101232, "manifest date", ToolError::invalid_header},
        Damage{"DateDigit", 0x14, 0x2010A101, "manifest date", ToolError::invalid_header},
        Damage{"DateZero", 0x14, 0, "manifest date", ToolError::invalid_header},
        Damage{"SizeTooSmall", 0x18, (0x290 + 0xA0) / 4 - 1, "manifest size",
               ToolError::invalid_length},
        Damage{"SizeBeyondFile", 0x18, 0x40000000, "manifest size", ToolError::invalid_length},
        Damage{"SizeHuge", 0x18, 0xFFFFFFFF, "manifest size", ToolError::invalid_length},
        Damage{"Tag", 0x1C, 0x4D414D24, "manifest tag", ToolError::invalid_header},
        Damage{"TagOfMe6", 0x1C, 0x324E4D24, "manifest tag", ToolError::image_not_supported},
        Damage{"ModuleCount", 0x20, 65, "manifest module count", ToolError::invalid_header},
        Damage{"ModuleCountHuge", 0x20, 0xFFFFFFFF, "manifest module count",
               ToolError::invalid_header},
        Damage{"KeySize", 0x78, 32, "manifest key size", ToolError::invalid_header},
        Damage{"ExponentSize", 0x7C, 2, "manifest exponent size", ToolError::invalid_header}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Table, ImageParseDamage,
    testing::Values(
        Damage{"FirstTag", kModule1, 0x454D4D25, "module 1 tag", ToolError::invalid_header},
        Damage{"SecondTag", kModule2, 0, "module 2 tag", ToolError::invalid_header},
        Damage{"SkuTag", kSku, 0x554B5323, "trailer tag", ToolError::invalid_header},
        Damage{"SkuLengthZero", kSku + 4, 0, "$SKU length", ToolError::invalid_length},
        Damage{"SkuLengthShort", kSku + 4, 2, "$SKU length", ToolError::invalid_length},
        Damage{"SkuLengthHuge", kSku + 4, 0xFFFFFFFF, "$SKU length", ToolError::invalid_length},
        Damage{"ModuleTag", kModules, 0x444F4D25, "module KERNEL tag", ToolError::invalid_header},
        Damage{"CompressedSize", kModules + 0x18, 0x7FFFFFFF, "module KERNEL compressed size",
               ToolError::invalid_length},
        Damage{"RawSizeHuge", kModules + 0x1C, 0x04000001, "module KERNEL raw size",
               ToolError::invalid_length},
        Damage{"ModuleName", kModules + 0x30, 0x4E52454A, "module KERNEL name",
               ToolError::invalid_header}),
    [](const auto& row) { return row.param.name; });

TEST(ImageParse, ModuleSizesAreHeldAgainstTheFile) {
  const ParseOutcome huge = parse(with_word(small_code(), kModule1 + 0x40, 0xFFFFFFF0));
  ASSERT_TRUE(huge.defect);
  EXPECT_EQ(huge.defect->field, "module KERNEL");
  EXPECT_EQ(huge.defect->offset, kModules);
  EXPECT_EQ(huge.defect->tool_error, ToolError::invalid_length);
  const ParseOutcome tiny = parse(with_word(small_code(), kModule1 + 0x40, 0x4F));
  ASSERT_TRUE(tiny.defect);
  EXPECT_EQ(tiny.defect->field, "module KERNEL size");
}

TEST(ImageParse, RawModuleMustBeAsLongAsItSays) {
  const std::size_t at = second_module() + 0x1C;
  const ParseOutcome out = parse(with_word(small_code(), at, 121));
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->field, "module BULK raw size");
  EXPECT_EQ(out.defect->offset, at);
}

TEST(ImageParse, MissingSkuIsRefused) {
  CodeRecipe recipe = small_recipe();
  base::Bytes file = build_code(recipe);
  const ParseOutcome out = parse(with_word(file, kSku, 0x58585824));  // $XXX
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->field, "$SKU");
  EXPECT_EQ(out.defect->tool_error, ToolError::invalid_header);
}

TEST(ImageParse, TrailerCutShortIsRefused) {
  CodeRecipe recipe = small_recipe();
  recipe.trailers_after_sku = base::Bytes{'$', 'X', 'Y', 'Z'};
  const ParseOutcome out = parse(build_code(recipe));
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->field, "trailer");
  EXPECT_EQ(out.defect->tool_error, ToolError::invalid_length);
}

TEST(ImageParse, BytesBehindTheLastModuleAreRefused) {
  base::Bytes file = small_code();
  const std::size_t end = file.size();
  file.push_back(0x12);
  const ParseOutcome out = parse(file);
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->field, "file");
  EXPECT_EQ(out.defect->offset, end);
  EXPECT_EQ(out.defect->tool_error, ToolError::invalid_length);
}

TEST(ImageParse, PartitionTableFieldsAreRefusedByName) {
  const base::Bytes region = build_region(small_code(), RomBypass::present);
  const auto refused = [&](std::size_t at, std::uint8_t value) {
    base::Bytes damaged = region;
    damaged[0x10 + at] = value;
    return parse(damaged).defect.value_or(Defect{});
  };
  EXPECT_EQ(refused(0x0A, 0x21).field, "$FPT header length");
  EXPECT_EQ(refused(0x0A, 0x21).offset, 0x1Au);
  EXPECT_EQ(refused(0x0B, 0x00).field, "$FPT checksum");
  EXPECT_EQ(refused(0x0B, 0x00).tool_error, ToolError::invalid_header);
  EXPECT_EQ(refused(0x04, 0xFF).field, "$FPT checksum");  // every header byte is under the checksum
  EXPECT_EQ(refused(0x20 + 0x20 + 0x0B, 0x10).field, "$FPT partition CODE");
  EXPECT_EQ(refused(0x20 + 0x20 + 0x0B, 0x10).offset, 0x10u + 0x20 + 0x20 + 0x08);
  EXPECT_EQ(refused(0x20 + 0x20 + 0x0B, 0x10).tool_error, ToolError::partition_layout);
}

TEST(ImageParse, PartitionCountIsBounded) {
  base::Bytes region = build_region(small_code(), RomBypass::present);
  region[0x14] = 65;
  region[0x1B] = static_cast<std::uint8_t>(region[0x1B] - 63);  // and the checksum agrees
  const ParseOutcome out = parse(region);
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->field, "$FPT entry count");
}

TEST(ImageParse, PartitionTableBeyondItsRegionIsRefused) {
  base::Bytes region = build_region(small_code(), RomBypass::absent);
  region.resize(0x20 + 0x20);
  const ParseOutcome out = parse(region);
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->field, "$FPT entry count");
  EXPECT_EQ(out.defect->tool_error, ToolError::invalid_length);
}

TEST(ImageParse, RegionWithoutCodeIsRefused) {
  base::Bytes region = build_region(small_code(), RomBypass::present);
  region[0x10 + 0x20 + 0x20] = 'K';  // no CODE by name
  region[0x4000 + 0x1C] = 0;         // and none by its manifest
  const ParseOutcome out = parse(region);
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->tool_error, ToolError::partition_layout);
}

TEST(ImageParse, CodeMustNotLeaveItsPartition) {
  base::Bytes region = build_region(small_code(), RomBypass::present);
  region = with_word(region, 0x10 + 0x20 + 0x20 + 0x0C, 0x400);  // CODE is 1 KiB now
  const ParseOutcome out = parse(region);
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->tool_error, ToolError::invalid_length);
}

TEST(ImageParse, DescriptorWithoutMeRegionIsRefused) {
  const ParseOutcome out = parse(with_word(build_flash(small_code()), 0x48, 0x00001FFF));
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->field, "FLREG2");
  EXPECT_EQ(out.defect->tool_error, ToolError::invalid_header);
}

TEST(ImageParse, MapThatPointsOutOfTheDescriptorIsNamed) {
  const base::Bytes flash = build_flash(small_code());
  const ParseOutcome out = parse(with_word(flash, 0x04, 0x04FF0001));
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(to_text(*out.defect),
            "offset 0x4: FLMAP0 puts the regions at 0xFF0, which ends outside the descriptor");
  EXPECT_FALSE(parse(with_word(flash, 0x08, 0x010002FF)).defect) << "three masters fit anywhere";
}

TEST(ImageParse, RegionWordIsNamedWhereTheMapPutIt) {
  base::Bytes flash = with_word(build_flash(small_code()), 0x04, 0x04200001);
  flash = with_word(flash, 0x208, 0x00001FFF);  // FLREG2 of a section at 200h: no ME region
  const ParseOutcome out = parse(flash);
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->field, "FLREG2");
  EXPECT_EQ(out.defect->offset, 0x208u);
}

TEST(ImageParse, MeRegionBeyondTheFileIsRefused) {
  const ParseOutcome out = parse(with_word(build_flash(small_code()), 0x48, 0x1FFF0008));
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->field, "FLREG2");
  EXPECT_EQ(out.defect->tool_error, ToolError::invalid_length);
}

TEST(ImageParse, AnyRegionBeyondTheFileIsRefused) {
  const base::Bytes flash = build_flash(small_code());
  const ParseOutcome bios = parse(with_word(flash, 0x44, 0x03FF0200));  // 200000h to 3FFFFFh
  ASSERT_TRUE(bios.defect);
  EXPECT_EQ(to_text(*bios.defect),
            fmt::format("offset 0x44: FLREG1 ends the BIOS region at 0x400000, the file ends at "
                        "0x{:X}",
                        flash.size()));
  const ParseOutcome gbe = parse(with_word(flash, 0x4C, 0x0FFF0FFE));
  ASSERT_TRUE(gbe.defect);
  EXPECT_EQ(gbe.defect->field, "FLREG3");
}

TEST(ImageParse, MeRegionWithoutTableIsRefused) {
  const ParseOutcome out = parse(with_word(build_flash(small_code()), 0x8010, 0));
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(out.defect->field, "ME region");
  EXPECT_EQ(out.defect->offset, 0x8010u);
}

TEST(ImageParse, EmptyFileIsACutManifest) {
  const ParseOutcome out = parse({});
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(to_text(*out.defect), "offset 0x0: manifest is cut short: 0 of 656 bytes");
}

TEST(ImageParse, WrongTagIsToldInWords) {
  base::Bytes file = small_code();
  file[0x1F] = 'M';
  const ParseOutcome out = parse(file);
  ASSERT_TRUE(out.defect);
  EXPECT_EQ(to_text(*out.defect), "offset 0x1C: manifest tag is \"$MAM\", must be \"$MAN\"");
}

TEST(ImageParse, EveryTruncationIsRefused) {
  const base::Bytes files[] = {small_code(), build_region(small_code(), RomBypass::present),
                               build_flash(small_code())};
  for (const base::Bytes& whole : files) {
    // Regions and flashes may end in erased bytes; of an update image every byte is needed.
    const ParseOutcome sound = parse(whole);
    ASSERT_TRUE(sound.image);
    const std::size_t needed = sound.image->code_offset + sound.image->code_size;
    const std::size_t step = whole.size() > 0x2000 ? 37 : 1;
    for (std::size_t size = 0; size < needed; size += step) {
      const ParseOutcome out =
          parse(base::Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
      EXPECT_TRUE(out.defect) << size;
    }
  }
}

}  // namespace
}  // namespace test
