// SPDX-License-Identifier: BSD-3-Clause
// The command to go on with: what was given, with what has to be otherwise.
#include "updater/cli/next_command.h"

#include <gtest/gtest.h>

#include "tests/updater/cli/bench.h"

namespace {

using updater::cli::command_text;
using updater::update::CommandChange;

/// Never asked: a text needs no device.
class NoOpener final : public updater::cli::DeviceOpener {
 public:
  base::Result<std::unique_ptr<updater::cli::OpenDevice>> open(
      const updater::cli::DeviceChoice&) override {
    return base::Error{base::Errc::not_found, "no device"};
  }
};

class NextCommand : public testing::Test {
 protected:
  std::string text(std::vector<std::string> arguments, const CommandChange& change) {
    return command_text(
        {.console = console, .opener = opener, .program = program, .arguments = arguments}, change);
  }
  tests::KeptConsole console;
  NoOpener opener;
  const std::string program = "./meupdate";
};

TEST_F(NextCommand, IsTheSameWhereNothingHasToChange) {
  EXPECT_EQ(text({"update", "a b.bin", "--via", "tpm"}, {}),
            "./meupdate update 'a b.bin' --via tpm");
}

TEST_F(NextCommand, GoesOverHeciHoweverTheTpmWasAskedFor) {
  const CommandChange change{.over_heci = true};
  EXPECT_EQ(text({"update", "x", "--via", "tpm", "-y"}, change),
            "./meupdate update x -y --via heci");
  EXPECT_EQ(text({"update", "--via=tpm", "x"}, change), "./meupdate update x --via heci");
}

TEST_F(NextCommand, TakesAnotherUpdateAwayAndSaysItOnce) {
  const CommandChange change{.abort_other = true};
  EXPECT_EQ(text({"update", "x"}, change), "./meupdate update x --abort-other");
  EXPECT_EQ(text({"update", "--abort-other", "x"}, change), "./meupdate update --abort-other x");
}

}  // namespace
