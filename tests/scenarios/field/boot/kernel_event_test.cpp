// SPDX-License-Identifier: BSD-3-Clause
// What two kernels' lines have in common: drivers/misc/mei and drivers/char/tpm of Linux 3 and 6.
#include "scenarios/field/boot/kernel_event.h"

#include <gtest/gtest.h>

namespace scenarios::field {
namespace {

std::string key(std::string_view message) {
  return kernel_event(message).key;
}

TEST(KernelEvent, IsTheSameInTheWordsOfAnotherAge) {
  EXPECT_EQ(key("wait hw ready failed. status = -110"), key("wait hw ready failed"));
  EXPECT_EQ(key("hw_start failed disabling the device"),
            key("hw_start failed ret = -62 fw status = 803401FD 00000000"));
  EXPECT_EQ(key("Intel iTPM workaround enabled"), key("Detected an iTPM."));
  EXPECT_EQ(key("reset: connect/disconnect timeout."), key("timer: connect/disconnect timeout."));
}

/// Words of 6.1 as a guest printed them; older ones: linux-kernel list, 4 April 2017, and
/// Linux 3.8.
TEST(KernelEvent, IsTheSameOfAnAnswerTooManyAndOfATpmWithoutRoom) {
  EXPECT_EQ(key("reset: unexpected enumeration response hbm."),
            key("hbm: enumeration response: state mismatch, [1, 5]"));
  EXPECT_EQ(key("reset: wrong host start response"), key("hbm: start: state mismatch, [1, 4]"));
  EXPECT_NE(key("hbm: start: state mismatch, [1, 4]"),
            key("hbm: enumeration response: state mismatch, [1, 5]"));
  EXPECT_EQ(key("tpm_transmit: tpm_send: error -16"), key("tpm_try_transmit: send(): error -16"));
  EXPECT_EQ(key("Could not get TPM timeouts and durations"),
            key("A TPM error (-16) occurred attempting to determine the timeouts"));
}

TEST(KernelEvent, HasNoNumberOfItsBoard) {
  EXPECT_EQ(key("H_RST is set = 0x800A0015"), key("H_RST is set = 0x20000011"));
  EXPECT_EQ(key("1.2 TPM (device-id 0x1020, rev-id 6)"), key("1.2 TPM (device-id 0x0, rev-id 78)"));
  EXPECT_EQ(key("enabling device (0000 -> 0002)"), key("enabling device (0006 -> 0000)"));
}

TEST(KernelEvent, TellsATpmOfTwoFromOneOfOnePointTwo) {
  EXPECT_NE(key("1.2 TPM (device-id 0x1020, rev-id 6)"),
            key("2.0 TPM (device-id 0x1020, rev-id 6)"));
}

TEST(KernelEvent, TellsWhatATpmAnswers) {
  EXPECT_EQ(key("TPM is disabled/deactivated (0x6)"),
            key("A TPM error (6) occurred attempting to read a pcr value"));
  EXPECT_NE(key("TPM is disabled/deactivated (0x6)"), key("TPM is disabled/deactivated (0x7)"));
  EXPECT_NE(key("A TPM error (38) occurred attempting to read a pcr value"),
            key("TPM is disabled/deactivated (0x6)"));
  // Hexadecimal is not decimal.
  EXPECT_NE(key("A TPM error (16) occurred attempting to read a pcr value"),
            key("A TPM error (0x16) occurred attempting to read a pcr value"));
}

TEST(KernelEvent, TellsTheDriversStatesApart) {
  EXPECT_NE(key("unexpected reset: dev_state = ENABLED fw status = 1E000245"),
            key("unexpected reset: dev_state = RESETTING fw status = 1E000245"));
}

TEST(KernelEvent, KnowsWhichWordsOnlyOneAgeHas) {
  EXPECT_EQ(kernel_event("hw_start failed disabling the device").words, KernelWords::older);
  EXPECT_EQ(kernel_event("reset failed ret = -19").words, KernelWords::newer);
  EXPECT_EQ(kernel_event("init hw failure.").words, KernelWords::any);
}

}  // namespace
}  // namespace scenarios::field
