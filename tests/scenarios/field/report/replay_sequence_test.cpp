// SPDX-License-Identifier: BSD-3-Clause
// The sequence of a replay, drawn from the records of its trace.
#include "scenarios/field/report/replay_sequence.h"

#include <gtest/gtest.h>

#include <chrono>

namespace scenarios::field {
namespace {

using Kind = page::SequenceRow::Kind;

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

TEST(ReplaySequence, NamesMessagesFoldsRepeatsAndShowsSilences) {
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

TEST(ReplaySequence, IsDrawnWithTheSameNumbersAsATable) {
  const std::string page = page::sequence_html(sequence_of(hanging_update()));
  for (const char* part : {"<svg", "5.0 minutes of silence", "MKHI: a rule? x2",
                           "class=\"tip red\"", "<table>", "fault: ignore"})
    EXPECT_NE(page.find(part), std::string::npos) << part << "\n" << page;
  EXPECT_EQ(page::sequence_html({}), "");
}

TEST(ReplaySequence, IsGivenToProgramsAsFields) {
  const auto json = page::sequence_json(sequence_of(hanging_update()));
  EXPECT_EQ(json[6]["kind"], "silence");
  EXPECT_DOUBLE_EQ(json[6]["length_s"].get<double>(), 300.0);
  EXPECT_EQ(json[3]["count"], 2);
}

}  // namespace
}  // namespace scenarios::field
