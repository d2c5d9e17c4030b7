// SPDX-License-Identifier: BSD-3-Clause
// What pasting does to a log: marks, quotes, encodings and blanks change nothing of what is read.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

/// `text` with `change` applied to every line.
template <class Change>
std::string each_line(const std::string& text, Change change) {
  std::istringstream in(text);
  std::string line;
  std::string out;
  for (int number = 1; std::getline(in, line); ++number) out += change(number, line);
  return out;
}

class Pasted : public testing::Test {
 protected:
  const std::string original_ = contents("esprimo-e5730/fwupdlcl-win81.txt");

  void expect_same_runs(const std::string& text) {
    const FieldReport plain = reading(original_);
    const FieldReport marked = reading(text);
    ASSERT_EQ(marked.runs.size(), plain.runs.size());
    for (std::size_t i = 0; i < plain.runs.size(); ++i) {
      EXPECT_EQ(marked.runs[i].command, plain.runs[i].command);
      const auto want = plain.runs[i].of_kind(LineKind::content);
      const auto got = marked.runs[i].of_kind(LineKind::content);
      ASSERT_EQ(got.size(), want.size());
      for (std::size_t k = 0; k < want.size(); ++k) EXPECT_EQ(got[k]->text, want[k]->text);
    }
  }
};

TEST_F(Pasted, CarriageReturnsChangeNothing) {
  expect_same_runs(
      each_line(original_, [](int, const std::string& line) { return line + "\r\n"; }));
  expect_same_runs(each_line(original_, [](int, const std::string& line) { return line + "\r"; }));
}

TEST_F(Pasted, QuotationChangesNothing) {
  expect_same_runs(
      each_line(original_, [](int, const std::string& line) { return "> > " + line + "\n"; }));
}

TEST_F(Pasted, LineNumbersOfASpoilerChangeNothing) {
  expect_same_runs(each_line(original_, [](int n, const std::string& line) {
    return std::to_string(n) + ". " + line + "\n";
  }));
  expect_same_runs(each_line(original_, [](int n, const std::string& line) {
    return "> " + std::to_string(n) + "\t" + line + "\n";
  }));
}

TEST_F(Pasted, LineNumbersInABlockOfTheirOwnChangeNothing) {
  std::string numbers;
  for (int n = 1; n <= 46; ++n) numbers += std::to_string(n) + "\n";
  expect_same_runs(numbers + original_);
}

TEST_F(Pasted, TimesChangeNothing) {
  expect_same_runs(each_line(original_, [](int n, const std::string& line) {
    return "[12:34:" + std::to_string(n + 10) + "] " + line + "\n";
  }));
}

TEST_F(Pasted, Utf16ChangesNothing) {
  std::string wide = "\xFF\xFE";
  for (const char c : original_) wide += {c, '\0'};
  expect_same_runs(wide);
}

TEST_F(Pasted, Utf16WithoutItsMarkChangesNothing) {
  std::string little;
  std::string big;
  for (const char c : original_) {
    little += {c, '\0'};
    big += {'\0', c};
  }
  expect_same_runs(little);
  expect_same_runs(big);
}

TEST_F(Pasted, NamesOfAChatDiffsAndQuotesChangeNothing) {
  const std::string info = contents("esprimo-e5730/meinfo-dos-5.0.1.1111.txt");
  const auto content = [](const std::string& text) {
    const FieldReport report = reading(text);
    std::string lines;
    for (const ToolRun& run : report.runs) {
      for (const LogLine* line : run.of_kind(LineKind::content)) lines += line->text + "\n";
    }
    return lines;
  };
  const std::string plain = content(info);
  for (const std::string before : {"+", "<peter> ", "Peter Miller: ", "`", "\""}) {
    const std::string after = before.size() == 1 && before != "+" ? before : "";
    EXPECT_EQ(content(each_line(info,
                                [&](int, const std::string& line) {
                                  return line.empty() ? "\n" : before + line + after + "\n";
                                })),
              plain)
        << before;
  }
  EXPECT_EQ(
      content(each_line(info, [](int, const std::string& line) { return line + "\x1b[K\n"; })),
      plain);
}

TEST_F(Pasted, ALogThatAForumHasPutIntoOneLineIsReadLineByLine) {
  for (const char* file :
       {"esprimo-e5730/meinfo-dos-5.0.1.1111.txt", "thinkpad-t400/meinfo-windows-4.0.3.1124.txt"}) {
    const std::string log = contents(file);
    std::string flowed = log;
    std::replace(flowed.begin(), flowed.end(), '\n', ' ');
    const FieldReport plain = reading(log);
    const FieldReport one = reading("My log:\n" + flowed + "\nThanks\n");
    ASSERT_EQ(one.runs.size(), 1u) << file;
    const auto want = plain.runs.back().of_kind(LineKind::content);
    const auto got = one.runs[0].of_kind(LineKind::content);
    ASSERT_EQ(got.size(), want.size()) << file;
    for (std::size_t i = 0; i < want.size(); ++i) EXPECT_EQ(got[i]->text, want[i]->text);
  }
}

TEST_F(Pasted, ForeignLinesAreKeptAndNamed) {
  const FieldReport report = reading("Hello,\nplease help\n" + original_ + "thank you\n");
  ASSERT_EQ(report.runs.size(), 2u);
  ASSERT_EQ(report.prose.size(), 2u);
  EXPECT_EQ(report.prose[0].text, "Hello,");
  const auto unknown = report.runs[1].of_kind(LineKind::unknown);
  ASSERT_EQ(unknown.size(), 1u);
  EXPECT_EQ(unknown[0]->text, "thank you");
}

TEST_F(Pasted, LogsOfBothToolsInOneFileComeApart) {
  const std::string info = contents("esprimo-e5730/meinfo-win81-5.0.1.1111.txt");
  const FieldReport report = reading(original_ + info + info + original_);
  std::string tools;
  for (const ToolRun& run : report.runs) tools += std::string(name(run.tool)) + " ";
  EXPECT_EQ(tools, "FWUpdLcl FWUpdLcl MEInfo MEInfo FWUpdLcl FWUpdLcl ");
}

TEST_F(Pasted, AFewNulsAmongTextAreDropped) {
  std::string text = original_;
  text.insert(text.size() / 2, 1, '\0');
  text.insert(0, 2, '\0');
  expect_same_runs(text);
  text.append(4096, '\0');
  expect_same_runs(text);
}

}  // namespace
}  // namespace scenarios::field
