// SPDX-License-Identifier: BSD-3-Clause
// What is remembered of a line is what would be read of it.
#include "scenarios/field/reading/known_lines.h"

#include <gtest/gtest.h>

#include "base/lines.h"
#include "scenarios/field/reading/guessed_line.h"
#include "scenarios/field/reading/recognise.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

void expect_same(const Recognised& got, const Recognised& wanted, const std::string& line) {
  EXPECT_EQ(got.kind, wanted.kind) << line;
  EXPECT_EQ(got.tool, wanted.tool) << line;
  EXPECT_EQ(got.generation, wanted.generation) << line;
  ASSERT_EQ(got.told.size(), wanted.told.size()) << line;
  for (std::size_t i = 0; i < got.told.size(); ++i) {
    EXPECT_EQ(got.told[i].fact, wanted.told[i].fact) << line;
    EXPECT_EQ(got.told[i].value, wanted.told[i].value) << line;
  }
}

TEST(KnownLines, AreTheSameTheSecondTime) {
  KnownLines known;
  for (int time = 0; time < 2; ++time) {
    for (const std::string& line : base::lines_of(contents("esprimo-e5730/fwupdlcl-win81.txt")))
      expect_same(known.recognise(line), recognise(line), line);
  }
}

TEST(KnownLines, AreGuessedForTheToolThatIsAskedFor) {
  KnownLines known;
  const std::string line = "Communicati0n M0de: TPM";
  EXPECT_EQ(known.guess(line, Tool::fwupdlcl), guessed_line(line, Tool::fwupdlcl));
  EXPECT_EQ(known.guess(line, Tool::fwupdlcl), "Communication Mode: TPM");
  EXPECT_EQ(known.guess(line, Tool::meinfo), std::nullopt);
}

TEST(KnownLines, GoOnWhenMoreCameThanAreKept) {
  KnownLines known;
  for (int i = 0; i < 10'000; ++i) {
    const std::string line = "VendorID: " + std::to_string(i);
    ASSERT_EQ(known.recognise(line).told.at(0).value, std::to_string(i));
  }
}

}  // namespace
}  // namespace scenarios::field
