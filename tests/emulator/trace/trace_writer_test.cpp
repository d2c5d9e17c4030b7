// SPDX-License-Identifier: BSD-3-Clause
// The trace as a file that somebody else may read at any moment.
#include "emulator/trace/trace_writer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "protocol/mei/fwu.h"
#include "tests/os/modes.h"
#include "tests/temporary_folder.h"

namespace emulator::trace {
namespace {

TEST(TraceWriter, EachLineIsInTheFileOnceItIsRecorded) {
  const tests::TemporaryFolder folder;
  TraceWriter trace;
  ASSERT_TRUE(trace.open(folder.file("trace"), "story"));
  const base::Bytes data(5000, 0x5A);
  for (int i = 1; i <= 300; ++i) {
    trace.record({.at = std::chrono::nanoseconds(i),
                  .kind = sim::TraceKind::message_to_me,
                  .me_addr = 7,
                  .host_addr = 3,
                  .data = data});
    std::ifstream file(folder.file("trace"));
    std::string last;
    int lines = 0;
    for (std::string line; std::getline(file, line); ++lines) last = line;
    ASSERT_EQ(lines, i + 1) << "with the line that names the story";
    const auto json = nlohmann::json::parse(last, nullptr, false);
    ASSERT_TRUE(json.is_object()) << last;
    EXPECT_EQ(json["t_ns"], i);
  }
}

TEST(TraceWriter, TellsItsFormatFirst) {
  const tests::TemporaryFolder folder;
  TraceWriter trace;
  ASSERT_TRUE(trace.open(folder.file("trace"), "story"));
  const auto first = nlohmann::json::parse(folder.read("trace"), nullptr, false);
  ASSERT_TRUE(first.is_object());
  EXPECT_EQ(first["format"], kTraceFormat);
  EXPECT_EQ(tests::mode_of(folder.file("trace")), 0600u);
}

/// Of two messages that differ in their secrets alone no line tells which was which: not the bytes,
/// not the checksum, by which a password could be guessed at leisure.
TEST(TraceWriter, ShowsNothingOfAPassword) {
  const tests::TemporaryFolder folder;
  TraceWriter trace;
  ASSERT_TRUE(trace.open(folder.file("trace"), "story"));
  for (const std::string_view password : {"Pa55w0rd!", "another"}) {
    base::Bytes message(protocol::fwu::StartRequest::size);
    base::ByteWriter out(message);
    encode(out, protocol::fwu::StartRequest{.image_length = 65536, .password = password});
    trace.record({.at = {},
                  .kind = sim::TraceKind::message_to_me,
                  .me_addr = 0x21,
                  .host_addr = 1,
                  .data = message});
  }
  std::istringstream lines(folder.read("trace"));
  std::string first;
  std::string second;
  std::getline(lines, first);
  std::getline(lines, first);
  std::getline(lines, second);
  EXPECT_EQ(first, second);
  EXPECT_NE(first.find("\"data\":\"02000000000001000000"), std::string::npos) << first;
}

TEST(TraceWriter, AFullDiskIsAnError) {
  TraceWriter trace;
  ASSERT_TRUE(trace.open("/dev/full", "story"));
  const auto closed = trace.close();
  ASSERT_FALSE(closed);
  EXPECT_NE(closed.error().doing.find("/dev/full"), std::string::npos);
}

}  // namespace
}  // namespace emulator::trace
