// SPDX-License-Identifier: BSD-3-Clause
// The trace as a file that somebody else may read at any moment.
#include "emulator/trace/trace_writer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/hex.h"
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

TEST(LastTrace, KeepsTheEndAndLeavesTheFlashOut) {
  const tests::TemporaryFolder folder;
  LastTrace last;
  const base::Bytes data(100, 0x5A);
  for (std::size_t i = 0; i < LastTrace::kLines + 10; ++i) {
    last.record({.at = base::TimePoint(static_cast<std::int64_t>(i)),
                 .kind = sim::TraceKind::message_to_me,
                 .me_addr = 7,
                 .data = data});
    last.record({.kind = sim::TraceKind::flash_program, .a = 1, .b = 256});
  }
  last.record({.kind = sim::TraceKind::flash_torn, .a = 0x2000, .b = 17});
  const auto lines = last.write(folder.file("end"), "story");
  ASSERT_TRUE(lines);
  EXPECT_EQ(*lines, LastTrace::kLines);
  EXPECT_EQ(tests::mode_of(folder.file("end")), 0600u);
  std::istringstream text(folder.read("end"));
  std::string line;
  ASSERT_TRUE(std::getline(text, line));
  EXPECT_EQ(nlohmann::json::parse(line)["id"], "story");
  ASSERT_TRUE(std::getline(text, line));
  const auto oldest = nlohmann::json::parse(line);
  EXPECT_EQ(oldest["t_ns"], 11) << "the eleven oldest had to go";
  EXPECT_EQ(oldest["size"], 100);
  EXPECT_EQ(oldest["data"].get<std::string>().size(), 128u);
  EXPECT_FALSE(oldest.contains("fnv1a")) << "of 100 bytes 64 are kept";
  std::string newest;
  while (std::getline(text, line)) newest = line;
  EXPECT_EQ(nlohmann::json::parse(newest)["kind"], "flash_torn");
}

TEST(LastTrace, ShowsNothingOfAPassword) {
  const tests::TemporaryFolder folder;
  LastTrace last;
  base::Bytes message(protocol::fwu::StartRequest::size);
  base::ByteWriter out(message);
  encode(out, protocol::fwu::StartRequest{.image_length = 65536, .password = "Pa55w0rd!"});
  last.record({.kind = sim::TraceKind::message_to_me, .me_addr = 0x21, .data = message});
  ASSERT_TRUE(last.write(folder.file("end"), "story"));
  EXPECT_EQ(folder.read("end").find(base::to_hex(base::as_bytes("Pa55w0rd!"))), std::string::npos);
  EXPECT_NE(folder.read("end").find("\"data\":\"02000000000001000000"), std::string::npos);
}

}  // namespace
}  // namespace emulator::trace
