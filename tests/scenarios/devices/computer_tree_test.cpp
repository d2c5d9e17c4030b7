// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/devices/computer_tree.h"

#include <gtest/gtest.h>

namespace scenarios::devices {
namespace {

bool tells(const std::string& tree, const std::string& line) {
  return ("\n" + tree).find("\n" + line + "\n") != std::string::npos;
}

TEST(ComputerTree, TellsTheFunctionAndItsStatusWordsAsTheKernelDoes) {
  const std::string tree = tree_of(
      {.pci_device_id = 0x2e14, .status_words = {0x3009065A, 0x00010000}, .has_tpm = false});
  EXPECT_TRUE(tells(tree, "A: vendor=0x8086\\n"));
  EXPECT_TRUE(tells(tree, "A: device=0x2e14\\n"));
  EXPECT_TRUE(tells(tree, "E: PCI_ID=8086:2E14"));
  EXPECT_TRUE(tells(tree, "A: fw_status=3009065A\\n00010000\\n"));
  EXPECT_FALSE(tells(tree, "N: tpm0"));
}

TEST(ComputerTree, HasNoAttributeOfWhatIsNotKnown) {
  const std::string tree = tree_of({});
  EXPECT_EQ(tree.find("fw_status"), std::string::npos);
  EXPECT_EQ(tree.find("device=0x"), std::string::npos);
}

TEST(ComputerTree, NamesTheTpmsVersion) {
  const std::string tree = tree_of({.has_tpm = true});
  EXPECT_TRUE(tells(tree, "N: tpm0"));
  EXPECT_TRUE(tells(tree, "A: tpm_version_major=1\\n"));
}

}  // namespace
}  // namespace scenarios::devices
