// SPDX-License-Identifier: BSD-3-Clause
// A pasted kernel log beside that of Debian 12's kernel (6.1) in a guest.
#include "scenarios/field/boot/kernel_comparison.h"

#include <gtest/gtest.h>

#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

/// As that kernel prints it where the engine does not start; its first try, and the last of three.
constexpr const char* kNeverReady =
    "[   13.06] mei_me 0000:00:03.0: wait hw ready failed\n"
    "[   13.06] mei_me 0000:00:03.0: hw_start failed ret = -62\n"
    "[   13.06] mei_me 0000:00:03.0: H_RST is set = 0x20000011\n"
    "[   13.07] e1000e 0000:00:19.0: a line of another driver\n"
    "[   17.09] mei_me 0000:00:03.0: wait hw ready failed\n"
    "[   17.09] mei_me 0000:00:03.0: hw_start failed ret = -62\n"
    "[   17.09] mei_me 0000:00:03.0: reset: reached maximal consecutive resets: disabling the "
    "device\n"
    "[   17.09] mei_me 0000:00:03.0: reset failed ret = -19\n"
    "[   17.09] mei_me 0000:00:03.0: link layer initialization failed.\n"
    "[   17.09] mei_me 0000:00:03.0: init hw failure.\n"
    "[   17.09] mei_me 0000:00:03.0: initialization failed.\n";

Comparison compared(const std::string& theirs, const std::string& ours = kNeverReady) {
  const FieldReport report = reading(theirs);
  if (report.runs.size() == 1) return compare_kernel_logs(report.runs.front(), ours);
  ADD_FAILURE() << report.runs.size() << " runs in " << theirs;
  return {};
}

TEST(KernelComparison, DoesNotCountTries) {
  const Comparison c = compared(
      "[1.1] mei_me 0000:00:16.0: wait hw ready failed\n"
      "[1.2] mei_me 0000:00:16.0: hw_start failed ret = -62\n"
      "[1.3] mei_me 0000:00:16.0: H_RST is set = 0x800A0015\n"
      "[3.1] mei_me 0000:00:16.0: wait hw ready failed\n"
      "[3.2] mei_me 0000:00:16.0: hw_start failed ret = -62\n"
      "[3.4] mei_me 0000:00:16.0: reset: reached maximal consecutive resets: disabling the device\n"
      "[3.5] mei_me 0000:00:16.0: reset failed ret = -19\n"
      "[3.6] mei_me 0000:00:16.0: link layer initialization failed.\n"
      "[3.7] mei_me 0000:00:16.0: init hw failure.\n"
      "[3.8] mei_me 0000:00:16.0: initialization failed.\n");
  EXPECT_TRUE(c.reproduced());
  EXPECT_EQ(c.set_aside(), 0u);
  EXPECT_EQ(c.lines.size(), 10u);
  EXPECT_EQ(c.count(LineVerdict::observed), 1u);  // the register
}

/// Debian 13's kernel (6.12) beside a log of one that was told of the flaw.
TEST(KernelComparison, DoesNotMissHowOftenANewerKernelTriedTheFlawedTpm) {
  const Comparison c = compared(
      "[1.0] tpm_tis 00:0a: 1.2 TPM (device-id 0x1020, rev-id 6)\n"
      "[1.0] tpm_tis 00:0a: Intel iTPM workaround enabled\n",
      "[   11.2] tpm_tis 00:0a: 1.2 TPM (device-id 0x1020, rev-id 6)\n"
      "[   11.5] tpm tpm0: Exhausted 50 tpm_tis_send_data retries\n"
      "[   11.5] tpm_tis 00:0a: Detected an iTPM.\n");
  EXPECT_TRUE(c.reproduced());
  EXPECT_EQ(c.count(LineVerdict::unproven), 1u);
}

TEST(KernelComparison, DoesNotMissWhatAnOlderKernelNeverSays) {
  const Comparison c = compared(
      "[24.1] mei_me 0000:00:03.0: wait hw ready failed. status = -110\n"
      "[24.2] mei_me 0000:00:03.0: hw_start failed disabling the device\n"
      "[24.3] mei_me 0000:00:03.0: link layer initialization failed.\n"
      "[24.4] mei_me 0000:00:03.0: init hw failure.\n"
      "[24.5] mei_me 0000:00:03.0: initialization failed.\n");
  EXPECT_TRUE(c.reproduced());
  EXPECT_EQ(c.count(LineVerdict::reworded), 2u);
  EXPECT_EQ(c.missing_in_paste(), 0u);
  EXPECT_EQ(c.count(LineVerdict::unproven), 3u);
}

TEST(KernelComparison, TellsALineThatIsMissingInThePaste) {
  const Comparison c = compared(
      "[1.1] mei_me 0000:00:03.0: wait hw ready failed\n"
      "[1.2] mei_me 0000:00:03.0: hw_start failed ret = -62\n"
      "[1.3] mei_me 0000:00:03.0: H_RST is set = 0x800A0015\n"
      "[3.4] mei_me 0000:00:03.0: reset: reached maximal consecutive resets: disabling the device\n"
      "[3.5] mei_me 0000:00:03.0: reset failed ret = -19\n"
      "[3.7] mei_me 0000:00:03.0: init hw failure.\n"
      "[3.8] mei_me 0000:00:03.0: initialization failed.\n");
  EXPECT_TRUE(c.reproduced());
  EXPECT_EQ(c.missing_in_paste(), 1u);
}

/// Who asks about one line pastes one.
TEST(KernelComparison, GoesOnWhereThePasteEnds) {
  const Comparison c = compared("[1.1] mei_me 0000:00:03.0: wait hw ready failed\n");
  EXPECT_EQ(c.verdict, LogVerdict::prefix);
  EXPECT_TRUE(c.reproduced());
  EXPECT_EQ(c.beyond.size(), 7u);
  EXPECT_EQ(c.missing_in_paste(), 0u);
}

TEST(KernelComparison, HasMoreWhereThePasteBeginsLate) {
  const Comparison c = compared(
      "[1.1] mei_me 0000:00:03.0: init hw failure.\n"
      "[1.2] mei_me 0000:00:03.0: initialization failed.\n");
  EXPECT_EQ(c.verdict, LogVerdict::reproduced);
  EXPECT_EQ(c.missing_in_paste(), 0u);
  EXPECT_EQ(c.count(LineVerdict::unproven), 6u);
}

TEST(KernelComparison, DiffersWhereTheKernelSaysSomethingElse) {
  const Comparison c = compared(
      "[1.1] mei_me 0000:00:03.0: waiting for mei start failed\n"
      "[1.2] mei_me 0000:00:03.0: link layer initialization failed.\n"
      "[1.3] mei_me 0000:00:03.0: init hw failure.\n"
      "[1.4] mei_me 0000:00:03.0: initialization failed.\n");
  EXPECT_EQ(c.verdict, LogVerdict::differs);
  ASSERT_NE(c.first_difference(), nullptr);
}

TEST(KernelComparison, DiffersWhereTheKernelHereIsSilent) {
  EXPECT_EQ(compared("[1.1] mei_me 0000:00:03.0: init hw failure.\n", "").verdict,
            LogVerdict::differs);
}

/// Who looks for mei's lines takes no others.
TEST(KernelComparison, DoesNotMissADriverThatNobodyLookedFor) {
  const Comparison c = compared("[9.1] mei_me 0000:00:03.0: waiting for mei start failed\n",
                                "[5.7] tpm_tis 00:00: 1.2 TPM (device-id 0x1020, rev-id 6)\n"
                                "[12.3] mei_me 0000:00:03.0: waiting for mei start failed\n"
                                "[12.4] mei_wdt 0000:00:03.0-05b79a6f-4628-4d7f-899d-a91514cb32ab: "
                                "cannot connect\n");
  EXPECT_EQ(c.verdict, LogVerdict::reproduced);
  EXPECT_EQ(c.set_aside(), 0u);
}

TEST(KernelComparison, TakesTwoLinesOfOneAnswerForOurOne) {
  const Comparison c = compared(
      "[0.48] tpm_tis 00:06: 1.2 TPM (device-id 0x0, rev-id 78)\n"
      "[0.54] tpm tpm0: A TPM error (6) occurred attempting to read a pcr value\n"
      "[0.55] tpm tpm0: TPM is disabled/deactivated (0x6)\n",
      "[5.71] tpm_tis 00:00: 1.2 TPM (device-id 0x1020, rev-id 6)\n"
      "[6.65] tpm tpm0: TPM is disabled/deactivated (0x6)\n");
  EXPECT_TRUE(c.reproduced());
  EXPECT_EQ(c.set_aside(), 0u);
}

}  // namespace
}  // namespace scenarios::field
