// SPDX-License-Identifier: BSD-3-Clause
// Small reports in the shapes that the world writes, tests/scenarios/field/inputs, and what a
// specialist expects of each. The expectations were written by a person who read the inputs, not by
// the program.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "scenarios/field/reading/read_report.h"
#include "scenarios/field/report/reproduction.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"
#include "tests/source_dir.h"

namespace scenarios::field {
namespace {

std::string input(const std::string& name) {
  const std::ifstream file(std::string(MEBENCH_SOURCE_DIR) + "/tests/scenarios/field/inputs/" +
                           name + ".txt");
  EXPECT_TRUE(file) << name;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

FieldReport read_input(const std::string& name) {
  FieldReport report;
  read_text(input(name), name + ".txt", report);
  return report;
}

Reproduction reproduced_input(const std::string& name) {
  const engine::StoryFolder folder;
  auto all = reproduce(read_input(name), folder.path());
  EXPECT_TRUE(all);
  return std::move(*all);
}

struct Tells {
  Fact fact;
  const char* value;
};
struct Expected {
  const char* name;
  std::size_t runs;
  std::size_t run;  ///< of which the rest speaks
  Tool tool;
  std::uint16_t generation;  ///< 0: it does not show
  std::vector<Tells> tells;
  std::size_t unread_lines;
};

const std::vector<Expected>& inputs() {
  using enum Fact;
  static const std::vector<Expected> all = {
      {"blank-separated",
       1,
       0,
       Tool::meinfo,
       4,
       {{bios_version, "7UET93WW (3.23 )"},
        {flash_version, "4.0.3"},
        {netstack_version, "4.0.3"},
        {apps_version, "4.0.3"},
        {amt_version, "4.0.3"},
        {sku_names, "ASF IAMT ITPM"}},
       0},
      {"deed-kernel-line",
       1,
       0,
       Tool::kernel,
       0,
       {{tpm_device, "tpm_tis 00:0a"}, {tpm_answer, "TPM is disabled/deactivated (0x6)"}},
       0},
      {"dmesg-mei-hw-ready",
       1,
       0,
       Tool::kernel,
       0,
       {{driver_device, "mei_me 0000:00:03.0"}, {pci_device, "00:03.0"}, {driver_status, "-110"}},
       0},
      {"empty-value-told", 1, 0, Tool::meinfo, 6, {{bios_version, "GNET90WW (2.38 )"}}, 0},
      {"false-reproduction", 1, 0, Tool::fwupdlcl, 4, {{communication_mode, "TPM"}}, 1},
      {"gen2-numberless-error",
       1,
       0,
       Tool::fwupdlcl,
       2,
       {{error, "Failed to receive last update status from the firmware"}},
       0},
      {"html-br-one-line",
       1,
       0,
       Tool::fwupdlcl,
       4,
       {{communication_mode, "TPM"}, {error, "8729"}},
       0},
      {"intel-blank-r",
       1,
       0,
       Tool::meinfo,
       4,
       {{brand, "Intel(R) AMT"}, {amt_version, "4.0.3"}, {sku_names, "ASF IAMT ITPM"}},
       0},
      {"intelmetool",
       1,
       0,
       Tool::intelmetool,
       8,
       {{pci_id, "8086:1e3a"},
        {status_word_1, "0x1e003052"},
        {status_word_2, "0x1632017a"},
        {init_complete, "NO"},
        {manufacturing_mode, "YES"},
        {working_state, "Recovery"},
        {state_error, "Image Failure"}},
       0},
      {"later-8193", 1, 0, Tool::fwupdlcl, 11, {{error, "8769"}}, 0},
      {"later-8727-major", 2, 0, Tool::screen, 7, {{later_version, "7.1.86.1221"}}, 0},
      {"later-8727-major",
       2,
       1,
       Tool::fwupdlcl,
       6,
       {{error, "8727"}, {image_version, "8.1.65.1568 by the file's name"}},
       0},
      {"later-8771",
       1,
       0,
       Tool::fwupdlcl,
       9,
       {{local_update, "Enabled"}, {image_version, "278.5888.528.528"}, {error, "8771"}},
       0},
      {"later-local-fwupdate",
       2,
       0,
       Tool::meinfo,
       11,
       {{later_version, "11.0.0.1173"}, {local_update, "Disabled"}},
       0},
      {"later-local-fwupdate", 2, 1, Tool::fwupdlcl, 11, {{error, "8719"}}, 0},
      {"memanuf-errors-to-meinfo", 2, 0, Tool::memanuf, 6, {{error, "9367"}}, 0},
      {"memanuf-errors-to-meinfo",
       2,
       1,
       Tool::meinfo,
       8,
       {{bios_version, "A21"}, {later_version, "8.1.65.1586"}},
       0},
      {"missing-mei-line", 2, 0, Tool::fwupdlcl, 4, {{error, "8729"}}, 0},
      {"missing-mei-line", 2, 1, Tool::meinfo, 4, {{netstack_version, "4.0.3"}}, 0},
      {"one-line-fwupdlcl",
       1,
       0,
       Tool::fwupdlcl,
       5,
       {{communication_mode, "TPM"}, {error, "8729"}},
       0},
      {"prose-glued-to-error", 1, 0, Tool::fwupdlcl, 9, {{error, "8714"}}, 1},
      {"table-empty-cell",
       1,
       0,
       Tool::meinfo,
       4,
       {{brand, "Intel(R) AMT"},
        {amt_mode, ""},
        {build_number, "1124"},
        {link_status, "Link down"}},
       0},
      {"two-machines-error-first", 4, 2, Tool::fwupdlcl, 4, {{error, "8729"}}, 0},
      {"two-machines-error-first", 4, 3, Tool::meinfo, 4, {{flash_version, "4.1.3"}}, 0},
  };
  return all;
}

std::string lines_of(const ToolRun& run) {
  std::string text;
  for (const LogLine& line : run.lines)
    text += std::string(name(line.kind)) + ": " + line.text + "\n";
  return text;
}

TEST(FieldInputs, OfEachTheToolItsGenerationAndItsFactsAreRead) {
  for (const Expected& each : inputs()) {
    const FieldReport report = read_input(each.name);
    ASSERT_EQ(report.runs.size(), each.runs) << each.name;
    const ToolRun& run = report.runs[each.run];
    EXPECT_EQ(run.tool, each.tool) << each.name;
    EXPECT_EQ(run.generation, each.generation) << each.name;
    EXPECT_EQ(run.of_kind(LineKind::unknown).size(), each.unread_lines)
        << each.name << lines_of(run);
    for (const Tells& told : each.tells)
      EXPECT_EQ(value(run, told.fact), told.value) << each.name << ": " << name(told.fact);
    EXPECT_TRUE(report.tried.empty()) << each.name << ": nobody tells a deed";
  }
}

struct Outcome {
  const char* name;
  int exit;
  std::vector<LogStatus> statuses;
  bool is_advised;  ///< there is a plan
};

TEST(FieldInputs, OfEachTheVerdictTheExitStatusAndWhetherThereIsAdvice) {
  using enum LogStatus;
  const Outcome outcomes[] = {
      {"blank-separated", 0, {reproduced}, false},
      {"false-reproduction", 1, {not_understood}, false},
      {"html-br-one-line", 0, {reproduced}, true},
      {"intel-blank-r", 0, {reproduced}, false},
      {"missing-mei-line", 0, {reproduced, reproduced_but}, true},
      {"one-line-fwupdlcl", 0, {reproduced}, true},
      {"table-empty-cell", 0, {reproduced}, false},
      {"two-machines-error-first", 0, {reproduced, reproduced, reproduced, reproduced}, true},
  };
  for (const Outcome& each : outcomes) {
    const Reproduction all = reproduced_input(each.name);
    EXPECT_EQ(all.exit_status(), each.exit) << each.name << report_text(all);
    ASSERT_EQ(all.runs.size(), each.statuses.size()) << each.name;
    for (std::size_t i = 0; i < all.runs.size(); ++i)
      EXPECT_EQ(name(all.runs[i].status()), std::string(name(each.statuses[i]))) << each.name;
    EXPECT_EQ(!all.advice.plans.empty(), each.is_advised) << each.name;
  }
}

/// The line that the tool prints, of which deleting cost all.
TEST(FieldInputs, ALineMissingInThePasteCostsNeitherExplanationsNorAdvice) {
  const Reproduction cut = reproduced_input("missing-mei-line");
  std::string whole = input("missing-mei-line");
  whole.insert(whole.find("Intel(R) MEInfo"), "AMT SKU Found.\n");
  const engine::StoryFolder folder;
  const auto uncut = reproduce(reading(whole), folder.path());
  ASSERT_TRUE(uncut);
  ASSERT_FALSE(uncut->explained.survivors.empty());
  ASSERT_FALSE(cut.explained.survivors.empty());
  EXPECT_EQ(cut.explained.best.text, uncut->explained.best.text);
  EXPECT_EQ(cut.advice.plans.size(), uncut->advice.plans.size());
  EXPECT_NE(report_text(cut).find("missing in the paste, before line 6: AMT SKU Found."),
            std::string::npos)
      << report_text(cut);
}

TEST(FieldInputs, TheSecondMachinesUpdateIsOnItsOwnBoard) {
  const Reproduction all = reproduced_input("two-machines-error-first");
  ASSERT_EQ(all.states.size(), 2u);
  EXPECT_EQ(all.states[0].runs, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(all.states[1].runs, (std::vector<std::size_t>{2, 3}));
  EXPECT_NE(all.states[0].board, all.states[1].board);
  EXPECT_EQ(all.advice.worlds.size(), 2u);
}

TEST(FieldInputs, NothingIsToldThatIsNotThere) {
  const std::string text = report_text(reproduced_input("empty-value-told"));
  EXPECT_NE(text.find("it tells: BIOS GNET90WW (2.38 )\n"), std::string::npos) << text;
}

TEST(FieldInputs, OfLaterBoardsAllThatTheLogShowsIsTold) {
  struct Told {
    const char* name;
    std::vector<const char*> words;
  };
  const Told rows[] = {
      {"intelmetool",
       {"intelmetool", "Recovery", "Image Failure", "manufacturing mode YES", "0x1e003052",
        "8086:1e3a", "GET FW VERSION message failed", "firmware 8"}},
      {"dmesg-mei-hw-ready",
       {"kernel log", "00:03.0", "-110", "wait hw ready failed", "init hw failure"}},
      {"deed-kernel-line", {"disabled/deactivated (0x6)", "iTPM workaround"}},
      {"later-local-fwupdate", {"local update Disabled", "firmware 11.0.0.1173"}},
      {"later-8193", {"8769", "8193"}},
      {"later-8727-major", {"7.1.86.1221", "8.1.65.1568"}},
      {"later-8771", {"278.5888.528.528", "8771"}},
      {"memanuf-errors-to-meinfo", {"MEManuf", "9367", "9328", "9296", "8.1.65.1586"}},
      {"prose-glued-to-error", {"file open or read failure."}},
  };
  for (const Told& row : rows) {
    const Reproduction all = reproduced_input(row.name);
    const std::string text = report_text(all);
    for (const char* words : row.words)
      EXPECT_NE(text.find(words), std::string::npos) << row.name << ": " << words << "\n" << text;
    EXPECT_TRUE(all.advice.plans.empty()) << row.name;
  }
  EXPECT_EQ(report_text(reproduced_input("prose-glued-to-error")).find("failure.I am"),
            std::string::npos);
}

}  // namespace
}  // namespace scenarios::field
