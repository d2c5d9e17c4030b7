// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/comparison.h"

#include <gtest/gtest.h>

#include "scenarios/field/read_report.h"

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

TEST(Compare, Generation4NamesNeitherDriverNorBlocks) {
  ToolRun run = run_of(
      "Firmware Update Utility Version 4.2.50.1053\nTrying to connect to MEI driver.\n"
      "Communication Mode: TPM\nError (8729): x\n");
  const Comparison found = compare(
      run,
      "Trying to connect to MEI driver.Connected to HECI driver, version: 4.2.0.1008\n"
      "***** Flash Info ******\nVersion : 4.0.3.1124\nLast Update Staus : 0\nSKU : (44)\n: ASF2\n"
      "EnabledUpdateInterfaces : 5\n***** Image Info ******\nVersion : 4.1.0.1000\nSKU : (44)\n: "
      "ASF2\n"
      "Communication Mode: TPM\nError (8729): x\n");
  EXPECT_EQ(found.verdict, LogVerdict::reproduced);
}

TEST(Compare, AMaskedAddressMatchesAnyAddressAndAnotherLineDoesNot) {
  const ToolRun run =
      run_of("Intel(R) MEInfo Version: 5.0.0.1\nMAC Address: 00-xx-yy\nVendorID: 8086\n");
  const Comparison found = compare(run, "MAC Address: 02-00-00-00-00-01\nVendorID: 8087\n");
  EXPECT_EQ(found.lines[0].verdict, LineVerdict::masked);
  EXPECT_EQ(found.lines[1].verdict, LineVerdict::differs);
}

}  // namespace
}  // namespace scenarios::field
