// SPDX-License-Identifier: BSD-3-Clause
// docs/meupdate.md, "When it is interrupted", says what the program does: its table and the rows of
// updater/update/ways_home.h are compared word by word.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/lines.h"
#include "tests/source_dir.h"
#include "updater/cli/update_exit.h"

namespace {

using namespace updater::update;

constexpr const char* kHead =
    "| it stopped | over | and the device | exit | what to do next | safe, because |";

/// The lines of the page's table below its head.
std::vector<std::string> table_of_the_page() {
  std::ifstream file(std::string(MEBENCH_SOURCE_DIR) + "/docs/meupdate.md");
  std::ostringstream text;
  text << file.rdbuf();
  std::vector<std::string> table;
  bool inside = false;
  for (const std::string& line : base::lines_of(text.str())) {
    if (inside && !line.starts_with("|")) break;
    if (inside && !line.starts_with("|---")) table.push_back(line);
    inside = inside || line == kHead;
  }
  return table;
}

std::string stops(const WayHome& home) {
  std::string text;
  std::size_t count = 0;
  for (std::size_t i = 0; i < kStoppedCount; ++i) {
    if (!home.stopped.has(static_cast<Stopped>(i))) continue;
    text += (count++ == 0 ? "" : ", ") + std::string(words(static_cast<Stopped>(i)));
  }
  return count == kStoppedCount ? "whenever" : text;
}

std::string ways(const WayHome& home) {
  if (!home.ways.has(Way::heci)) return "TPM";
  return home.ways.has(Way::tpm) ? "HECI, TPM" : "HECI";
}

TEST(WaysHomePage, IsTheProgramsOwnTable) {
  const std::vector<std::string> page = table_of_the_page();
  ASSERT_EQ(page.size(), ways_home().size()) << "below " << kHead;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const WayHome& home = ways_home()[i];
    const int exit = static_cast<int>(updater::cli::exit_of(home.outcome));
    EXPECT_EQ(page[i], fmt::format("| {} | {} | {} | {} | {} | {} |", stops(home), ways(home),
                                   words(home.seen), exit, words(home.next), home.safe_because));
  }
}

}  // namespace
