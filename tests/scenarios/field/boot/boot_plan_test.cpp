// SPDX-License-Identifier: BSD-3-Clause
// Which board and which fault a pasted kernel log asks for.
#include "scenarios/field/boot/boot_plan.h"

#include <gtest/gtest.h>

#include "scenarios/field/boot/booted_log.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

BootPlan plan_of(const std::string& text) {
  const FieldReport report = reading(text);
  if (report.runs.size() != 1) {
    ADD_FAILURE() << report.runs.size() << " runs in " << text;
    return {};
  }
  const auto plan = boot_plan(report.runs.front());
  EXPECT_TRUE(plan) << text;
  return plan.value_or(BootPlan{});
}

std::string fault_of(const std::string& text) {
  const BootPlan plan = plan_of(text);
  return plan.faults.size() == 1 ? plan.faults.front() : "(not one)";
}

TEST(BootPlan, KnowsAnEngineThatNeverStarts) {
  EXPECT_EQ(fault_of("[   25.4] mei_me 0000:00:03.0: wait hw ready failed. status = -110\n"
                     "[   25.5] mei_me 0000:00:03.0: hw_start failed disabling the device\n"
                     "[   25.6] mei_me 0000:00:03.0: link layer initialization failed.\n"),
            "boot@1=ignore");
}

TEST(BootPlan, KnowsTheLastLineOfAnEngineThatNeverStarts) {
  EXPECT_EQ(fault_of("[    3.3] mei_me 0000:00:03.0: initialization failed.\n"), "boot@1=ignore");
  EXPECT_EQ(fault_of("[    3.3] mei: Init hw failure.\n"), "boot@1=ignore");
}

/// The driver says nothing more where its second try works.
TEST(BootPlan, KnowsALostReset) {
  EXPECT_EQ(fault_of("[ 9939.812541] kernel: mei_me 0000:00:03.0: wait hw ready failed\n"
                     "[ 9939.812552] kernel: mei_me 0000:00:03.0: hw_start failed ret = -62\n"),
            "link_reset@1=ignore");
}

TEST(BootPlan, KnowsWhichAnswerDidNotCome) {
  EXPECT_EQ(fault_of("mei_me 0000:00:03.0: waiting for mei start failed\n"),
            "host_message@1=ignore");
  EXPECT_EQ(fault_of("mei_me 0000:00:03.0: timer: init clients timeout hbm_state = 4.\n"),
            "host_message@2=ignore");
  EXPECT_EQ(fault_of("[4.1] mei 0000:00:03.0: reset: connect/disconnect timeout.\n"),
            "host_message@7=ignore");
}

/// The board of the 5 series and later has two clients more to tell of.
TEST(BootPlan, CountsTheMessagesOfItsBoard) {
  EXPECT_EQ(fault_of("[4.1] mei_me 0000:00:16.0: timer: connect/disconnect timeout.\n"),
            "host_message@9=ignore");
}

TEST(BootPlan, KnowsAnEngineThatRestarts) {
  EXPECT_EQ(fault_of("mei_me 0000:00:03.0: FW not ready: resetting.\n"), "host_message@1=me_reset");
  EXPECT_EQ(fault_of("mei_me 0000:00:03.0: FW not ready: resetting: dev_state = 2 pxp = 0\n"
                     "mei_me 0000:00:03.0: unexpected reset: dev_state = ENABLED fw status = 0\n"),
            "host_message@8=me_reset");
}

TEST(BootPlan, KnowsATpmByItsAnswer) {
  const BootPlan inactive =
      plan_of("tpm tpm0: A TPM error (6) occurred attempting to read a pcr value\n");
  EXPECT_EQ(inactive.set, std::vector<std::string>{"tpm.state.active=false"});
  EXPECT_TRUE(inactive.faults.empty());
  const BootPlan disabled = plan_of("tpm_tis 00:0a: TPM is disabled/deactivated (0x7)\n");
  EXPECT_EQ(disabled.set, std::vector<std::string>{"tpm.state.enabled=false"});
}

TEST(BootPlan, TakesBothFromOneLog) {
  const BootPlan plan = plan_of(
      "[1.0] tpm_tis 00:0a: Intel iTPM workaround enabled\n"
      "[1.1] tpm_tis 00:0a: TPM is disabled/deactivated (0x6)\n"
      "[9.0] mei_me 0000:00:03.0: waiting for mei start failed\n");
  EXPECT_EQ(plan.faults, std::vector<std::string>{"host_message@1=ignore"});
  EXPECT_EQ(plan.set, std::vector<std::string>{"tpm.state.active=false"});
  EXPECT_EQ(plan.tpm_hid, "PNP0C31");
  EXPECT_EQ(plan.because.size(), 3u);
}

TEST(BootPlan, KnowsAnAnswerTooMany) {
  EXPECT_EQ(fault_of("[4.1] mei 0000:00:03.0: reset: unexpected enumeration response hbm.\n"),
            "hbm_message@2=twice");
  EXPECT_EQ(fault_of("[4.1] mei_me 0000:00:03.0: hbm: enumeration response: state mismatch, "
                     "[2, 5]\n"),
            "hbm_message@2=twice");
  EXPECT_EQ(fault_of("[4.1] mei_me 0000:00:03.0: hbm: start: state mismatch, [2, 4]\n"),
            "hbm_message@1=twice");
}

/// The driver tells of the bit before it waits in vain.
TEST(BootPlan, KnowsAResetThatIsNotTaken) {
  EXPECT_EQ(fault_of("[4.1] mei_me 0000:00:03.0: H_RST is not set = 0x20000001\n"
                     "[6.1] mei_me 0000:00:03.0: wait hw ready failed\n"
                     "[6.2] mei_me 0000:00:03.0: hw_start failed ret = -62\n"),
            "link_reset@1=fail");
  EXPECT_EQ(fault_of("[4.1] mei_me 0000:00:03.0: H_RST is not set = 0x2000000D\n"
                     "[4.2] mei_me 0000:00:03.0: H_RDY is not cleared 0x2000000D\n"),
            "hbm_message@2=twice;link_reset@2=fail");
}

TEST(BootPlan, KnowsATpmWithoutRoom) {
  const BootPlan plan = plan_of("[0.1] tpm tpm0: Unable to read burstcount\n");
  EXPECT_EQ(plan.set, std::vector<std::string>{"tpm.tis.fifo_size=0"});
  EXPECT_TRUE(plan.faults.empty());
}

TEST(BootPlan, TakesABoardOfTheSlot) {
  EXPECT_EQ(plan_of("mei_me 0000:00:16.0: waiting for mei start failed\n").machine, "desktop-h87");
  EXPECT_EQ(plan_of("mei_me 0000:00:03.0: waiting for mei start failed\n").machine,
            "esprimo-e5730");
}

TEST(BootPlan, IsNotMadeForWhatTheBenchCannotBringAbout) {
  for (const char* text : {"[0.1] tpm tpm0: Operation Timed out\n",
                           "[1.0] mei_me 0000:00:16.0: enabling device (0000 -> 0002)\n",
                           "Error 8746: Invalid image length\n"}) {
    const FieldReport report = reading(text);
    EXPECT_TRUE(bootable_logs(report).empty()) << text;
  }
}

TEST(BootLogs, BootsEqualPlansOnceAndTellsWhyThereIsNoGuest) {
  FieldReport report;
  read_text("[1.0] mei_me 0000:00:03.0: waiting for mei start failed\n", "a.txt", report);
  read_text("[2.0] mei_me 0000:00:03.0: waiting for mei start failed\n", "b.txt", report);
  auto logs = bootable_logs(report);
  ASSERT_EQ(logs.size(), 2u);
  unsigned boots = 0;
  boot_logs(logs, report, [&](const BootPlan&) -> base::Result<std::string> {
    ++boots;
    return base::Error{base::Errc::not_found, "QEMU is missing"};
  });
  EXPECT_EQ(boots, 1u);
  for (const BootedLog& log : logs) {
    EXPECT_EQ(log.state, BootedLog::State::no_guest);
    EXPECT_EQ(log.failure, "QEMU is missing");
    EXPECT_FALSE(log.reproduced());
  }
}

constexpr const char* kInfo =
    "AMT SKU Found.\nIntel(R) MEInfo Win Version: 4.2.50.1053\nBIOS Version: 7UET93WW (3.23 )\n"
    "Intel(R) AMT code versions:\nFlash: 4.0.3\nNetstack: 4.0.3\nApps: 4.0.3\n"
    "Intel(R) AMT: 4.0.3\nSKU: ASF IAMT ITPM\n";
constexpr const char* kKernel = "[9.1] mei_me 0000:00:03.0: waiting for mei start failed\n";

/// The plans of a text, one for each kernel's log.
std::vector<BootPlan> plans_of(const std::string& text) {
  const engine::StoryFolder folder;
  const auto bench = FieldBench::make(reading(text), folder.path());
  EXPECT_TRUE(bench);
  std::vector<BootPlan> plans;
  for (const BootedLog& log : bootable_logs(bench->report(), shown_boards(*bench)))
    plans.push_back(log.plan);
  return plans;
}

std::string with_flash(std::string text, const std::string& version) {
  for (std::size_t at = text.find("4.0.3"); at != text.npos; at = text.find("4.0.3", at + 1))
    text.replace(at, 5, version);
  return text;
}

TEST(BootPlanOfAShownBoard, IsMadeForThatBoard) {
  const auto plans = plans_of(std::string(kInfo) + "\n" + kKernel);
  ASSERT_EQ(plans.size(), 1u);
  EXPECT_NE(plans[0].profile.find("version = \"4.0.3"), std::string::npos);
  EXPECT_TRUE(plans[0].machine.starts_with("board1-windows-4.0.3")) << plans[0].machine;
  EXPECT_NE(plans[0].text().find("--machine " + plans[0].machine + ".toml"), std::string::npos);
  EXPECT_EQ(plans[0].faults, std::vector<std::string>{"host_message@1=ignore"});
}

TEST(BootPlanOfAShownBoard, IsNoneForTheSlotOfLaterBoards) {
  const auto plans =
      plans_of(std::string(kInfo) + "\n[9.1] mei_me 0000:00:16.0: waiting for mei start failed\n");
  ASSERT_EQ(plans.size(), 1u);
  EXPECT_EQ(plans[0].machine, "desktop-h87");
  EXPECT_TRUE(plans[0].profile.empty());
}

TEST(BootPlanOfAShownBoard, IsNoneWhereNobodyTellsWhichOfTwo) {
  const auto plans = plans_of("First laptop:\n" + std::string(kInfo) + "\nSecond laptop:\n" +
                              with_flash(kInfo, "4.1.3") + "\nThird laptop:\n" + kKernel);
  ASSERT_EQ(plans.size(), 1u);
  EXPECT_TRUE(plans[0].profile.empty()) << plans[0].machine;
}

TEST(BootPlanOfAShownBoard, IsMadeForTheOneUnderTheSameHeading) {
  const auto plans = plans_of("First laptop:\n" + std::string(kInfo) + "\nSecond laptop:\n" +
                              with_flash(kInfo, "4.1.3") + "\n" + kKernel);
  ASSERT_EQ(plans.size(), 1u);
  EXPECT_NE(plans[0].profile.find("version = \"4.1.3"), std::string::npos) << plans[0].machine;
}

/// A board without a TPM cannot print a TPM's line.
TEST(BootPlanOfAShownBoard, IsNoneForATpmsLineWhereItHasNone) {
  std::string info = kInfo;
  info.replace(info.find(" ITPM"), 5, "");
  const auto plans = plans_of(info + "\n[1.1] tpm tpm0: TPM is disabled/deactivated (0x6)\n");
  ASSERT_EQ(plans.size(), 1u);
  EXPECT_EQ(plans[0].machine, "esprimo-e5730");
}

}  // namespace
}  // namespace scenarios::field
