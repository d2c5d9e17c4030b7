// SPDX-License-Identifier: BSD-3-Clause
// The machines that a program has with it when it is copied somewhere alone.
#include "emulator/machine/built_in_profiles.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "tests/emulator/machine/profile_file.h"
#include "tests/source_dir.h"

namespace emulator::machine {
namespace {

namespace fs = std::filesystem;
using Texts = std::map<std::string, std::string>;

Texts of_the_checkout() {
  Texts texts;
  for (const auto& entry : fs::directory_iterator(MEBENCH_SOURCE_DIR "/scenarios/machines")) {
    if (entry.path().extension() != ".toml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    texts[entry.path().stem().string()] = {std::istreambuf_iterator<char>(in), {}};
  }
  return texts;
}

TEST(BuiltInProfiles, AreTheFilesOfTheCheckoutByteForByte) {
  Texts built_in;
  for (const BuiltInProfile& profile : built_in_profiles())
    EXPECT_TRUE(built_in.emplace(profile.name, profile.text).second) << profile.name;
  EXPECT_EQ(built_in, of_the_checkout());
  EXPECT_TRUE(built_in.contains("esprimo-e5730"));
}

TEST_F(ProfileFile, AFolderWithoutTheNameLeavesTheBuiltInOne) {
  const auto loaded = load_profile("thinkpad-t400", {}, {.named_in = {}, .shipped = folder.path()});
  ASSERT_TRUE(loaded) << loaded.error().doing;
  EXPECT_EQ(loaded->name, "thinkpad-t400");
  EXPECT_EQ(loaded->firmware.identity.version,
            load_profile("thinkpad-t400")->firmware.identity.version);
}

TEST_F(ProfileFile, AFileWinsOverTheBuiltInOneOfItsName) {
  write("thinkpad-t400.toml", "schema = 1\nfirmware.version = \"4.0.9.9\"\n");
  const auto loaded = load_profile("thinkpad-t400", {}, {.named_in = {}, .shipped = folder.path()});
  ASSERT_TRUE(loaded) << loaded.error().doing;
  EXPECT_EQ(loaded->firmware.identity.version, (protocol::FirmwareVersion{4, 0, 9, 9}));
}

}  // namespace
}  // namespace emulator::machine
