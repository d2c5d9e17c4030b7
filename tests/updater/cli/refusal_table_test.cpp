// SPDX-License-Identifier: BSD-3-Clause
// docs/meupdate.md has the table of refusals that the code asks and tells by: who is asked, the
// number, the exit status. When it is another, this test prints the right one.
#include <gtest/gtest.h>

#include "os/read_file.h"
#include "tests/source_dir.h"
#include "updater/cli/update_exit.h"
#include "updater/update/refusal.h"

namespace {

using updater::update::Asked;
using updater::update::RefusalRow;

std::string mark(Asked asked, Asked alone) {
  if (asked == Asked::each) return "asked";
  if (asked == Asked::pair) return "with the other";
  return asked == alone ? "asked" : "";
}

std::string line_of(const RefusalRow& row) {
  std::string line = "| `" + std::string(row.id) + "` | ";
  line += row.tool_error ? std::to_string(protocol::update::number(*row.tool_error)) : "none";
  line += " | " + std::to_string(static_cast<int>(updater::cli::exit_of(row.obstacle)));
  for (const Asked alone : {Asked::file, Asked::me, Asked::tpm})
    line +=
        " | " + (alone == Asked::file && row.asked != Asked::file ? "" : mark(row.asked, alone));
  return line + " | " + std::string(row.when) + " |\n";
}

std::string table() {
  std::string text =
      "| id | number | exit | file | ME | TPM | when |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const RefusalRow& row : updater::update::rows::kRefusals) text += line_of(row);
  return text;
}

TEST(RefusalTable, OfTheManualIsTheCodes) {
  const auto page = os::read_file(std::string(MEBENCH_SOURCE_DIR) + "/docs/meupdate.md", 1);
  ASSERT_TRUE(page) << page.error().doing;
  const std::string text(page->begin(), page->end());
  EXPECT_NE(text.find("\n\n" + table() + "\n"), std::string::npos)
      << "docs/meupdate.md, \"Refusals\", has another table than this:\n"
      << table();
}

}  // namespace
