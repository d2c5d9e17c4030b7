// SPDX-License-Identifier: BSD-3-Clause
// Other people's programs read the flash image: ifdtool (coreboot-utils) and UEFIExtract
// (uefitool-cli).
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "emulator/factory/flash_image.h"
#include "tests/temporary_folder.h"

namespace {

struct Outcome {
  int status = -1;
  std::string output;
};

Outcome run(const std::string& command) {
  Outcome result;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return result;
  std::array<char, 4096> chunk{};
  while (const std::size_t n = fread(chunk.data(), 1, chunk.size(), pipe))
    result.output.append(chunk.data(), n);
  result.status = pclose(pipe);
  return result;
}

/// A folder of its own with the flash image in it, gone afterwards.
class PublicParsers : public testing::Test {
 protected:
  void SetUp() override {
    emulator::factory::RegionRecipe recipe{.code_size = 0x180000};
    recipe.firmware.identity.version = {5, 0, 1, 1111};
    recipe.firmware.identity.recovery_version = {5, 0, 1, 1111};
    recipe.firmware.identity.sku = 0x83E;
    const auto image =
        emulator::factory::build_flash_image(recipe, *emulator::flash::find_part("MX25L6405D"));
    ASSERT_TRUE(image);
    folder_.write("flash.bin", *image);
  }
  std::string file() const { return folder_.file("flash.bin"); }

  const tests::TemporaryFolder folder_;
};

TEST_F(PublicParsers, IfdtoolReadsTheDescriptor) {
  const Outcome r = run(IFDTOOL_PROGRAM " -d " + file());
  ASSERT_EQ(r.status, 0) << r.output;
  EXPECT_NE(r.output.find("Flash Region 2 (Intel ME): 00003000 - "), std::string::npos) << r.output;
  EXPECT_NE(r.output.find("Flash Region 3 (GbE): 00001000 - 00002fff"), std::string::npos)
      << r.output;
  EXPECT_NE(r.output.find("- 007fffff"), std::string::npos) << r.output;
  EXPECT_NE(r.output.find("SPI Component Vendor ID:            0xc2"), std::string::npos)
      << r.output;
}

protocol::image::MeStraps straps_in(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  const auto descriptor = protocol::image::decode_flash_descriptor(base::as_bytes(bytes));
  return descriptor ? descriptor->straps : protocol::image::MeStraps{};
}

TEST_F(PublicParsers, IfdtoolSetsTheStrapsThatKeepTheMeOffWhereWeReadThem) {
  const Outcome before = run("PATH=$PATH:/usr/sbin ifdtool -d " + file());
  EXPECT_NE(before.output.find("MCH_AltMeDisable bit is not set"), std::string::npos)
      << before.output;
  EXPECT_EQ(straps_in(file()), protocol::image::MeStraps{});
  const Outcome set = run("PATH=$PATH:/usr/sbin ifdtool -M 1 " + file());
  ASSERT_EQ(set.status, 0) << set.output;
  EXPECT_EQ(straps_in(file() + ".new"),
            (protocol::image::MeStraps{
                .ich_disable = true, .mch_disable = true, .mch_alt_disable = true}));
}

// UEFITool knows the descriptor only in the form of PCH chipsets, 16 reserved bytes in front.
// Everything behind the descriptor is as the factory makes it.
void move_descriptor_to_pch_form(std::fstream& flash) {
  std::array<char, 0x20> head{};
  flash.read(head.data(), head.size());
  std::array<char, 0x40> moved{};
  moved.fill(char(0xFF));
  std::copy_n(head.begin(), 0x10, moved.begin() + 0x10);
  std::copy_n(head.begin() + 0x10, 0x10, moved.begin() + 0x30);
  moved[0x14] = 0x03;  // FCBA: the component section is now at 30h
  flash.seekp(0);
  flash.write(moved.data(), moved.size());
}

/// The columns of UEFITool's table have other widths in each of its versions.
std::string with_single_blanks(std::string text) {
  const auto both_blank = [](char a, char b) { return a == ' ' && b == ' '; };
  text.erase(std::unique(text.begin(), text.end(), both_blank), text.end());
  return text;
}

TEST_F(PublicParsers, UefiExtractReadsTheMeRegionAndItsPartitions) {
  std::fstream flash(file(), std::ios::binary | std::ios::in | std::ios::out);
  move_descriptor_to_pch_form(flash);
  flash.close();
  const Outcome r = run("cd " + folder_.path() + " && " UEFIEXTRACT_PROGRAM " flash.bin all");
  ASSERT_EQ(r.status, 0) << r.output;
  std::ifstream report(file() + ".report.txt");
  const std::string text =
      with_single_blanks(std::string((std::istreambuf_iterator<char>(report)), {}));
  const auto line = [&](const std::string& what) { return text.find(what) != std::string::npos; };
  EXPECT_TRUE(line("| 00003000 | 00333000 |")) << text;  // the ME region
  EXPECT_TRUE(line("FPT entry | Valid | 00003030")) << text;
  EXPECT_TRUE(line("FPT entry | Valid | 00003090")) << text;
  EXPECT_TRUE(line("FPT partition | Code | 00036000 | 00180000")) << text;
  EXPECT_EQ(r.output.find("VSCC"), std::string::npos) << r.output;
}

}  // namespace
