// SPDX-License-Identifier: BSD-3-Clause
// The command that the updater prints, taken up again as a shell would.
#include "scenarios/engine/command_line.h"

#include <gtest/gtest.h>

#include "os/safe_text.h"

namespace scenarios::engine {
namespace {

TEST(ShellWords, AreThoseThatWereQuoted) {
  const std::vector<std::string> words = {"update", "it's new.bin", "", "a\\b", "$HOME", "'", " "};
  std::string line;
  for (const std::string& word : words) line += os::shell_quoted(word) + " ";
  EXPECT_EQ(shell_words(line), words);
}

TEST(PrintedCommand, IsTheLastOneThatIsToldToContinueWith) {
  EXPECT_EQ(command_in("To continue, run:\n  meupdate update 'a b.bin' -y\n"),
            "update 'a b.bin' -y");
  EXPECT_EQ(command_in("Should this computer go off meanwhile, run this when it is back:\n"
                       "  meupdate update old.bin\nTo continue, run:\n  meupdate update new.bin\n"),
            "update new.bin");
  EXPECT_EQ(command_in("Updated.\n  meupdate info\n"), std::nullopt);
}

}  // namespace
}  // namespace scenarios::engine
