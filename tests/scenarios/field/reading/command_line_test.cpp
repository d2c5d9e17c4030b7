// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/command_line.h"

#include <gtest/gtest.h>

namespace scenarios::field {
namespace {

TEST(CommandLine, TheImageIsFoundInAnyOfItsForms) {
  for (const char* line :
       {"FWUpdLcl.exe 5.2.bin -generic", "FWUpdLcl -F 5.2.bin", "FWUpdLcl.exe -f 5.2.bin -tpm"}) {
    const auto words = words_of(line);
    ASSERT_NE(image_word(words), nullptr) << line;
    EXPECT_EQ(*image_word(words), "5.2.bin");
  }
  EXPECT_EQ(image_word(words_of("FWUpdLcl -save old.bin")), nullptr);
  EXPECT_EQ(image_word(words_of("FWUpdLcl -fwver")), nullptr);
}

TEST(CommandLine, APasswordIsWhatIsNeitherSwitchNorFileNorASwitchsValue) {
  EXPECT_TRUE(has_password(words_of("MEUPD.CMD secret")));
  EXPECT_TRUE(has_password(words_of("FWUpdLcl new.bin -pass admin")));
  EXPECT_FALSE(has_password(words_of("FWUpdLcl.exe new.bin -tpm -verbose")));
  EXPECT_FALSE(has_password(words_of("FWUpdLcl -f new -oemid 4C656E6F-766F-0000")));
}

TEST(CommandLine, ASentenceIsNone) {
  EXPECT_TRUE(could_be_typed(words_of("fwupdlcl -f new.bin")));
  EXPECT_FALSE(could_be_typed(words_of("FWUpdLcl -tpm hangs on my board")));
  EXPECT_FALSE(could_be_typed(words_of("MEInfo says nothing.")));
  EXPECT_FALSE(could_be_typed(words_of("MEInfo")));
}

TEST(CommandLine, SwitchesAreKnownInAnyCase) {
  EXPECT_TRUE(has_switch(words_of("FWUPDLCL X.BIN -TPM"), "tpm"));
  EXPECT_TRUE(has_switch(words_of("FWUPDLCL X.BIN /tpm"), "tpm"));
  EXPECT_FALSE(has_switch(words_of("FWUPDLCL tpm.bin"), "tpm"));
}

}  // namespace
}  // namespace scenarios::field
