// SPDX-License-Identifier: BSD-3-Clause
// How a reproduction is told: the answer first, nothing of the computer it ran on.
#include <gtest/gtest.h>

#include <string>

#include "scenarios/field/reading/read_report.h"
#include "scenarios/field/report/page_parts.h"
#include "scenarios/field/report/summary.h"

namespace scenarios::field {
namespace {

/// Of a board that is not simulated: nothing is replayed.
Reproduction of_later_board(const std::string& file) {
  Reproduction all;
  read_text(
      "Intel (R) Firmware Update Utility Version: 11.8.90.3987\n"
      "Error 8769: Polling for FW Update Failed.\nError 8193: Fail to load MEI device driver\n",
      file, all.report);
  return all;
}

TEST(Summary, SaysWhatIsWrongWhatToDoAndHowSure) {
  const Summary summary = summary_of(of_later_board("post.txt"));
  EXPECT_NE(summary.wrong.find("stopped in the middle of writing"), std::string::npos);
  EXPECT_NE(summary.what_to_do.find("Do not switch off while it writes"), std::string::npos);
  EXPECT_NE(summary.how_sure.find("winraid 40162"), std::string::npos);
  EXPECT_NE(summary.how_sure.find("not simulated"), std::string::npos);
}

TEST(Summary, OfAnUpdateThatWentThroughIsNoFault) {
  Reproduction all;
  read_text(
      "Intel (R) Firmware Update Utility Version: 11.8.55.3510\n"
      "FW Update is completed successfully.\n",
      "post.txt", all.report);
  const Summary summary = summary_of(all);
  EXPECT_EQ(summary.wrong, "No fault is seen: the tool calls the update complete.");
  EXPECT_NE(summary.what_to_do.find("Restart"), std::string::npos);
}

/// As of those that are.
TEST(Summary, ListsTheUnknownLinesOfBoardsThatAreNotSimulated) {
  Reproduction all;
  read_text(
      "Intel(R) MEInfo Version: 9.1.45.3000\nFW Version: 9.1.45.3000 H\n"
      "Frobnication State: Enabled\n",
      "post.txt", all.report);
  ASSERT_EQ(all.unknown_lines().size(), 1u);
  EXPECT_EQ(all.unknown_lines()[0]->text, "Frobnication State: Enabled");
}

TEST(Summary, IsTheFirstOfTheTextAndOfThePage) {
  const Reproduction all = of_later_board("post.txt");
  EXPECT_TRUE(report_text(all).starts_with("What is wrong:  "));
  const std::string page = report_html(all);
  EXPECT_LT(page.find("What is wrong"), page.find("<h2")) << page;
}

TEST(Page, HasContentsWhoseAnchorsExist) {
  const std::string page = report_html(of_later_board("post.txt"));
  std::size_t links = 0;
  for (std::size_t at = page.find("href=\"#"); at != page.npos;
       at = page.find("href=\"#", at + 1)) {
    const std::size_t begin = at + 7;
    const std::string id = page.substr(begin, page.find('"', begin) - begin);
    EXPECT_NE(page.find("id=\"" + id + "\""), std::string::npos) << id;
    ++links;
  }
  EXPECT_GE(links, 1u);
}

TEST(Page, NamesNoFolderOfTheComputerItRanOn) {
  const std::string page = report_html(of_later_board("/home/somebody/logs/post.txt"));
  EXPECT_EQ(page.find("somebody"), std::string::npos);
  EXPECT_NE(page.find("post.txt"), std::string::npos);
}

TEST(Page, FoldsEqualLinesAndShowsTheRest) {
  Comparison comparison;
  for (std::uint32_t i = 1; i <= 6; ++i) {
    ComparedLine line;
    line.log.number = i;
    line.log.text = line.ours = "equal line";
    line.verdict = i == 6 ? LineVerdict::differs : LineVerdict::equal;
    comparison.lines.push_back(line);
  }
  const std::string page = compared_lines_html(comparison);
  EXPECT_NE(page.find("5 equal lines, 1 to 5"), std::string::npos) << page;
  EXPECT_LT(page.find("5 equal lines"), page.find("class=differs"));
  // No heading stands over nothing, in front of what is folded or behind it.
  const std::string heading_alone = "</th></tr>\n</table>";
  EXPECT_EQ(page.find(heading_alone), std::string::npos) << page;
  comparison.lines.pop_back();
  const std::string all_folded = compared_lines_html(comparison);
  EXPECT_EQ(all_folded.find(heading_alone), std::string::npos) << all_folded;
}

}  // namespace
}  // namespace scenarios::field
