// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/console_end.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/scenarios/engine/load.h"

namespace scenarios::guest {
namespace {

TEST(ConsoleEnd, HasTheLastTwentyLinesWithoutCarriageReturns) {
  const engine::StoryFolder folder;
  const std::string path = folder.path() + "/console";
  std::string expected;
  std::ofstream file(path);
  for (int line = 1; line <= 25; ++line) {
    file << line << "\r\n";
    if (line > 5) expected += std::to_string(line) + "\n";
  }
  file.close();
  EXPECT_EQ(end_of_console(path), expected);
}

TEST(ConsoleEnd, OfNoConsoleIsNothing) {
  EXPECT_EQ(end_of_console("/nonexistent/console"), "");
}

}  // namespace
}  // namespace scenarios::guest
