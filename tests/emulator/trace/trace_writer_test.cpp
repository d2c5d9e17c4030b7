// SPDX-License-Identifier: BSD-3-Clause
// The trace as a file that somebody else may read at any moment.
#include "emulator/trace/trace_writer.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

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

TEST(TraceWriter, AFullDiskIsAnError) {
  TraceWriter trace;
  ASSERT_TRUE(trace.open("/dev/full", "story"));
  const auto closed = trace.close();
  ASSERT_FALSE(closed);
  EXPECT_NE(closed.error().doing.find("/dev/full"), std::string::npos);
}

}  // namespace
}  // namespace emulator::trace
