// SPDX-License-Identifier: BSD-3-Clause
// Variants of the real logs: cut off at every line, and with other values. Nothing in the code
// knows the original ones.
#include <gtest/gtest.h>

#include <random>

#include "base/lines.h"
#include "scenarios/field/explain/explain.h"
#include "scenarios/field/reading/read_report.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

FieldBench bench_of(const std::vector<std::pair<std::string, std::string>>& logs,
                    const engine::StoryFolder& folder) {
  FieldReport report;
  for (const auto& [name, text] : logs) read_text(text, name, report);
  auto bench = FieldBench::make(std::move(report), folder.path());
  EXPECT_TRUE(bench);
  return std::move(*bench);
}

/// `circumstances`: one for each covered run.
void expect_reproduced(FieldBench& bench, const std::vector<Circumstances>& circumstances,
                       const std::string& variant) {
  const auto places = bench.covered();
  ASSERT_EQ(circumstances.size(), places.size()) << variant;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const FieldBench::Place& place = places[i];
    const ReplayedRun run = bench.replay_run(place, circumstances[i]);
    if (run.reproduced()) continue;
    const ComparedLine* first = run.comparison.first_difference();
    ADD_FAILURE() << variant << ": " << bench.report().runs[place.run].place() << " " << run.failure
                  << (first == nullptr
                          ? ""
                          : place_of(first->log) + ": " + first->log.text + " / " + first->ours)
                  << "\n"
                  << run.replay.printed;
  }
}

/// What explains the whole report, for the runs in the file of that name, in their order.
std::vector<Circumstances> circumstances_of(
    const std::vector<std::pair<std::string, std::string>>& logs, const std::string& file) {
  const engine::StoryFolder folder;
  FieldBench bench = bench_of(logs, folder);
  const Explained explained = explain(bench);
  EXPECT_FALSE(explained.survivors.empty());
  std::vector<Circumstances> found;
  for (std::size_t i = 0; i < explained.best.runs.size(); ++i) {
    const ToolRun& run = bench.report().runs[explained.best.runs[i].run];
    if (*run.lines.front().file == file) found.push_back(explained.best.circumstances[i]);
  }
  return found;
}

const std::vector<std::pair<std::string, std::string>>& esprimo_logs() {
  static const std::vector<std::pair<std::string, std::string>> logs = {
      {"fwupdlcl-dos.txt", contents("esprimo-e5730/fwupdlcl-dos.txt")},
      {"fwupdlcl-win81.txt", contents("esprimo-e5730/fwupdlcl-win81.txt")},
      {"meinfo-dos.txt", contents("esprimo-e5730/meinfo-dos-5.0.1.1111.txt")},
      {"meinfo-win81.txt", contents("esprimo-e5730/meinfo-win81-5.0.1.1111.txt")}};
  return logs;
}

const std::vector<std::pair<std::string, std::string>>& thinkpad_logs() {
  static const std::vector<std::pair<std::string, std::string>> logs = {
      {"fwupdlcl.txt", contents("thinkpad-t400/fwupdlcl-windows.txt")},
      {"meinfo.txt", contents("thinkpad-t400/meinfo-windows-4.0.3.1124.txt")}};
  return logs;
}

class CutOff : public testing::TestWithParam<int> {};

TEST_P(CutOff, AtEveryLineTheLogIsReproduced) {
  const bool first = GetParam() < 4;
  const auto& logs = first ? esprimo_logs() : thinkpad_logs();
  const auto index = static_cast<std::size_t>(first ? GetParam() : GetParam() - 4);
  const auto circumstances = circumstances_of(logs, logs[index].first);
  std::string kept;
  for (const std::string& line : base::lines_of(logs[index].second)) {
    kept += line + "\n";
    const engine::StoryFolder folder;
    auto cut = logs;
    cut[index].second = kept;
    // Alone, for then nothing else tells what is missing.
    FieldBench alone = bench_of({cut[index]}, folder);
    const std::size_t runs = alone.covered().size();
    ASSERT_LE(runs, circumstances.size());
    expect_reproduced(
        alone, {circumstances.begin(), circumstances.begin() + static_cast<std::ptrdiff_t>(runs)},
        "cut behind " + line);
  }
}
INSTANTIATE_TEST_SUITE_P(Logs, CutOff, testing::Range(0, 6));

/// A prime: cuts fall everywhere in lines.
constexpr std::size_t kStride = 23;

TEST_P(CutOff, AtAnyByteTheLogIsReproduced) {
  const bool first = GetParam() < 4;
  const auto& logs = first ? esprimo_logs() : thinkpad_logs();
  const auto index = static_cast<std::size_t>(first ? GetParam() : GetParam() - 4);
  const auto& [name, text] = logs[index];
  const auto circumstances = circumstances_of(logs, name);
  for (std::size_t end = kStride; end < text.size(); end += kStride) {
    const engine::StoryFolder folder;
    FieldBench alone = bench_of({{name, text.substr(0, end)}}, folder);
    const std::size_t runs = alone.covered().size();
    ASSERT_LE(runs, circumstances.size());
    expect_reproduced(
        alone, {circumstances.begin(), circumstances.begin() + static_cast<std::ptrdiff_t>(runs)},
        "cut behind ..." + text.substr(end - std::min<std::size_t>(end, 30), 30));
  }
}

/// The other logs of the report go on being reproduced, and in one state each.
TEST(CutInAValue, PoisonsNothing) {
  const engine::StoryFolder whole_folder;
  FieldBench whole = bench_of(esprimo_logs(), whole_folder);
  const Explained explained = explain(whole);
  ASSERT_FALSE(explained.survivors.empty());
  constexpr std::size_t kDos = 2;
  constexpr std::size_t kWindows = 3;
  for (const auto& [log, label] :
       {std::pair{kDos, "FW Status Register: 0X3009"}, std::pair{kDos, "VendorID: 80"},
        std::pair{kWindows, "UNS Version:"}, std::pair{kWindows, "LMS Version: 5.2.0"},
        std::pair{kDos, "Last ME reset reason: Glo"}, std::pair{kDos, "MAC Address: 00-19-39-4"},
        std::pair{kDos, "MEBx Version: 5.0"}, std::pair{kDos, "Configuration Mode: Sma"},
        std::pair{kDos, "TPM State: Operationa"},
        std::pair{kDos, "TPM Operational Mode: Enabled Owned Inacti"},
        std::pair{kWindows, "TPM Operational Mode: Enabled Owned A"}}) {
    auto logs = esprimo_logs();
    std::string& text = logs[log].second;
    ASSERT_NE(text.find(label), std::string::npos) << label;
    text.resize(text.find(label) + std::string(label).size());
    const engine::StoryFolder folder;
    FieldBench cut = bench_of(logs, folder);
    EXPECT_EQ(cut.states().size(), whole.states().size()) << label;
    expect_reproduced(cut, explained.best.circumstances, label);
  }
}

/// Every `from` becomes `to`, in all logs of a report.
struct Change {
  std::string from;
  std::string to;
};

std::vector<std::pair<std::string, std::string>> changed(
    std::vector<std::pair<std::string, std::string>> logs, const std::vector<Change>& changes) {
  for (auto& log : logs) {
    for (const Change& change : changes) {
      for (std::size_t at = log.second.find(change.from); at != std::string::npos;
           at = log.second.find(change.from, at + change.to.size())) {
        log.second.replace(at, change.from.size(), change.to);
      }
    }
  }
  return logs;
}

/// In one of the spellings that people's logs have.
std::string address(std::mt19937& random) {
  std::string text;
  const char* digits = random() % 2 == 0 ? "0123456789abcdef" : "0123456789ABCDEF";
  const char separator = random() % 2 == 0 ? '-' : ':';
  for (int i = 0; i < 6; ++i) {
    if (i > 0) text += separator;
    // Locally administered and never all one.
    text += {i == 0 ? '0' : digits[random() % 16], i == 0 ? '2' : digits[random() % 16]};
  }
  return text;
}

std::string number(std::mt19937& random, unsigned low, unsigned high) {
  return std::to_string(low + random() % (high - low));
}

void expect_explained(const std::vector<std::pair<std::string, std::string>>& logs,
                      const std::string& variant) {
  const engine::StoryFolder folder;
  FieldBench bench = bench_of(logs, folder);
  const Explained explained = explain(bench);
  EXPECT_FALSE(explained.survivors.empty()) << variant << " " << explained.best.text;
  expect_reproduced(bench, explained.best.circumstances, variant);
}

TEST(OtherValues, AnEsprimoWithAnotherAddressAndOtherVersionsIsReproduced) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    std::mt19937 random(seed);
    const std::string minor = number(random, 0, 2);
    const std::string hotfix = number(random, 2, 60);
    const std::string build = number(random, 2000, 9000);
    expect_explained(
        changed(esprimo_logs(),
                {{"00-19-39-47-bb-dd", address(random)},
                 {"Flash: 5.0.1 Netstack: 5.0.1",
                  "Flash: 5." + minor + "." + hotfix + " Netstack: 5." + minor + "." + hotfix},
                 {": 5.0.1\n", ": 5." + minor + "." + hotfix + "\n"},
                 {"Apps: 5.0.1 ", "Apps: 5." + minor + "." + hotfix + " "},
                 {"Version : 5.0.1.1111", "Version : 5." + minor + "." + hotfix + "." + build},
                 {"Number: 1111", "Number: " + build},
                 {"FT Version: 5.0\n", "FT Version: 5." + minor + "\n"},
                 {"TPM FW Version: 5.0\n", "TPM FW Version: 5." + minor + "\n"},
                 {"1.2.5.0", "1.2.5." + minor},
                 {"5.2.70.1046", "5.3.1." + number(random, 1000, 2000)}}),
        "seed " + std::to_string(seed));
  }
}

TEST(OtherValues, AnEsprimoWhoseTpmIsTheOtherWayRoundIsReproduced) {
  expect_explained(changed(esprimo_logs(), {{"Owned Inactive", "Owned inactive?"},
                                            {"Owned Active", "Owned Inactive"},
                                            {"Owned inactive?", "Owned Active"}}),
                   "the TPM's activity exchanged");
}

TEST(OtherValues, AnEsprimoWithoutQuietSystemTechnologyIsReproduced) {
  expect_explained(changed(esprimo_logs(), {{"FW Capabilities: 62", "FW Capabilities: 60"},
                                            {"Intel(R) QST\n", ""},
                                            {": Intel (R) QST\n", ""},
                                            {"SKU : (2110)", "SKU : (2108)"}}),
                   "QST bit clear");
}

TEST(OtherValues, AThinkPadWithAnAddressAndAnotherVersionIsReproduced) {
  std::mt19937 random(7);
  expect_explained(changed(thinkpad_logs(), {{"00-xx-yy-zz-aa-bb--cc", address(random)},
                                             {"4.0.3\n", "4.1.2\n"},
                                             {"FT Version: 4.0", "FT Version: 4.1"},
                                             {"1124", "1234"},
                                             {"4.2.0.1008", "4.2.1.2000"}}),
                   "another ThinkPad");
}

}  // namespace
}  // namespace scenarios::field
