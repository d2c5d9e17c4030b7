// SPDX-License-Identifier: BSD-3-Clause
// Which of the known cases fits what somebody pasted.
#include "updater/report/known_cases.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

using namespace updater::report;

std::string cases(std::string_view text) {
  std::string ids;
  for (const KnownCase* row : cases_of(read_pasted(text)))
    ids += (ids.empty() ? "" : " ") + std::string(row->id);
  return ids;
}

TEST(KnownCases, TellWhatTwoErrorsMeanTogether) {
  EXPECT_EQ(cases("Error 8741: FW Update Failed.\nError 8707: internal error"),
            "broken-off-by-the-firmware");
  EXPECT_EQ(cases("Intel (R) Firmware Update Utility Version: 11.8.90.3987\n"
                  "Error 8769: Polling for FW Update Failed.\n"
                  "Error 8193: Fail to load MEI device driver (PCI access for Windows)"),
            "gone-while-writing");
  EXPECT_EQ(cases("Error 8741: FW Update Failed."), "");
}

TEST(KnownCases, TellTheSwitchThatIsSeen) {
  EXPECT_EQ(cases("Intel(R) MEInfo Version: 11.8.55.3510\n"
                  "Local FWUpdate                               Disabled\n"
                  "Error 8719: Firmware update cannot be initiated"),
            "switched-off-and-seen");
  EXPECT_EQ(cases("Local FWUpdate: Enabled"), "");
}

TEST(KnownCases, CompareTheMajorVersionsOfBoardAndImage) {
  EXPECT_EQ(cases("ME firmware now: 7.1.86.1221\nC:\\>FWUpdLcl64.exe -f 81651568.bin -generic\n"
                  "Error 8727: Firmware update tool failed to get the firmware parameters."),
            "another-major-version");
  const Pasted same = read_pasted("FW Version: 8.1.30.1350\nFWUpdLcl64.exe -f 81651568.bin");
  EXPECT_EQ(same.board_version, "8.1");
  EXPECT_EQ(same.image_version, "8.1");
  EXPECT_FALSE(same.has(Sign::other_major_version));
}

TEST(KnownCases, KnowAnImageByAVersionThatMakesNoSense) {
  EXPECT_EQ(cases("Intel (R) Firmware Update Utility Version: 9.5.62.3002\n"
                  "*****   Image Info      ******\nVersion                 : 278.5888.528.528\n"
                  "Error 8771: Invalid File"),
            "cleaned-image");
  EXPECT_EQ(cases("Error 8771: Invalid File"), "invalid-file");
}

TEST(KnownCases, ReadStatusWordsToo) {
  EXPECT_EQ(cases("ME Status   : 0x1e003052\nME Status 2 : 0x1632017a"), "recovery-image-failure");
  EXPECT_EQ(cases("94000242 02F10507"), "recovery");
  EXPECT_EQ(cases("0x80022004 0x304D0116"), "disabled-on-purpose");
  EXPECT_EQ(cases("90000245 86110306"), "");
}

TEST(KnownCases, HoldForTheirGenerationsOnly) {
  EXPECT_EQ(cases("Firmware Update Utility Version: 15.0.10.1469\nError 280: Detected ME in "
                  "Recovery Mode"),
            "recovery-280 recovery");
  EXPECT_EQ(cases("Firmware Update Utility Version: 9.1.10.1000\nError 280"), "");
  EXPECT_EQ(cases("The BIOS shows ME firmware version 0.0.0.0"),
            "version-missing-5 version-missing");
  EXPECT_EQ(cases("MEInfo Win Version: 5.2.50.1042\nFirmware version 0.0.0.0"),
            "version-missing-5");
}

TEST(KnownCases, TakeOnlyTheEnginesOwnVersionForMissing) {
  EXPECT_EQ(cases("BIOS says: IEM FW 0.0.0.0"), "version-missing-5 version-missing");
  EXPECT_EQ(cases("ME FW Version: 0.0.0.0000"), "version-missing-5 version-missing");
  EXPECT_EQ(cases("FW Version: 0.0.0.0001"), "");
  EXPECT_EQ(cases("MEBx Version: 0.0.0.0000"), "");
  EXPECT_EQ(cases("Wireless Driver Version: 0.0.0.0"), "");
  EXPECT_EQ(cases("FW Version: 10.0.0.0"), "");
}

TEST(KnownCases, KnowABoardThatSwitchesItselfOff) {
  EXPECT_EQ(cases("PC shuts down at 30 minutes uptime"), "switches-off");
  EXPECT_EQ(cases("The ME firmware version is 0.0.0.0.\nIt turns off after half an hour."),
            "no-version-and-switches-off");
  EXPECT_EQ(cases("it took 30 minutes to download"), "");
}

/// Not each hexadecimal number is one: a capability word and a flash part's id are not.
TEST(StatusWords, AreThoseThatNoLabelNamesOtherwise) {
  using Words = std::vector<std::uint32_t>;
  EXPECT_EQ(read_pasted("FW Capabilities: 0x01101C40").status_words, Words{});
  EXPECT_EQ(read_pasted("W25Q128BV    ID:0xEF4018    Size: 16384KB").status_words, Words{});
  EXPECT_EQ(read_pasted("mei_me 0000:00:16.0: H_RST is set = 0x80000015").status_words, Words{});
  EXPECT_EQ(read_pasted("RCBA at 0xfed1c000").status_words, Words{});
  EXPECT_EQ(read_pasted("a word 1E000245 of mine").status_words, Words{0x1E000245});
  EXPECT_EQ(read_pasted("FW Status Register1: 0x1E000245\nRegister2: 0x76442312").status_words,
            (Words{0x1E000245, 0x76442312}));
  EXPECT_EQ(read_pasted("unexpected reset: dev_state = ENABLED fw status = 1E000245 60002306")
                .status_words,
            (Words{0x1E000245, 0x60002306}));
  EXPECT_EQ(read_pasted("94000242 88110006").status_words, (Words{0x94000242, 0x88110006}));
}

TEST(KnownCases, KnowAnEngineThatFoundItsImageDamaged) {
  EXPECT_EQ(cases("Intel(R) MEInfo Version: 9.1.45.3000\n"
                  "CurrentState: Disabled and waiting to timeout\nErrorCode: Image Failure"),
            "image-failure-and-waits");
  EXPECT_EQ(cases("ErrorCode: Image Failure"), "image-failure");
}

TEST(KnownCases, KnowTheKernelsLines) {
  EXPECT_EQ(cases("mei_me 0000:00:03.0: H_RST is set = 0x80000015"), "driver-not-ready");
  EXPECT_EQ(
      cases("mei_me 0000:00:16.0: reset: reached maximal consecutive resets: disabling the device"),
      "driver-gave-up");
  EXPECT_EQ(cases("kernel: [   24.9] mei_me 0000:00:03.0: wait hw ready failed. status = -110"),
            "driver-not-ready");
  EXPECT_EQ(cases("[   10.866734] tpm_tis 00:0a: TPM is disabled/deactivated (0x6)"),
            "tpm-inactive");
}

/// Of TrouSerS; its codes are the TPM's, and no errors of the update tools.
TEST(KnownCases, KnowWhatTpmToolsSay) {
  const char* inactive =
      "Tspi_TPM_GetPubEndorsementKey failed: 0x00000006 - layer=tpm, code=0006 (6), TPM is "
      "deactivated";
  EXPECT_EQ(cases(inactive), "tpm-inactive");
  EXPECT_TRUE(read_pasted(inactive).numbers.empty());
  EXPECT_EQ(cases("Tspi_TPM_TakeOwnership failed: 0x00000007 - layer=tpm, code=0007 (7), TPM is "
                  "disabled"),
            "tpm-disabled");
}

/// What Linux does about a silence is no cause beside it.
TEST(KnownCases, KnowAResetOfTheLinkWhereNothingElseIsTold) {
  const std::string reset =
      "mei_me 0000:00:16.4: unexpected reset: dev_state = ENABLED fw status = 0";
  EXPECT_EQ(cases(reset), "driver-reset-link");
  EXPECT_EQ(cases("mei_me 0000:00:03.0: timer: connect/disconnect timeout.\n" + reset),
            "connect-unanswered");
}

/// Rows of intelmetool without its words.
TEST(KnownCases, KnowAnEngineThatWasToldToStopByItsModeAlone) {
  EXPECT_EQ(cases("ME: Current Operation Mode : Debug"), "disabled-on-purpose");
  EXPECT_EQ(cases("ME: Current Operation Mode  : Normal"), "");
}

TEST(KnownCases, KnowARecoveryOfACleanedImage) {
  EXPECT_EQ(cases("used me_cleaner -S\nME: Current Working State   : Recovery"),
            "recovery-cleaned");
}

/// What follows from another line is no reason of its own.
TEST(KnownCases, KnowTheDriversLastLineWhereItIsAlone) {
  const std::string last = "mei_me 0000:00:03.0: initialization failed.\n";
  EXPECT_EQ(cases(last), "driver-start-failed");
  EXPECT_EQ(cases("mei_me 0000:00:03.0: wait hw ready failed\n" + last), "driver-not-ready");
  EXPECT_EQ(cases("mei_me 0000:00:03.0: reset: unexpected enumeration response hbm.\n" + last),
            "driver-out-of-turn");
}

/// 00304181: state 1 (initialising), operation 6 (bring up), error 4; 00020191: told to stop there.
TEST(KnownCases, KnowAnEngineThatHangsInItsBringUp) {
  EXPECT_EQ(cases("FWSTS0: 0x00304181, FWSTS1: 0x153B0100"), "hangs-in-bring-up");
  EXPECT_EQ(cases("Management Engine Interface driver has failed to perform handshake with the "
                  "Firmware (FWSTS0: 0x00304181, FWSTS1: 0x153B0100)"),
            "hangs-in-bring-up-windows");
  EXPECT_EQ(cases("0x00020191 0x100A0000"), "disabled-on-purpose");
  EXPECT_EQ(cases("0x1E000245 0x60000006"), "");
}

TEST(KnownCases, KnowWhatHpsStartUpTestSays) {
  EXPECT_EQ(cases("2218-ME Firmware Version should be updated."), "bios-wants-newer");
  EXPECT_EQ(cases("2206 - end of post heci failure"), "bios-cannot-reach");
}

TEST(KnownCases, EachHasASourceAndAnEnd) {
  std::set<std::string> ids;
  for (const KnownCase& row : known_cases()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_GT(row.conditions(), 0) << row.id;
    EXPECT_LE(row.first, row.last) << row.id;
    for (const char* words : {row.means, row.look_next, row.end, row.source})
      EXPECT_TRUE(words != nullptr && words[0] != '\0') << row.id;
  }
  EXPECT_GE(ids.size(), 25u);
}

}  // namespace
