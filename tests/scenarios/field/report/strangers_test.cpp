// SPDX-License-Identifier: BSD-3-Clause
// Pastes of strangers, tests/scenarios/field/strangers: NAME.txt is what somebody posted,
// NAME.right what a specialist expects, written before the program saw it. Its lines are patterns
// (ECMAScript): EXIT of the exit status, ANSWER of the three lines, SAYS and NOT of all that is
// told.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "base/lines.h"
#include "scenarios/field/report/reproduction.h"
#include "scenarios/field/report/summary.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

const std::string kStrangers = std::string(MEBENCH_SOURCE_DIR) + "/tests/scenarios/field/strangers";

std::string text_in(const std::filesystem::path& path) {
  const std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> names_of_strangers() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(kStrangers)) {
    if (file.path().extension() == ".right") names.push_back(file.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

struct ToldOfStranger {
  std::string answer;
  std::string all;
  int exit = 0;
};

ToldOfStranger told_of_stranger(const std::string& name) {
  const engine::StoryFolder folder;
  FieldReport report;
  read_text(text_in(kStrangers + "/" + name + ".txt"), name + ".txt", report);
  auto all = reproduce(std::move(report), folder.path());
  EXPECT_TRUE(all) << name;
  if (!all) return {};
  return {summary_text(summary_of(*all)), found_text(*all) + report_text(*all), all->exit_status()};
}

bool matches(const std::string& text, const std::string& pattern) {
  return std::regex_search(text, std::regex(pattern));
}

void expect_line(const std::string& line, const ToldOfStranger& told) {
  const std::size_t blank = line.find(' ');
  const std::string word = line.substr(0, blank);
  const std::string pattern = blank == line.npos ? "" : line.substr(blank + 1);
  if (word == "EXIT") {
    EXPECT_EQ(std::to_string(told.exit), pattern) << told.all;
  } else if (word == "ANSWER") {
    EXPECT_TRUE(matches(told.answer, pattern)) << line << "\n" << told.answer;
  } else if (word == "SAYS") {
    EXPECT_TRUE(matches(told.all, pattern)) << line << "\n" << told.all;
  } else if (word == "NOT") {
    EXPECT_FALSE(matches(told.all, pattern)) << line << "\n" << told.all;
  }
}

class Stranger : public testing::TestWithParam<std::string> {};

TEST_P(Stranger, IsAnsweredAsASpecialistWould) {
  const ToldOfStranger told = told_of_stranger(GetParam());
  for (const std::string& line : base::lines_of(text_in(kStrangers + "/" + GetParam() + ".right")))
    expect_line(line, told);
}

INSTANTIATE_TEST_SUITE_P(Field, Stranger, testing::ValuesIn(names_of_strangers()),
                         [](const auto& param) {
                           std::string name = param.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace scenarios::field
