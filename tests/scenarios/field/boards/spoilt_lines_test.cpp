// SPDX-License-Identifier: BSD-3-Clause
// One or two lines of an owner's log lost, doubled, wrapped or garbled: what the other lines tell
// is read as before, and it is the same board.
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "base/lines.h"
#include "scenarios/field/boards/reported_board.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

using LogLines = std::vector<std::string>;

const char* const kLogs[] = {
    "esprimo-e5730/meinfo-dos-5.0.1.1111.txt", "esprimo-e5730/meinfo-win81-5.2.70.1046.txt",
    "esprimo-e5730/fwupdlcl-win81.txt", "thinkpad-t400/meinfo-windows-4.0.3.1124.txt",
    "thinkpad-t400/fwupdlcl-windows.txt"};

LogLines lines_of_log(const std::string& name) {
  return base::lines_of(contents(name));
}

std::string as_text(const LogLines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// Facts that the lines `spoilt` told, or that follow from what is not there.
using Facts = std::vector<std::pair<Fact, std::string>>;

Facts facts_in(const FieldReport& report) {
  Facts facts;
  for (const ToolRun& run : report.runs) {
    for (const Observation& seen : run.observations) {
      const bool concluded = seen.fact == Fact::host_system || seen.fact == Fact::registers_blocked;
      if (!concluded) facts.emplace_back(seen.fact, seen.value);
    }
  }
  return facts;
}

/// How many of `wanted` are missing in `got`.
std::size_t lost(Facts wanted, const Facts& got) {
  for (const auto& each : got) {
    const auto found = std::find(wanted.begin(), wanted.end(), each);
    if (found != wanted.end()) wanted.erase(found);
  }
  return wanted.size();
}

std::size_t boards_in_report(const FieldReport& report) {
  std::size_t boards = 0;
  for (const ReportedBoard& state : states_of(report)) boards = std::max(boards, state.board);
  return boards;
}

/// Of each log.
constexpr unsigned kSeeds = 60;

/// The most facts that one line of the log tells.
constexpr std::size_t kMostOfOneLine = 2;

TEST(SpoiltLines, OneLostLineLosesWhatItToldAndNothingElse) {
  for (const char* log : kLogs) {
    const LogLines lines = lines_of_log(log);
    const FieldReport whole = reading(as_text(lines));
    for (std::size_t at = 0; at < lines.size(); ++at) {
      LogLines less = lines;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(at));
      const FieldReport report = reading(as_text(less));
      EXPECT_EQ(report.runs.size(), whole.runs.size()) << log << ": " << lines[at];
      EXPECT_LE(lost(facts_in(whole), facts_in(report)), kMostOfOneLine)
          << log << ": " << lines[at];
      EXPECT_EQ(boards_in_report(report), boards_in_report(whole)) << log << ": " << lines[at];
    }
  }
}

TEST(SpoiltLines, TwoLostLinesLoseWhatTheyToldAndNothingElse) {
  for (const char* log : kLogs) {
    const LogLines lines = lines_of_log(log);
    const FieldReport whole = reading(as_text(lines));
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
      std::mt19937 random(seed);
      LogLines less = lines;
      std::string what;
      for (int i = 0; i < 2; ++i) {
        const std::size_t at = random() % less.size();
        what += less[at] + " / ";
        less.erase(less.begin() + static_cast<std::ptrdiff_t>(at));
      }
      const FieldReport report = reading(as_text(less));
      // Of a log with two lines that tell anything nothing may be left.
      if (facts_in(report).empty()) continue;
      EXPECT_LE(lost(facts_in(whole), facts_in(report)), 2 * kMostOfOneLine) << log << ": " << what;
      EXPECT_EQ(boards_in_report(report), boards_in_report(whole)) << log << ": " << what;
    }
  }
}

TEST(SpoiltLines, ADoubledLineTellsNothingMore) {
  for (const char* log : kLogs) {
    const LogLines lines = lines_of_log(log);
    const FieldReport whole = reading(as_text(lines));
    for (std::size_t at = 0; at < lines.size(); ++at) {
      LogLines more = lines;
      more.insert(more.begin() + static_cast<std::ptrdiff_t>(at), lines[at]);
      const FieldReport report = reading(as_text(more));
      EXPECT_EQ(report.runs.size(), whole.runs.size()) << log << ": " << lines[at];
      EXPECT_EQ(facts_in(report), facts_in(whole)) << log << ": " << lines[at];
      EXPECT_EQ(boards_in_report(report), boards_in_report(whole)) << log << ": " << lines[at];
    }
  }
}

TEST(SpoiltLines, AWrappedLineTellsTheSame) {
  for (const char* log : kLogs) {
    const LogLines lines = lines_of_log(log);
    const FieldReport whole = reading(as_text(lines));
    for (std::size_t at = 0; at < lines.size(); ++at) {
      for (std::size_t blank = lines[at].find(' '); blank != std::string::npos;
           blank = lines[at].find(' ', blank + 1)) {
        LogLines wrapped = lines;
        wrapped[at] = lines[at].substr(0, blank);
        wrapped.insert(wrapped.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                       lines[at].substr(blank + 1));
        const FieldReport report = reading(as_text(wrapped));
        EXPECT_EQ(report.runs.size(), whole.runs.size())
            << log << ": " << lines[at] << " at " << blank;
        EXPECT_EQ(lost(facts_in(whole), facts_in(report)), 0u)
            << log << ": " << lines[at] << " at " << blank;
        EXPECT_EQ(boards_in_report(report), boards_in_report(whole)) << log << ": " << lines[at];
      }
    }
  }
}

/// Letters that a reader of pictures confuses, of the label alone: a value is not to be guessed.
std::string with_label_misread(const std::string& line, std::mt19937& random) {
  const std::string from = "lIOoSBgm";
  const std::string to[] = {"1", "l", "0", "0", "5", "8", "9", "rn"};
  const std::size_t colon = std::min(line.find(':'), line.size());
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::size_t at = i < colon ? from.find(line[i]) : std::string::npos;
    out += at != std::string::npos && random() % 2 == 0 ? to[at] : std::string(1, line[i]);
  }
  return out;
}

TEST(SpoiltLines, AMisreadLabelIsReadAsAGuess) {
  std::size_t guesses = 0;
  for (const char* log : kLogs) {
    const LogLines lines = lines_of_log(log);
    const FieldReport whole = reading(as_text(lines));
    for (std::size_t at = 0; at < lines.size(); ++at) {
      std::mt19937 random(static_cast<unsigned>(at) + 1);
      LogLines misread = lines;
      misread[at] = with_label_misread(lines[at], random);
      const FieldReport report = reading(as_text(misread));
      EXPECT_LE(lost(facts_in(whole), facts_in(report)), kMostOfOneLine)
          << log << ": " << misread[at];
      EXPECT_EQ(boards_in_report(report), boards_in_report(whole)) << log << ": " << misread[at];
      for (const ToolRun& run : report.runs) guesses += run.guessed().size();
    }
  }
  EXPECT_GE(guesses, 80u) << "too little was spoilt, or too little is guessed";
}

TEST(SpoiltLines, AGarbledLineCostsNoOther) {
  for (const char* log : kLogs) {
    const LogLines lines = lines_of_log(log);
    const FieldReport whole = reading(as_text(lines));
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
      std::mt19937 random(seed);
      LogLines garbled = lines;
      std::string& line = garbled[random() % garbled.size()];
      const std::string was = line;
      // Below the value: what looks like another value could be one.
      const std::size_t end = std::min(line.find(':'), line.size());
      for (std::size_t i = 0; i < end / 3; ++i) line[random() % end] = "#?%x"[random() % 4];
      const FieldReport report = reading(as_text(garbled));
      EXPECT_LE(lost(facts_in(whole), facts_in(report)), kMostOfOneLine) << log << ": " << line;
      EXPECT_EQ(boards_in_report(report), boards_in_report(whole)) << log << ": " << line;
    }
  }
}

}  // namespace
}  // namespace scenarios::field
