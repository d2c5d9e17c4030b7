// SPDX-License-Identifier: BSD-3-Clause
// What happened, in as few rows as tell it.
#include "scenarios/page/sequence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "scenarios/page/fold_rows.h"
#include "tests/scenarios/page/lines.h"

namespace scenarios::page {
namespace {

using Kind = SequenceRow::Kind;

std::vector<std::string> words(const std::vector<SequenceRow>& rows) {
  std::vector<std::string> all;
  for (const SequenceRow& row : rows) all.push_back(words_of(row));
  return all;
}

constexpr std::size_t kMany = 1000;

TEST(SequenceOfATrace, NamesMessagesCommandsAndFaults) {
  const std::vector<TraceLine> lines = {
      message(1.0, "FWU START 65536 bytes"), tpm_command(1.1, 0x65), tpm_response(1.2, 0x65, 0),
      tpm_response(1.3, 0x65, 7), event(1.4, TraceKind::fault, "ignore", 3)};
  EXPECT_EQ(
      words(sequence_of(lines, {}, kMany)),
      (std::vector<std::string>{"FWU: start", "TPM_GetCapability", "TPM_GetCapability answers 0x7",
                                "fault: ignore (occurrence 3)"}));
  EXPECT_EQ(sequence_of(lines, {}, kMany).back().kind, Kind::fault);
}

TEST(SequenceOfATrace, CallsASilenceByWhatFillsIt) {
  const std::vector<TraceLine> lines = {message(1.0, "FWU START 1 bytes"), message(4.0, "FWU END"),
                                        flash(5.0, TraceKind::flash_erase, 0x1000, 0x1000),
                                        message(9.0, "FWU GET_VERSION")};
  EXPECT_EQ(
      words(sequence_of(lines, {}, kMany)),
      (std::vector<std::string>{"FWU: start", "3.0 s of silence", "FWU: end",
                                "5.0 s without a message: the flash works", "FWU: get version"}));
}

TEST(SequenceOfATrace, ShowsATornOperationAndNoOtherOfTheFlash) {
  const auto rows = sequence_of({flash(1.0, TraceKind::flash_program, 0x1000, 256),
                                 flash(1.1, TraceKind::flash_torn, 0x2000, 17)},
                                {}, kMany);
  EXPECT_EQ(words(rows), std::vector<std::string>{"flash: torn at 0x2000 behind 17 bytes"});
}

TEST(SequenceOfATrace, StepsStandWhereTheyBegin) {
  const auto rows =
      sequence_of({message(1.0, "FWU END"), message(2.0, "FWU END")},
                  {{0.5, "step 1: wait"}, {1.5, "step 2: go"}, {7, "step 3: late"}}, kMany);
  EXPECT_EQ(words(rows),
            (std::vector<std::string>{"step 1: wait", "FWU: end", "step 2: go", "FWU: end",
                                      "5.0 s of silence", "step 3: late"}));
}

/// A boot that ends at 1.5 s and an update that begins then.
TEST(SequenceOfATrace, WhatEndsAsAStepBeginsStandsBeforeIt) {
  const auto rows =
      sequence_of({event(1.5, TraceKind::link, "ready"), event(1.5, TraceKind::link, "host reset"),
                   event(1.5, TraceKind::link, "ready")},
                  {{1.5, "step 1: meupdate"}}, kMany);
  EXPECT_EQ(words(rows), (std::vector<std::string>{"link: ready", "step 1: meupdate",
                                                   "link: host reset", "link: ready"}));
}

/// Two rows that come `times` times.
std::vector<SequenceRow> blocks(std::size_t times) {
  std::vector<SequenceRow> rows;
  for (std::size_t i = 0; i < times; ++i) {
    rows.push_back({.kind = Kind::to_tpm, .at = static_cast<double>(i), .what = "send"});
    rows.push_back({.kind = Kind::event, .at = static_cast<double>(i), .what = "taken"});
  }
  return rows;
}

TEST(FoldedRows, TellWhatComesAgainOnceAndWhenTheLastWas) {
  const auto rows = folded(blocks(5));
  EXPECT_EQ(words(rows),
            (std::vector<std::string>{"send", "taken",
                                      "the 2 rows above again, 4 more times, until 4.000 s"}));
}

TEST(FoldedRows, LeaveSilencesAndWhatDoesNotPayAlone) {
  EXPECT_EQ(folded(blocks(1)).size(), 2u);
  std::vector<SequenceRow> rows = blocks(2);
  rows.insert(rows.begin() + 2, {.kind = Kind::silence, .at = 0, .length = 9, .what = "silence"});
  rows.push_back({.kind = Kind::silence, .at = 1, .length = 9, .what = "silence"});
  EXPECT_EQ(folded(rows).size(), rows.size());
}

TEST(ShortenedRows, KeepTheEndsAndWhatIsBesideAFault) {
  std::vector<SequenceRow> rows;
  for (std::size_t i = 0; i < 100; ++i)
    rows.push_back({.kind = Kind::to_engine, .what = std::to_string(i)});
  rows[50].kind = Kind::fault;
  EXPECT_EQ(words(shortened(rows, 4)),
            (std::vector<std::string>{"0", "1", "46 rows left out", "48", "49", "50", "51", "52",
                                      "45 rows left out", "98", "99"}));
  EXPECT_EQ(shortened(rows, 100).size(), 100u);
}

TEST(SequenceText, MarksWhoSendsAndWhatStrikes) {
  EXPECT_EQ(sequence_text(sequence_of(
                {message(1.0, "FWU END"), event(1.5, TraceKind::fault, "fail", 1)}, {}, kMany)),
            "       1.000 s  --> ME   FWU: end\n"
            "       1.500 s    !      fault: fail (occurrence 1)\n");
}

TEST(SequencePicture, ShortensWhatDoesNotFitAndKeepsAllOfItInTheTable) {
  const std::string name(80, 'x');
  const std::string page =
      sequence_html({{.kind = Kind::to_engine, .at = 1, .what = "FWU <" + name + ">"}});
  EXPECT_NE(page.find("\u2026</text>"), std::string::npos) << page;
  EXPECT_NE(page.find("<td>FWU &lt;" + name + "&gt;</td>"), std::string::npos) << page;
  EXPECT_EQ(page.find("<" + name), std::string::npos);
}

}  // namespace
}  // namespace scenarios::page
