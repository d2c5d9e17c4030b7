// SPDX-License-Identifier: BSD-3-Clause
// MEInfo from ME 6 on: boards of public logs, and what those logs have line for line. Lines whose
// value no device tells this program are left out of them.
#include <gtest/gtest.h>

#include <sstream>

#include "protocol/generation.h"
#include "updater/report/meinfo.h"

namespace {

using namespace updater;
using protocol::tools::Meinfo;

const Meinfo& dialect_called(std::string_view format) {
  for (const Meinfo& each : protocol::tools::kMeinfo) {
    if (each.format == format) return each;
  }
  for (const Meinfo& each : protocol::tools::kMeinfoStatus) {
    if (each.format == format) return each;
  }
  ADD_FAILURE() << format;
  return protocol::tools::kMeinfo.front();
}

inventory::Inventory board_of(protocol::FirmwareVersion version,
                              std::vector<std::uint32_t> words = {}) {
  inventory::Inventory board;
  board.version = protocol::fwu::VersionReply{.code = version};
  board.firmware_status_words = std::move(words);
  return board;
}

/// Forums make one blank of many.
std::string with_single_blanks(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' && (out.empty() || out.back() == ' ' || out.back() == '\n');
    if (!blank) out += c;
  }
  return out;
}

/// corna/me_cleaner issue 3 (a laptop with 11.8.50, HAP set), its blanks as they stand there.
TEST(MeinfoStatus, OfElevenIsThatOfALogWithTheAlternateDisableMode) {
  const auto board = board_of(
      {11, 8, 50, 3425}, {0x80022004, 0x304D0116, 0x00000020, 0x00086000, 0x00000000, 0x40000004});
  EXPECT_EQ(report::meinfo(board, dialect_called("meinfo-11-fwsts")),
            "FW Status Register1: 0x80022004\n"
            "FW Status Register2: 0x304D0116\n"
            "FW Status Register3: 0x00000020\n"
            "FW Status Register4: 0x00086000\n"
            "FW Status Register5: 0x00000000\n"
            "FW Status Register6: 0x40000004\n"
            "  CurrentState:                               Disabled\n"
            "  ManufacturingMode:                          Disabled\n"
            "  FlashPartition:                             Valid\n"
            "  OperationalState:                           Transitioning\n"
            "  InitComplete:                               Initializing\n"
            "  BUPLoadState:                               Success\n"
            "  ErrorCode:                                  Disabled\n"
            "  ModeOfOperation:                            Alt Disable Mode\n"
            "  Phase:                                      BringUp\n"
            "  ICC:                                        Valid OEM data, ICC programmed\n"
            "  ME File System Corrupted:                   No\n");
}

/// winraid 36175, behind an update that broke off.
TEST(MeinfoStatus, OfNineIsThatOfALogBehindABrokenUpdate) {
  const auto board = board_of({9, 1, 45, 3000}, {0x1E000245, 0x76442312});
  EXPECT_EQ(with_single_blanks(report::meinfo(board, dialect_called("meinfo-9-fwsts"))),
            "FW Status Register1: 0x1E000245\n"
            "FW Status Register2: 0x76442312\n"
            "CurrentState: Normal\n"
            "ManufacturingMode: Disabled\n"
            "FlashPartition: Valid\n"
            "OperationalState: M0 with UMA\n"
            "InitComplete: Complete\n"
            "BUPLoadState: Success\n"
            "ErrorCode: No Error\n"
            "ModeOfOperation: Normal\n"
            "Phase: FWUpdate\n"
            "ICC: No valid OEM data, ICC programmed with default values\n"
            "ME File System Corrupted: No\n");
}

/// winraid 33539 (Dell M6800), which switched off after half an hour.
TEST(MeinfoStatus, OfNineIsThatOfALogWithAnImageFailure) {
  const auto board = board_of({9, 1, 45, 3000}, {0x00003006, 0x80040000, 0, 0, 0, 0});
  const std::string text =
      with_single_blanks(report::meinfo(board, dialect_called("meinfo-9-fwsts")));
  for (const char* line :
       {"CurrentState: Disabled and waiting to timeout\n", "OperationalState: Transitioning\n",
        "InitComplete: Initializing\n", "ErrorCode: Image Failure\n", "Phase: Unknown (8)\n",
        "ICC: No valid OEM data, ICC not programmed\n", "ME File System Corrupted: No\n"})
    EXPECT_NE(text.find(line), text.npos) << line << text;
}

/// winraid 32513 (Dell T7600), with the service jumper set.
TEST(MeinfoStatus, OfSevenIsThatOfALogWithTheJumper) {
  const auto board = board_of({7, 1, 50, 1166}, {0x1E040185, 0x16520000});
  const std::string text =
      with_single_blanks(report::meinfo(board, dialect_called("meinfo-9-fwsts")));
  for (const char* line :
       {"CurrentState: Normal\n", "OperationalState: Bring Up\n", "InitComplete: Initializing\n",
        "ModeOfOperation: Unsecured mode by H/W jumper\n",
        "ICC: No valid OEM data, ICC not programmed\n"})
    EXPECT_NE(text.find(line), text.npos) << line << text;
}

TEST(MeinfoStatus, OfWordsThatNobodyHasDocumentedShowsTheWordsAlone) {
  const auto board = board_of({5, 0, 1, 1111}, {0x3009065A});
  EXPECT_EQ(report::meinfo(board, dialect_called("meinfo-9-fwsts")),
            "FW Status Register1: 0x3009065A\n");
}

/// A Lenovo with BIOS 62CN97WW and MEInfo 8.1.56, its blanks as they stand there.
TEST(LaterMeinfo, OfEightHasTheLogsLinesInTheirOrder) {
  auto board = board_of({8, 0, 4, 1441});
  board.code_versions =
      protocol::amthi::CodeVersions{.bios = "62CN97WW", .entries = {{"VendorID", "8086"}}};
  board.host.mei_driver_version = "11.0.0.1157";
  board.capabilities = 0x01101C60u;
  board.local_update = std::uint8_t{1};
  board.info = protocol::fwu::InfoReply{};
  EXPECT_EQ(report::meinfo(board, dialect_called("meinfo-8")),
            "Intel(R) ME code versions:\n"
            "BIOS Version:                           62CN97WW\n"
            "MEBx Version:                           0.0.0.0000\n"
            "VendorID:                               8086\n"
            "FW Version:                             8.0.4.1441\n"
            "UNS Version:                            Not Available\n"
            "LMS Version:                            Not Available\n"
            "MEI Driver Version:                     11.0.0.1157\n"
            "Wireless Hardware Version:              Not Available\n"
            "Wireless Driver Version:                Not Available\n"
            "FW Capabilities:                        0x01101C60\n"
            "Last ME reset reason:                   Power up\n"
            "Local FWUpdate:                         Enabled\n"
            "BIOS boot State:                        Pre Boot\n");
}

/// winraid 35961 (OptiPlex 7060). What that log has behind "FW Version" beside the number ("H
/// Corporate") no device tells this program.
TEST(LaterMeinfo, OfTwelveHasTheLogsLinesInTheirOrder) {
  inventory::Inventory board;
  board.mkhi_version = protocol::mkhi::FirmwareVersionResponse{.code = {12, 0, 24, 1314}};
  board.firmware_status_words = {0x94000245, 0x69000506, 0x00000030,
                                 0x00004000, 0x00001F01, 0x47C00BC9};
  board.code_versions =
      protocol::amthi::CodeVersions{.bios = "1.3.4", .entries = {{"VendorID", "8086"}}};
  board.host.mei_driver_version = "1904.12.0.1208";
  board.local_update = std::uint8_t{1};
  EXPECT_EQ(with_single_blanks(report::meinfo(board, dialect_called("meinfo-12"))),
            "General FW Information\n"
            "FW Status Register1: 0x94000245\n"
            "FW Status Register2: 0x69000506\n"
            "FW Status Register3: 0x00000030\n"
            "FW Status Register4: 0x00004000\n"
            "FW Status Register5: 0x00001F01\n"
            "FW Status Register6: 0x47C00BC9\n"
            "CurrentState: Normal\n"
            "ManufacturingMode: Disabled\n"
            "FlashPartition: Valid\n"
            "OperationalState: CM0 with UMA\n"
            "InitComplete: Complete\n"
            "BUPLoadState: Success\n"
            "ErrorCode: No Error\n"
            "ModeOfOperation: Normal\n"
            "Phase: HOSTCOMM Module\n"
            "ME File System Corrupted: No\n"
            "Local FWUpdate Enabled\n"
            "Intel(R) ME code versions:\n"
            "BIOS Version 1.3.4\n"
            "Vendor ID 8086\n"
            "FW Version 12.0.24.1314\n"
            "LMS Version Not Available\n"
            "MEI Driver Version 1904.12.0.1208\n"
            "Wireless Hardware Version Not Available\n"
            "Wireless Driver Version Not Available\n");
}

TEST(LaterMeinfo, IsThatOfTheFirmwaresGeneration) {
  const auto of = [](std::uint16_t major) {
    return report::meinfo_dialect(board_of({major, 0, 0, 1000})).format;
  };
  EXPECT_EQ(of(6), "meinfo-8");
  EXPECT_EQ(of(8), "meinfo-8");
  EXPECT_EQ(of(10), "meinfo-9");
  EXPECT_EQ(of(11), "meinfo-9") << "no whole log of 11 is public: it is only read";
  EXPECT_EQ(of(16), "meinfo-12");
}

}  // namespace
