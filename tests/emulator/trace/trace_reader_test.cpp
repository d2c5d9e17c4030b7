// SPDX-License-Identifier: BSD-3-Clause
// Traces of this version and of older ones, read; others, refused in words.
#include "emulator/trace/trace_reader.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

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
