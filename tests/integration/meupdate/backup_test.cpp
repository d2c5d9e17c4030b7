// SPDX-License-Identifier: BSD-3-Clause
// A backup of a simulated board, and the update rehearsed on a board that is made of it.
#include <nlohmann/json.hpp>

#include "emulator/factory/update_image.h"
#include "whole_program.h"

namespace {

using tests::holds;
using tests::kEsprimo;
using updater::cli::Exit;
using Json = nlohmann::json;

class BackedUp : public tests::WholeProgram {
 protected:
  BackedUp() {
    image = folder.write(
        "new.bin",
        emulator::factory::build_update_image({.version = {5, 2, 70, 1046}, .sku = 2110}).value());
  }
  std::vector<std::string> board(std::vector<std::string> words) {
    words.insert(words.end(), {"--device", kEsprimo, "--state", folder.file("board"), "--set",
                               "settings.enabled_update_interfaces=1"});
    return words;
  }
  /// What its flash holds, as a file of its own.
  std::string dump() { return folder.write("dump.bin", folder.read("board/flash.bin")); }

  std::string image;
};

TEST_F(BackedUp, TheUpdateGoesOnTheRealOneAsItWasRehearsed) {
  ASSERT_EQ(run(board({"info"})), Exit::done);
  const std::string backup = dump();
  ASSERT_EQ(run(board({"update", image, "--backup", backup, "-y", "--format", "json"})), Exit::done)
      << console.complained;
  const Json document = Json::parse(console.printed);
  EXPECT_EQ(document["plan"]["backup"]["is"], "sound");
  EXPECT_EQ(document["plan"]["rehearsal"]["end"], "updated");
  EXPECT_EQ(document["result"]["outcome"], "updated");
  EXPECT_EQ(folder.read("dump.bin").size(), folder.read("board/flash.bin").size());
}

TEST_F(BackedUp, ADryRunTellsTheRehearsalAndWritesNothing) {
  ASSERT_EQ(run(board({"info"})), Exit::done);
  const std::string before = folder.read("board/flash.bin");
  ASSERT_EQ(run(board({"update", image, "--backup", dump(), "--dry-run"})), Exit::done)
      << console.complained;
  EXPECT_TRUE(holds(console.printed,
                    ": 5.0.1.1111 -> 5.2.70.1046, and it still runs after a power cycle\n"))
      << console.printed;
  EXPECT_EQ(folder.read("board/flash.bin"), before);
}

TEST_F(BackedUp, AnUpdateLaterTheDumpIsNoBackupAnyMore) {
  ASSERT_EQ(run(board({"info"})), Exit::done);
  const std::string backup = dump();
  ASSERT_EQ(run(board({"update", image, "-y"})), Exit::done);
  EXPECT_EQ(run(board({"update", image, "--backup", backup, "--allow-same-version", "-y"})),
            Exit::refused);
  EXPECT_TRUE(holds(console.complained, "the device runs 5.2.70.1046")) << console.complained;
}

}  // namespace
