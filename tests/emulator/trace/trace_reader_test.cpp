// SPDX-License-Identifier: BSD-3-Clause
// Traces of this version and of older ones, read; others, refused in words.
#include "emulator/trace/trace_reader.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "emulator/trace/describe_message.h"
#include "emulator/trace/trace_writer.h"
#include "tests/source_dir.h"
#include "tests/temporary_folder.h"

namespace emulator::trace {
namespace {

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::string all_in_words(const std::vector<std::string>& lines) {
  TraceReader reader;
  std::string text;
  for (const std::string& line : lines) {
    const auto words = reader.in_words(line);
    EXPECT_TRUE(words) << words.error().doing;
    text += words.value_or("") + "\n";
  }
  return text;
}

/// Of a build that did not number its traces yet. Its START holds a password in full.
TEST(TraceReader, ReadsATraceOfTheFirstFormat) {
  const auto lines =
      lines_of(std::string(MEBENCH_SOURCE_DIR) + "/tests/emulator/trace/data/trace-1.jsonl");
  ASSERT_EQ(lines.size(), 28u);
  ASSERT_EQ(lines.front(), R"({"t_ns":0,"kind":"story","id":"story.toml"})");
  const std::string text = all_in_words(lines);
  EXPECT_EQ(text.find("story.toml\n"), 0u);
  EXPECT_NE(text.find("1.55266s  -> FWU START 65536 bytes (86 bytes, me 0x21 host 1)\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("-- firmware: text boot: begins"), std::string::npos) << text;
  EXPECT_EQ(text.find("50617373"), std::string::npos);
}

TEST(TraceReader, ReadsWhatIsWrittenNow) {
  const tests::TemporaryFolder folder;
  TraceWriter writer;
  ASSERT_TRUE(writer.open(folder.file("trace"), "now"));
  writer.record(
      {.at = std::chrono::seconds(2), .kind = sim::TraceKind::flash_erase, .a = 8, .b = 4});
  ASSERT_TRUE(writer.close());
  EXPECT_EQ(all_in_words(lines_of(folder.file("trace"))),
            "now\n                2s  -- flash_erase: address 8, length 4\n");
}

/// As values, a written line says what the record said; and so it does in describe()'s words.
TEST(TraceReader, GivesTheValuesThatWereRecorded) {
  const tests::TemporaryFolder folder;
  const base::Bytes data(100, 0x5A);
  const std::vector<sim::TraceRecord> records = {
      {.at = std::chrono::seconds(1),
       .kind = sim::TraceKind::message_to_host,
       .me_addr = 0x21,
       .host_addr = 3,
       .data = data},
      {.kind = sim::TraceKind::flash_torn, .a = 0x1000, .b = 17},
      {.kind = sim::TraceKind::tpm_command, .a = 0x65, .b = 22},
      {.kind = sim::TraceKind::tpm_response, .a = 0x65, .b = 7},
      {.kind = sim::TraceKind::bad_input, .me_addr = 9, .host_addr = 2, .text = "no_such_client"},
      {.kind = sim::TraceKind::fault, .a = 3, .text = "ignore"}};
  TraceWriter writer;
  ASSERT_TRUE(writer.open(folder.file("trace"), "story"));
  for (const sim::TraceRecord& record : records) writer.record(record);
  ASSERT_TRUE(writer.close());
  const auto stories = read_trace(folder.read("trace"));
  ASSERT_TRUE(stories) << stories.error().doing;
  ASSERT_EQ(stories->size(), 1u);
  EXPECT_EQ(stories->front().id, "story");
  const std::vector<TraceLine>& lines = stories->front().lines;
  ASSERT_EQ(lines.size(), records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(lines[i].kind, records[i].kind);
    EXPECT_EQ(lines[i].at, records[i].at);
    EXPECT_EQ(lines[i].a, records[i].a);
    EXPECT_EQ(lines[i].b, records[i].b);
    const base::ByteView head = records[i].data;
    const std::string told = describe_untimed(records[i], {}, head, head.size());
    EXPECT_EQ(words_of(lines[i]), told.substr(3)) << "without ->, <- or --";
  }
  EXPECT_EQ(lines[0].data, base::Bytes(64, 0x5A));
  EXPECT_EQ(lines[0].size, 100u);
  EXPECT_EQ(lines[4].me_addr, 9);
}

TEST(TraceReader, TellsWhichLineIsNoneAndThatAFileIsEmpty) {
  const std::string first = R"({"t_ns":0,"kind":"story","format":2,"id":"x"})";
  const auto broken = read_trace(first + "\n{\"t_ns\":1,\"kind\":\"nonsense\"}\n");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().doing, "line 2 is not of a trace");
  EXPECT_FALSE(read_trace(""));
}

/// Numbers that no board has are none, and do no harm.
TEST(TraceReader, TakesNoNumberThatDoesNotFit) {
  const auto stories = read_trace(
      "{\"t_ns\":0,\"kind\":\"story\",\"id\":\"x\"}\n"
      R"({"t_ns":5,"kind":"flash_erase","address":99999999999,"length":-1})");
  ASSERT_TRUE(stories) << stories.error().doing;
  EXPECT_EQ(stories->front().lines.front().a, 0u);
  EXPECT_EQ(stories->front().lines.front().b, 0u);
}

TEST(TraceReader, RefusesALaterFormatAndWhatIsNoTrace) {
  TraceReader reader;
  const auto later = reader.in_words(
      fmt::format(R"({{"t_ns":0,"kind":"story","format":{},"id":"x"}})", kTraceFormat + 1));
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().code, base::Errc::unsupported);
  EXPECT_NE(later.error().doing.find(fmt::format("format {}", kTraceFormat + 1)),
            std::string::npos);
  for (const char* line :
       {"", "x", "[]", "{}", R"({"t_ns":0,"kind":"power"})", R"({"kind":"story"})",
        R"({"t_ns":0,"kind":"story","format":0,"id":"x"})"}) {
    EXPECT_FALSE(TraceReader().in_words(line)) << line;
  }
}

}  // namespace
}  // namespace emulator::trace
