// SPDX-License-Identifier: BSD-3-Clause
// Reports of owners, scenarios/field-reports/owners, each with what its public thread says: the
// answers were typed from the threads (docs/owners-reports.md), not from the program.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "scenarios/field/reading/read_report.h"
#include "scenarios/field/report/case_of_run.h"
#include "scenarios/field/report/reproduction.h"
#include "scenarios/field/report/summary.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

struct Owner {
  const char* name;
  Tool tool;                 ///< whose words are the report's last
  std::uint16_t generation;  ///< of the firmware or the tool; 0: the report does not show it
  const char* wrong;         ///< part of what is wrong, as the thread has it
  const char* to_do;         ///< part of what the thread does or advises
};

const std::vector<Owner>& owners() {
  static const std::vector<Owner> all = {
      {"a13b-zero-words", Tool::intelmetool, 11, "Every status word is 0", "first function"},
      {"akoya-p6640", Tool::intelmetool, 8, "image failed", "BIOS or ME package"},
      {"alienware-8743", Tool::fwupdlcl, 11, "found no ME", "ME's version in the BIOS set-up"},
      {"asus-v1s-me-error", Tool::screen, 0, "got an error, or no answer", "power away"},
      {"c720p-hw-ready", Tool::kernel, 6, "never became ready", "power away"},
      {"dc7700-2218", Tool::screen, 2, "older than it expects", "ME Flash"},
      {"dc7800-2210", Tool::screen, 0, "got an error, or no answer", "power away"},
      {"dq45cb-initialization", Tool::screen, 0, "did not start", "recovery method"},
      {"dq67sw-power-failure", Tool::meinfo, 7, "update client does not answer", "BIOS set-up"},
      {"dq67sw-zero-version", Tool::screen, 0, "got no version from it", "recovery method"},
      {"e6410-intelmetool", Tool::intelmetool, 6, "No fault is seen", "Nothing"},
      {"e6540-code-10", Tool::screen, 0, "driver got no answer", "version in the BIOS set-up"},
      {"e7250-meinfo-10", Tool::meinfo, 10, "No fault is seen", "Nothing"},
      {"elitebook-2560p-recovery", Tool::fwupdlcl, 6, "recovery code", "image again"},
      {"elitebook-820g3", Tool::screen, 11, "did not let it write", "version in the BIOS set-up"},
      {"envy-dv6-handshake", Tool::screen, 0, "stays in its bring-up", "power away"},
      {"evga-x99-vscc", Tool::memanuf, 9, "a check for the factory", "where the board runs"},
      {"folio-9470m-recovery", Tool::screen, 0, "recovery code", "image again"},
      {"fpt-26", Tool::fpt, 9, "does not let the host read", "service jumper"},
      {"framework-fwupdlcl-15", Tool::fwupdlcl, 15, "No fault is seen",
       "version in the BIOS set-up"},
      {"g3-fwupd-not-updated", Tool::fwupdmgr, 0, "has the version it had", "Windows"},
      {"h170-86-81", Tool::fwupdlcl, 6, "update client does not answer", "status words"},
      {"h87m-cleaned", Tool::intelmetool, 9, "told to stop early", "Nothing"},
      {"hap-meinfo-11-fwsts", Tool::meinfo, 11, "told to stop early", "Nothing"},
      {"hm70-meinfo-8-cleaned", Tool::meinfo, 8, "update client does not answer", "jumper"},
      {"hp-8200-8193", Tool::fwupdlcl, 7, "8193", "DOS"},
      {"i9-14900hx-status", Tool::kernel, 6, "never became ready", "power away"},
      {"ich-hw-ready", Tool::kernel, 0, "never became ready", "power away"},
      {"l580-update-failed", Tool::screen, 0, "it failed", "version in the BIOS set-up"},
      {"m6800-thirty-minutes", Tool::meinfo, 9, "image damaged", "with a programmer"},
      {"m92p-9458", Tool::meinfo, 8, "update client does not answer", "jumper"},
      {"maximus-viii-handshake", Tool::screen, 0, "recovery code", "image again"},
      {"me9-8741-8707", Tool::fwupdlcl, 9, "broke off by a fault of its own", "once more"},
      {"meinfo-82", Tool::meinfo, 11, "a client of the firmware did not answer",
       "version in the BIOS set-up"},
      {"n53-meinfo-7", Tool::meinfo, 6, "No fault is seen", "Nothing"},
      {"np350-cpu-pch", Tool::screen, 0, "does not allow this processor", "processor"},
      {"optiplex-5050-meinfo-11", Tool::meinfo, 11, "No fault is seen", "Nothing"},
      {"optiplex-7060-meinfo-12", Tool::meinfo, 12, "No fault is seen", "Nothing"},
      {"optiplex-980-fw-version", Tool::kernel, 0, "nothing is wrong", "Nothing"},
      {"p16-fwupd-history", Tool::fwupdmgr, 0, "has the version it had", "version in the BIOS"},
      {"precision-7710-83", Tool::meinfo, 6, "did not let it write", "from Windows"},
      {"qm67-cleaned", Tool::intelmetool, 7, "shrunk by me_cleaner", "cleaned the image"},
      {"t14s-recovery", Tool::screen, 0, "runs its recovery code", "image again"},
      {"t440-code-10", Tool::screen, 0, "driver got no answer", "version in the BIOS set-up"},
      {"t470-halted", Tool::meinfo, 11, "has halted", "power away"},
      {"t480-mespilock", Tool::screen, 0, "did not let it write", "from Windows"},
      {"t7600-jumper", Tool::meinfo, 7, "service jumper", "jumper back"},
      {"t61-unconfiguration", Tool::screen, 2, "takes the engine's set-up back", "power away"},
      {"t902-recovery", Tool::intelmetool, 8, "shrunk with me_cleaner", "unchanged image"},
      {"vaio-greset-217", Tool::fpt, 8, "stays in its bring-up", "power away"},
      {"vp2420-start-failed", Tool::kernel, 6, "never became ready", "power away"},
      {"w530-tpm-deactivated", Tool::kernel, 0, "TPM is deactivated", "Security Chip: Active"},
      {"w541-8746", Tool::fwupdlcl, 9, "8746", "image"},
      {"x1-carbon-3-mespilock", Tool::screen, 10, "did not let it write", "from Windows"},
      {"x10dal-sps", Tool::intelmetool, 0, "server's firmware", "server maker's"},
      {"x1c7-fw-ver", Tool::mei_files, 12, "No fault is seen", "Nothing"},
      {"x200-itpm-inactive", Tool::kernel, 0, "TPM is deactivated", "Security Chip: Active"},
      {"x200-tpm-failed", Tool::screen, 0, "lost the iTPM and found it again", "BIOS"},
      {"x220-running", Tool::intelmetool, 7, "No fault is seen", "Nothing"},
      {"x60-burstcount", Tool::kernel, 0, "could not speak with it", "kernel"},
      {"x99-handshake", Tool::screen, 0, "recovery code", "image again"},
      {"x9scm-init-hw", Tool::kernel, 6, "could not start", "power away"},
      {"xps-8300-handshake", Tool::screen, 0, "stays in its bring-up", "power away"},
      {"y740-hsi", Tool::fwupdmgr, 12, "knows of holes", "newest BIOS"},
      {"z170-alternate-disable", Tool::memanuf, 11, "told to stop early", "Nothing"},
      {"z87-8714", Tool::fwupdlcl, 9, "cannot be opened or read", "path"},
      {"zbook14-8193", Tool::fwupdlcl, 9, "no driver for one was found", "driver"},
  };
  return all;
}

/// Of these a person's own words are all there is: nothing of a tool or a screen is in them.
const std::set<std::string>& words_alone() {
  static const std::set<std::string> all = {"b5400-thirty-minutes", "t400-ten-minutes"};
  return all;
}

Reproduction reproduced(const std::string& name) {
  const engine::StoryFolder folder;
  auto report = read_report({kReports + "owners/" + name + ".txt"});
  EXPECT_TRUE(report) << name;
  auto all = reproduce(std::move(*report), folder.path());
  EXPECT_TRUE(all) << name;
  return std::move(*all);
}

TEST(OwnersReports, AreAllJudged) {
  std::set<std::string> judged = words_alone();
  for (const Owner& each : owners()) judged.insert(each.name);
  std::set<std::string> there;
  for (const auto& file : std::filesystem::directory_iterator(kReports + "owners"))
    there.insert(file.path().stem().string());
  EXPECT_EQ(judged, there);
}

TEST(OwnersReports, AreReadAsTheToolsThatPrintedThem) {
  for (const Owner& each : owners()) {
    const Reproduction all = reproduced(each.name);
    ASSERT_FALSE(all.report.runs.empty()) << each.name;
    EXPECT_EQ(all.report.runs.back().tool, each.tool) << each.name;
    EXPECT_EQ(all.report.runs.back().generation, each.generation) << each.name;
  }
}

TEST(OwnersReports, AreAnsweredAsTheirThreadsWere) {
  for (const Owner& each : owners()) {
    const Summary told = summary_of(reproduced(each.name));
    EXPECT_NE(told.wrong.find(each.wrong), std::string::npos) << each.name << ": " << told.wrong;
    EXPECT_NE(told.what_to_do.find(each.to_do), std::string::npos)
        << each.name << ": " << told.what_to_do;
  }
}

TEST(OwnersReports, InWordsAloneAreNoLogAndAreToldSo) {
  for (const std::string& name : words_alone()) {
    const Reproduction all = reproduced(name);
    EXPECT_TRUE(all.report.runs.empty()) << name;
    EXPECT_EQ(all.exit_status(), 2) << name;
  }
}

/// fwupd draws its history as a tree.
TEST(OwnersReports, OfATreeEachLineIsRead) {
  const Reproduction all = reproduced("p16-fwupd-history");
  const auto& seen = all.report.runs.at(0).observations;
  const auto says = [&](const std::string& begin) {
    return std::any_of(seen.begin(), seen.end(),
                       [&](const Observation& each) { return each.value.starts_with(begin); });
  };
  for (const char* begin : {"Previous version:", "Update State:", "Update Error:"})
    EXPECT_TRUE(says(begin)) << begin;
}

/// Nothing that only looks like a status word, or like an error's number, is told as one.
TEST(OwnersReports, TellNoNumberThatIsNone) {
  for (const char* name :
       {"evga-x99-vscc", "w541-8746", "c720p-hw-ready", "w530-tpm-deactivated"}) {
    const Reproduction all = reproduced(name);
    for (const ToolRun& run : all.report.runs) {
      const CaseOfRun told = case_of(all.report, run);
      EXPECT_FALSE(told.known.status) << name << case_text(told);
      for (const auto* row : told.known.rows) EXPECT_GE(row->number, 8192u) << name << row->title;
    }
  }
}

}  // namespace
}  // namespace scenarios::field
