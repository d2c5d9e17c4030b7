// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/replay/comparison.h"

#include <gtest/gtest.h>

#include "scenarios/field/reading/read_report.h"

namespace scenarios::field {
namespace {

ToolRun run_of(const std::string& text) {
  FieldReport report;
  read_text(text, "log.txt", report);
  EXPECT_EQ(report.runs.size(), 1u);
  return report.runs.at(0);
}

const std::string kUpdate =
    "FWUpdLcl.exe x.bin -tpm\nFirmware Update Utility Version 5.2.50.1042\n"
    "Trying to connect to MEI driver.\nCommunication Mode: TPM\n";

TEST(Compare, BlanksAreComparedAsOneAndTheBannerNotAtAll) {
  const Comparison found =
      compare(run_of(kUpdate), "Trying  to connect to MEI driver.\nCommunication Mode:   TPM\n");
  EXPECT_EQ(found.verdict, LogVerdict::reproduced);
  EXPECT_EQ(found.lines.size(), 2u);
}

TEST(Compare, ALogWithoutAnOutcomeIsReproducedByWhatBeginsWithIt) {
  const Comparison found =
      compare(run_of(kUpdate),
              "Trying to connect to MEI driver.\nCommunication Mode: TPM\nError (8729): x\n");
  EXPECT_EQ(found.verdict, LogVerdict::prefix);
  EXPECT_EQ(found.beyond, std::vector<std::string>{"Error (8729): x"});
}

TEST(Compare, ALastLineThatBreaksOffIsTheBeginningOfOurs) {
  const std::string whole = "Trying to connect to MEI driver.\nCommunication Mode: TPM\n";
  const std::string head = "FWUpdLcl.exe x.bin\nTrying to connect to MEI driver.\n";
  const auto last_of = [&](const std::string& log) {
    const Comparison found = compare(run_of(log), whole);
    return std::string(name(found.verdict)) + ": " + name(found.lines.back().verdict);
  };
  EXPECT_EQ(last_of(head + "Communication Mode:\n"), "reproduced: cut");
  EXPECT_EQ(last_of(head + "Communication Mode: T\nThat was all.\n"), "reproduced: cut");
  EXPECT_EQ(last_of(head + "Communication Mode: TPMs\n"), "differs: differs");
  EXPECT_EQ(last_of(head + "Communication Mode: H\n"), "differs: differs");
}

TEST(Compare, AWrappedLineIsEqualAndOneFollowedByOtherWordsIsNot) {
  const std::string ours =
      "VendorID: 8086\nManageability Mode: Intel(R) Standard Manageability\nLink status: Link up\n";
  const auto wrapped = [&](const std::string& rest) {
    return name(compare(run_of("VendorID: 8086\nManageability Mode: Intel(R) Standard\n" + rest +
                               "\nLink status: Link up\n"),
                        ours)
                    .verdict);
  };
  EXPECT_STREQ(wrapped("Manageability"), "reproduced");
  EXPECT_STREQ(wrapped("words"), "differs");
}

TEST(Compare, ALineThatBreaksOffInTheMiddleOfALogDiffers) {
  const Comparison found = compare(
      run_of("FWUpdLcl.exe x.bin\nTrying to connect to MEI driver.\nCommunication Mode:\n"
             "FW image is uploading through TPM.\n"),
      "Trying to connect to MEI driver.\nCommunication Mode: TPM\nFW image is uploading through "
      "TPM.\n");
  ASSERT_NE(found.first_difference(), nullptr);
  EXPECT_EQ(found.first_difference()->log.number, 3u);
}

TEST(Compare, ALogWithAnOutcomeMustEndWhereOursEnds) {
  const Comparison found =
      compare(run_of(kUpdate + "Error (8729): x\n"),
              "Trying to connect to MEI driver.\nCommunication Mode: TPM\nError (8729): x\nMore\n");
  EXPECT_EQ(found.verdict, LogVerdict::differs);
}

TEST(Compare, TheFirstDifferenceNamesItsLine) {
  const Comparison found =
      compare(run_of(kUpdate),
              "Trying to connect to MEI driver.\nCommunication Mode: HECI\nError (1): x\n");
  ASSERT_NE(found.first_difference(), nullptr);
  EXPECT_EQ(found.first_difference()->log.number, 4u);
  EXPECT_EQ(found.first_difference()->ours, "Communication Mode: HECI");
}

TEST(Compare, OursThatEndsEarlyDiffers) {
  const Comparison found = compare(run_of(kUpdate), "Trying to connect to MEI driver.\n");
  EXPECT_EQ(found.verdict, LogVerdict::differs);
  EXPECT_EQ(found.first_difference()->verdict, LineVerdict::missing);
}

TEST(Compare, ALogWithoutItsHeadIsLaidWhereItFits) {
  const Comparison found =
      compare(run_of("VendorID: 8086\nBuild Number: 1111\n"),
              "BIOS Version: X\nVendorID: 8086\nBuild Number: 1111\nLink status: Link up\n");
  EXPECT_EQ(found.verdict, LogVerdict::prefix);
  EXPECT_EQ(found.beyond.size(), 1u);
}

TEST(Compare, TheSameErrorInOtherWordsIsTheSameOutcomeAndAnotherNumberIsNot) {
  const ToolRun run = run_of(kUpdate + "Error 8719: Local Firmware Update is disabled.\n");
  const std::string head = "Trying to connect to MEI driver.\nCommunication Mode: TPM\n";
  const Comparison same = compare(run, head + "Error (8719): It is switched off.\n");
  EXPECT_EQ(same.verdict, LogVerdict::reproduced);
  EXPECT_EQ(same.count(LineVerdict::reworded), 1u);
  const Comparison other =
      compare(run, head + "Error (8720): Local Firmware Update is disabled.\n");
  EXPECT_EQ(other.verdict, LogVerdict::differs);
}

TEST(Compare, ALineThatOursAloneHasIsMissingInThePaste) {
  const Comparison found =
      compare(run_of("VendorID: 8086\nLink status: Link up\nTPM State: Operational\n"),
              "VendorID: 8086\nBuild Number: 1\nLink status: Link up\nTPM State: Operational\n");
  EXPECT_EQ(found.verdict, LogVerdict::reproduced);
  EXPECT_EQ(found.missing_in_paste(), 1u);
  ASSERT_EQ(found.lines.size(), 4u);
  EXPECT_EQ(found.lines[1].verdict, LineVerdict::added);
  EXPECT_EQ(found.lines[2].verdict, LineVerdict::equal);
  EXPECT_EQ(found.lines[3].verdict, LineVerdict::equal);
}

TEST(Compare, ALineThatTheLogAloneHasWeighsTooMuchInAShortLogAndTheNextOnesGoOn) {
  const Comparison found =
      compare(run_of("VendorID: 8086\nBuild Number: 1\nLink status: Link up\n"),
              "VendorID: 8086\nLink status: Link up\n");
  EXPECT_EQ(found.verdict, LogVerdict::differs);
  EXPECT_EQ(found.lines[1].verdict, LineVerdict::theirs);
  EXPECT_EQ(found.lines[2].verdict, LineVerdict::equal);
}

TEST(Compare, BlanksAroundAColonAreNotCompared) {
  const Comparison found = compare(run_of("VendorID : 8086\niTPM - Lockout multiplier:2\n"),
                                   "VendorID: 8086\niTPM - Lockout multiplier: 2\n");
  EXPECT_EQ(found.count(LineVerdict::equal), 2u);
}

TEST(Compare, AnUploadOverHeciNeedNotBeInTheLog) {
  const Comparison found = compare(
      run_of("FWUpdLcl.exe x.bin\nFirmware Update Utility Version 5.2.50.1042\n"
             "Trying to connect to MEI driver.\nFirmware update completed successfully.\n"),
      "Trying to connect to MEI driver.\nCommunication Mode: HECI\nFW image is uploading through "
      "HECI.\nFW update is complete.\n");
  EXPECT_EQ(found.verdict, LogVerdict::reproduced);
  EXPECT_EQ(found.count(LineVerdict::unproven), 2u);
}

TEST(Compare, TheWirelessDriversVersionIsKnownElsewhere) {
  const Comparison found = compare(run_of("Wireless Driver Version: 12.2.0.11\n"),
                                   "Wireless Driver Version: Not Available\n");
  EXPECT_EQ(found.verdict, LogVerdict::reproduced);
  EXPECT_EQ(found.lines[0].verdict, LineVerdict::elsewhere);
}

/// The verdict on the last line of `log` beside `ours`; both are one line of MEInfo behind another.
LineVerdict verdict_on(const std::string& log, const std::string& ours) {
  const Comparison found = compare(run_of("VendorID: 8086\n" + log), "VendorID: 8086\n" + ours);
  EXPECT_EQ(found.lines.size(), 2u);
  return found.lines.back().verdict;
}

TEST(Compare, AnotherSpellingIsTheSameValue) {
  for (const auto& [log, ours] :
       {std::pair{"MAC Address: 00-1F-C6-AA-BB-CC\n", "MAC Address: 00-1f-c6-aa-bb-cc\n"},
        std::pair{"MAC Address: 00:1F:C6:12:34:56\n", "MAC Address: 00-1f-c6-12-34-56\n"},
        std::pair{"FW Status Register: 0x1E000245\n", "FW Status Register: 0X1E000245\n"},
        std::pair{"Link Status: Link Up\n", "Link status: Link up\n"},
        std::pair{"FWU Override Counter: Never\n", "FWU Override Counter: 0\n"},
        std::pair{"CRYPTOGRAPHY FUSE: ENABLED\n", "Cryptography fuse: Enabled\n"}})
    EXPECT_EQ(verdict_on(log, ours), LineVerdict::reworded) << log;
  EXPECT_EQ(verdict_on("MAC Address: 00:1F:C6:12:34:57\n", "MAC Address: 00-1f-c6-12-34-56\n"),
            LineVerdict::differs);
  EXPECT_EQ(verdict_on("FW Status Register: 0x1E000244\n", "FW Status Register: 0X1E000245\n"),
            LineVerdict::differs);
}

TEST(Compare, AnIpAddressMayBeBlankedToo) {
  EXPECT_EQ(verdict_on("IP Address: 192.168.x.x\n", "IP Address: 0.0.0.0\n"), LineVerdict::masked);
  EXPECT_EQ(verdict_on("IP Address: 192.168.1.2\n", "IP Address: 0.0.0.0\n"), LineVerdict::differs);
}

TEST(Compare, AValueInWhichTheFileEndsIsNotComparedButItsLabelIs) {
  EXPECT_EQ(verdict_on("MEBx Version: 5.0", "MEBx Version: 0.0.0.0\n"), LineVerdict::cut);
  EXPECT_EQ(verdict_on("MEBx Version: 5.0\n", "MEBx Version: 0.0.0.0\n"), LineVerdict::differs);
  EXPECT_EQ(verdict_on("MEBx Version: 5.0", "FT Version: 5.0\n"), LineVerdict::differs);
}

TEST(Compare, TheBeginningOfALineBehindTheLastOneIsOne) {
  const Comparison found = compare(
      run_of("Trying to connect to MEI driver.\nCommunication Mode: TPM\nFW image is\nand then?\n"),
      "Trying to connect to MEI driver.\nCommunication Mode: TPM\nFW image is uploading through "
      "TPM.\n");
  ASSERT_EQ(found.lines.size(), 3u);
  EXPECT_EQ(found.lines[2].verdict, LineVerdict::cut);
}

TEST(Compare, AnErrorThatOnlyAnnouncesAnotherIsNotCompared) {
  const std::string head = "Trying to connect to MEI driver.\nCommunication Mode: TPM\n";
  const Comparison found =
      compare(run_of(head + "Error (8741): FW Update Failed.\nError (8706): Invalid image\n"),
              head + "Error (8706): words\n");
  EXPECT_EQ(found.verdict, LogVerdict::reproduced);
  EXPECT_EQ(found.lines.size(), 3u);
}

/// Of a run's last line.
LineVerdict verdict(const std::string& log, const std::string& ours) {
  const std::string head = "Trying to connect to MEI driver.\nCommunication Mode: TPM\n";
  return compare(run_of(head + log), head + ours).lines.back().verdict;
}

TEST(Compare, AnOutcomeIsItsNumberHoweverItIsWritten) {
  for (const char* log : {"Error (8706): others' words\n", "ERROR (8706): OTHERS' WORDS\n",
                          "\"Error (8706): in a person's quotation marks\"\n"})
    EXPECT_EQ(verdict(log, "Error (8706): words\n"), LineVerdict::reworded) << log;
  for (const char* log : {"FW Update is complete.\n", "Firmware update completed successfully\n",
                          "fw update successful\n"})
    EXPECT_EQ(verdict(log, "FW Update is successful.\n"), LineVerdict::reworded) << log;
  EXPECT_EQ(verdict("FW Update is complete.\n", "Error (8706): words\n"), LineVerdict::differs);
}

TEST(Compare, WhichNumberTellsOfSilenceIsNotKnown) {
  EXPECT_EQ(verdict("Error (8741): FW Update Failed.\n", "Error (8718): words\n"),
            LineVerdict::reworded);
  EXPECT_EQ(verdict("Error (8724): words\n", "Error (8718): words\n"), LineVerdict::reworded);
  EXPECT_EQ(verdict("Error (8718): words\n", "Error (8741): words\n"), LineVerdict::differs);
  EXPECT_EQ(verdict("Error (8706): words\n", "Error (8718): words\n"), LineVerdict::differs);
}

TEST(Compare, AMaskedAddressMatchesAnyAddressAndAnotherLineDoesNot) {
  const ToolRun run =
      run_of("Intel(R) MEInfo Version: 5.0.0.1\nMAC Address: 00-xx-yy\nVendorID: 8086\n");
  const Comparison found = compare(run, "MAC Address: 02-00-00-00-00-01\nVendorID: 8087\n");
  EXPECT_EQ(found.lines[0].verdict, LineVerdict::masked);
  EXPECT_EQ(found.lines[1].verdict, LineVerdict::differs);
}

const std::string kInfo =
    "Intel(R) MEInfo Version: 5.0.0.1167\nVendorID: 8086\nBuild Number: 1111\n"
    "Link status: Link up\nCryptography fuse: Enabled\nFlash protection: Enabled\n"
    "BIOS boot State: Post Boot\n";
const std::string kOurInfo =
    "VendorID: 8086\nBuild Number: 1111\nLink status: Link up\nCryptography fuse: Enabled\n"
    "Flash protection: Enabled\nBIOS boot State: Post Boot\n";

std::string with_line(const std::string& text, const std::string& before, const std::string& line) {
  const std::size_t at = text.find(before);
  return text.substr(0, at) + line + "\n" + text.substr(at);
}

TEST(Compare, ALineThatOnlyTheirsHasIsToldAndWeighed) {
  const Comparison found =
      compare(run_of(with_line(kInfo, "Link status", "UNS Version: 5.2.0.1010")), kOurInfo);
  EXPECT_EQ(found.verdict, LogVerdict::reproduced);
  EXPECT_EQ(found.count(LineVerdict::theirs), 1u);
  EXPECT_EQ(found.set_aside(), kWeightOfTheirs);
  EXPECT_EQ(set_aside_words(found), "1 line that only theirs has");
}

TEST(Compare, TwoLinesThatOnlyTheirsHasWeighTooMuch) {
  const std::string log = with_line(with_line(kInfo, "Link status", "UNS Version: 5.2.0.1010"),
                                    "Cryptography", "LMS Version: 5.2.0.1010");
  const Comparison found = compare(run_of(log), kOurInfo);
  EXPECT_EQ(found.verdict, LogVerdict::differs);
  ASSERT_NE(found.first_difference(), nullptr);
  EXPECT_EQ(found.first_difference()->log.text, "UNS Version: 5.2.0.1010");
}

TEST(Compare, ALineThatTellsHowTheUpdateWentIsNeverSetAside) {
  const Comparison found =
      compare(run_of(kUpdate + "FW image is uploading through TPM.\nError (8729): x\n"),
              "Trying to connect to MEI driver.\nCommunication Mode: TPM\nError (8729): x\n");
  EXPECT_EQ(found.verdict, LogVerdict::differs);
  EXPECT_EQ(found.count(LineVerdict::theirs), 0u);
}

TEST(Compare, ALineThatNobodyCanReadStandsForTheOneOfOursInItsPlace) {
  std::string log = kInfo;
  log.replace(log.find("Link status: Link up"), 20, "#### ~~~ ??? ####");
  const Comparison found = compare(run_of(log), kOurInfo);
  EXPECT_EQ(found.verdict, LogVerdict::reproduced);
  EXPECT_EQ(found.missing_in_paste(), 0u);
  ASSERT_EQ(found.count(LineVerdict::unread), 1u);
  EXPECT_EQ(found.set_aside(), 1u);
  EXPECT_EQ(set_aside_words(found), "1 line that nobody can read");
}

}  // namespace
}  // namespace scenarios::field
