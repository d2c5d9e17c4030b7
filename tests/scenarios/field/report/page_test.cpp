// SPDX-License-Identifier: BSD-3-Clause
// How a reproduction is told: the answer first, what happened as a picture, nothing of the computer
// it ran on.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "scenarios/field/reading/read_report.h"
#include "scenarios/field/report/page_parts.h"
#include "scenarios/field/report/sequence.h"
#include "scenarios/field/report/summary.h"

namespace scenarios::field {
namespace {

using Kind = SequenceRow::Kind;

using emulator::sim::TraceKind;
using std::chrono_literals::operator""us;
using std::chrono_literals::operator""s;

/// Commands, types and ordinals by their numbers in the protocols (docs/protocols.md): HBM 06
/// CONNECT, 86 its answer, 08 FLOW_CONTROL; FWU 0 GET_VERSION, 3 START's answer; MKHI group 03
/// command 02; TPM ordinal 65, TPM_GetCapability.
const std::vector<TimelineRecord>& hanging_update() {
  constexpr auto to_me = TraceKind::message_to_me;
  constexpr auto to_host = TraceKind::message_to_host;
  static const std::vector<TimelineRecord> records = {
      {.at = 1500000us, .kind = TraceKind::link, .words = "link: host reset"},
      {.at = 1552360us, .kind = to_me, .peer = Peer::link, .message = 0x06},
      {.at = 1552360us, .kind = to_host, .peer = Peer::link, .message = 0x86},
      {.at = 1552360us, .kind = to_host, .peer = Peer::link, .message = 0x08},
      {.at = 1552660us, .kind = to_me, .peer = Peer::update, .message = 0},
      {.at = 1552660us, .kind = to_host, .peer = Peer::update, .message = 1, .status = 0},
      {.at = 1554160us, .kind = to_me, .peer = Peer::kernel, .message = 0x0302},
      {.at = 1554460us, .kind = to_me, .peer = Peer::kernel, .message = 0x0302},
      {.at = 1562220us, .kind = TraceKind::tpm_command, .peer = Peer::tpm, .message = 0x65},
      {.at = 1570220us,
       .kind = TraceKind::tpm_response,
       .peer = Peer::tpm,
       .message = 0x65,
       .status = 0},
      {.at = 1570480us, .kind = TraceKind::tpm_command, .peer = Peer::tpm, .message = 0x65},
      {.at = 1745000us, .kind = TraceKind::fault, .words = "fault: ignore"},
      {.at = 301745000us, .kind = to_host, .peer = Peer::update, .message = 3, .status = 8741},
  };
  return records;
}

TEST(Sequence, NamesMessagesFoldsRepeatsAndShowsSilences) {
  const auto rows = sequence_of(hanging_update());
  ASSERT_EQ(rows.size(), 8u);
  EXPECT_EQ(rows[0].kind, Kind::event);
  EXPECT_EQ(rows[1].what, "link: connect");
  EXPECT_EQ(rows[2].what, "FWU: get version");
  EXPECT_EQ(rows[3].what, "MKHI: a rule?");
  EXPECT_EQ(rows[3].count, 2u);
  EXPECT_EQ(rows[4].kind, Kind::to_tpm);
  EXPECT_EQ(rows[4].what, "TPM_GetCapability");
  EXPECT_EQ(rows[4].count, 2u);
  EXPECT_EQ(rows[5].kind, Kind::fault);
  EXPECT_EQ(rows[6].kind, Kind::silence);
  EXPECT_DOUBLE_EQ(rows[6].length, 300.0);
  EXPECT_EQ(rows[7].kind, Kind::from_engine);
  EXPECT_NE(rows[7].what.find("status 8741"), std::string::npos);
}

TEST(Sequence, IsDrawnWithTheSameNumbersAsATable) {
  const std::string page = sequence_html(sequence_of(hanging_update()));
  for (const char* part : {"<svg", "5.0 minutes of silence", "MKHI: a rule? x2",
                           "class=\"tip red\"", "<table>", "fault: ignore"})
    EXPECT_NE(page.find(part), std::string::npos) << part << "\n" << page;
  EXPECT_EQ(sequence_html({}), "");
}

TEST(Sequence, IsGivenToProgramsAsFields) {
  const auto json = sequence_json(sequence_of(hanging_update()));
  EXPECT_EQ(json[6]["kind"], "silence");
  EXPECT_DOUBLE_EQ(json[6]["length_s"].get<double>(), 300.0);
  EXPECT_EQ(json[3]["count"], 2);
}

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
