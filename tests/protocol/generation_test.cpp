// SPDX-License-Identifier: BSD-3-Clause
// The rows of the generations against the figures of their public sources, typed from those.
#include "protocol/generation.h"

#include <gtest/gtest.h>

#include <vector>

#include "protocol/image/manifest.h"
#include "protocol/mei/fwu.h"
#include "protocol/pci/engine_functions.h"
#include "protocol/pci/heci_functions.h"
#include "protocol/pci/later_functions.h"

namespace {

using namespace protocol;

const Generation& row_of(std::uint16_t major) {
  return *find_generation(major);
}

TEST(Generations, AreMe2ToCsme16AndAreCalledSo) {
  EXPECT_EQ(kGenerations.size(), 15u);
  EXPECT_EQ(find_generation(1), nullptr);
  EXPECT_EQ(find_generation(17), nullptr);
  EXPECT_EQ(row_of(10).engine, "ME");
  EXPECT_EQ(row_of(11).engine, "CSME");
}

TEST(Generations, ShowLinuxNoneOneTwoOrSixStatusWords) {
  // hw-me-regs.h and pci-me.c: MEI_ME_ICH_CFG none, ICH10 one, PCH6 to PCH7 two, PCH8 and on six.
  const std::vector<int> words = {0, 0, 0, 1, 2, 2, 2, 6, 6, 6, 6, 6, 6, 6, 6};
  for (std::uint16_t major = 2; major <= 16; ++major)
    EXPECT_EQ(row_of(major).status_words, words[major - 2u]) << major;
}

TEST(Generations, HostBusMessagesAreTenOnIchBoardsAndTwentyTwoOnCsme15) {
  for (std::uint16_t major = 2; major <= 5; ++major) {
    EXPECT_EQ(row_of(major).hbm.value, (HbmVersion{1, 0})) << major;
    EXPECT_EQ(row_of(major).hbm.known, Known::documented) << major;
  }
  EXPECT_EQ(row_of(15).hbm.value, (HbmVersion{2, 2}));
  EXPECT_EQ(row_of(15).hbm.known, Known::one_source);
  // "hbm_ver: others UNKNOWN".
  for (const int major : {6, 7, 8, 9, 10, 11, 12, 13, 14, 16})
    EXPECT_EQ(row_of(static_cast<std::uint16_t>(major)).hbm.known, Known::chosen) << major;
}

TEST(Generations, GetVersionHas47Then52Then56BytesThenGoes) {
  EXPECT_EQ(size_of(row_of(3).version.value), 47u);   // LMS: "V3"
  EXPECT_EQ(size_of(row_of(4).version.value), 52u);   // LMS 5.x
  EXPECT_EQ(size_of(row_of(5).version.value), 52u);   // LMS 5.x
  EXPECT_EQ(size_of(row_of(9).version.value), 56u);   // the recorded reply of a 9.0
  EXPECT_EQ(size_of(row_of(10).version.value), 56u);  // FwuHeciMsgs.h
  EXPECT_EQ(size_of(row_of(15).version.value), 0u);   // FF000000 8D000000 on a 15.0.42
}

TEST(Generations, FormsHaveTheSizesOfTheirMessages) {
  EXPECT_EQ(size_of(fwu::VersionForm::bytes_47), fwu::VersionReply::size_me3);
  EXPECT_EQ(size_of(fwu::VersionForm::bytes_52), fwu::VersionReply::size);
  EXPECT_EQ(size_of(fwu::StartForm::a), fwu::StartRequest::size);
  EXPECT_EQ(overhead_of(fwu::DataForm::exact), fwu::DataRequest::header_size);
  EXPECT_EQ(fwu::kEndReplySize, fwu::EndReply::size);
  const image::Manifest manifest;
  EXPECT_EQ(std::string_view(manifest.tag.data(), 4), tag_of(image::ManifestForm::man));
}

TEST(Generations, StartIs86BytesOnMe9And90OnCsme12And15) {
  EXPECT_EQ(size_of(row_of(9).start.value), 86u);
  EXPECT_EQ(row_of(9).start.known, Known::documented);
  for (const int major : {12, 15}) {
    EXPECT_EQ(size_of(row_of(static_cast<std::uint16_t>(major)).start.value), 90u) << major;
    EXPECT_EQ(row_of(static_cast<std::uint16_t>(major)).start.known, Known::one_source) << major;
  }
}

TEST(Generations, NoStartOfMe2To5IsKnown) {
  for (std::uint16_t major = 2; major <= 5; ++major) {
    EXPECT_EQ(row_of(major).start.known, Known::chosen) << major;
    EXPECT_EQ(row_of(major).data.known, Known::chosen) << major;
    EXPECT_EQ(row_of(major).end.known, Known::chosen) << major;
  }
}

TEST(Generations, TheMe9ProgramPadsDataAndDoesNotWaitForEnd) {
  EXPECT_EQ(overhead_of(row_of(9).data.value), 12u);
  EXPECT_EQ(row_of(9).end.value, fwu::EndForm::not_awaited);
  EXPECT_EQ(overhead_of(row_of(15).data.value), 11u);
}

TEST(Generations, UpdateMessagesHave512BytesOnMe9And4096OnCsme11And15) {
  EXPECT_EQ(row_of(9).message_limit.value, 512u);
  EXPECT_EQ(row_of(11).message_limit.value, 4096u);
  EXPECT_EQ(row_of(15).message_limit.value, 4096u);
  for (const int major : {9, 11, 15})
    EXPECT_EQ(row_of(static_cast<std::uint16_t>(major)).message_limit.known, Known::field) << major;
}

TEST(Generations, ManifestsAreManToMe5Mn2ToMe10AndInADirectoryFromCsme11) {
  using image::ManifestForm;
  EXPECT_EQ(row_of(5).manifest, ManifestForm::man);
  EXPECT_EQ(row_of(6).manifest, ManifestForm::mn2);
  EXPECT_EQ(row_of(10).manifest, ManifestForm::mn2);
  EXPECT_EQ(row_of(11).manifest, ManifestForm::cpd_r1);
  EXPECT_EQ(row_of(14).manifest, ManifestForm::cpd_r1);
  EXPECT_EQ(row_of(15).manifest, ManifestForm::cpd_r2);
}

struct CommandCase {
  std::uint8_t group;
  std::uint8_t command;
  std::vector<int> in;      ///< generations that have it
  std::vector<int> not_in;  ///< that do not
};

TEST(Generations, HaveTheCommandsOfMkhiThatTheirSourcesName) {
  const std::vector<CommandCase> cases = {
      {0x03, 0x02, {2, 5, 6, 16}, {}},   // GET_RULE
      {0x05, 0x01, {7, 16}, {6}},        // HMRFPO enable
      {0x05, 0x02, {6, 11}, {12}},       // HMRFPO lock
      {0x05, 0x03, {11, 16}, {10}},      // HMRFPO status
      {0x0A, 0x02, {11, 15}, {10, 16}},  // READ_FILE
      {0x0A, 0x0A, {15, 16}, {14}},      // READ_FILE_EX
      {0xFF, 0x02, {2, 6, 16}, {}},      // GET_FW_VERSION
      {0xFF, 0x0C, {5, 7, 8, 16}, {}},   // END_OF_POST (coreboot me_8.x.c)
      {0xFF, 0x0D, {5, 9, 16}, {7}},     // UNCONFIGURE
      {0xFF, 0x1A, {9}, {8, 10}},        // END_OF_POST without an answer
      {0xFF, 0x1C, {12, 16}, {11}},      // image firmware version
      {0x06, 0x02, {5, 9, 15}, {}},      // update status
      {0x09, 0x01, {}, {2, 9, 16}},      // in no source
  };
  for (const CommandCase& each : cases) {
    for (const int major : each.in)
      EXPECT_TRUE(row_of(static_cast<std::uint16_t>(major)).has(each.group, each.command))
          << major << ": " << +each.group << "/" << +each.command;
    for (const int major : each.not_in)
      EXPECT_FALSE(row_of(static_cast<std::uint16_t>(major)).has(each.group, each.command))
          << major << ": " << +each.group << "/" << +each.command;
  }
}

TEST(Generations, AGenerationWithoutARowHasTheNearestOne) {
  EXPECT_EQ(nearest_generation(0).major, 2);
  EXPECT_EQ(nearest_generation(4).major, 4);
  EXPECT_EQ(nearest_generation(21).major, 16);
}

TEST(Generations, ModelledAre2To5AndBoardsAreBuiltFrom3OnAndSomeLaterOnesHaveBoards) {
  EXPECT_EQ(first_modelled(Modelled::updater).major, 2);
  EXPECT_EQ(last_modelled(Modelled::updater).major, 5);
  EXPECT_EQ(last_modelled(Modelled::board).major, 16);
  for (const int major : {7, 8, 9, 11, 15, 16})
    EXPECT_EQ(row_of(static_cast<std::uint16_t>(major)).modelled, Modelled::board) << major;
  for (const int major : {6, 10, 12, 13, 14})
    EXPECT_EQ(row_of(static_cast<std::uint16_t>(major)).modelled, Modelled::no) << major;
  EXPECT_EQ(first_modelled(Modelled::bench).major, 3);
  EXPECT_EQ(last_modelled(Modelled::bench).major, 5);
}

TEST(Generations, ModelledUpdatesAreOfTheFormsThatTheCodeSends) {
  using namespace fwu;
  EXPECT_TRUE(updates_are_of(StartForm::a, DataForm::exact, EndForm::awaited));
  EXPECT_FALSE(updates_are_of(StartForm::b, DataForm::exact, EndForm::awaited));
  EXPECT_FALSE(updates_are_of(StartForm::a, DataForm::padded, EndForm::awaited));
}

TEST(Generations, TheirOwnStatusesAndProgressBeginWith6) {
  using namespace fwu;
  EXPECT_EQ(row_of(5).statuses.value, StatusNumbers::tool_errors);
  EXPECT_EQ(row_of(5).progress.value, ProgressForm::bytes_8);
  EXPECT_EQ(row_of(6).statuses.value, StatusNumbers::own);
  EXPECT_EQ(row_of(9).progress.value, ProgressForm::bytes_28);
  EXPECT_EQ(row_of(9).progress.known, Known::documented);
}

TEST(Generations, TellTheirVersionInTwoBlocksFrom6To8AndInThreeFrom9On) {
  for (std::uint16_t major = 6; major <= 16; ++major) {
    EXPECT_EQ(row_of(major).version_blocks.value, major <= 8 ? 2 : 3) << major;
    EXPECT_EQ(row_of(major).version_blocks.known, Known::documented) << major;
  }
}

// Linux: fw_ver in the configurations of Cougar Point and later, not in that of Ibex Peak.
TEST(Generations, NameTheFixedAddressWhereLinuxLooksForFwVer) {
  EXPECT_FALSE(row_of(6).lists_fixed_mkhi.value);
  for (std::uint16_t major = 7; major <= 16; ++major)
    EXPECT_TRUE(row_of(major).lists_fixed_mkhi.value) << major;
}

TEST(Generations, SendAFileWithItsTableTo11AndPartitionsAloneFrom12On) {
  for (std::uint16_t major = 6; major <= 16; ++major) {
    const auto form = major <= 11 ? fwu::FileForm::table : fwu::FileForm::partitions;
    EXPECT_EQ(row_of(major).file.value, form) << major;
  }
  EXPECT_EQ(row_of(9).file.known, Known::documented);
  EXPECT_EQ(row_of(15).file.known, Known::one_source);
}

// The recorded reply of a 9.0 has 232 bytes, that of a 15.0.42 a thousand.
TEST(Generations, PartialUpdatesHaveRoomFor4To11AndFor20From12On) {
  for (std::uint16_t major = 6; major <= 16; ++major)
    EXPECT_EQ(row_of(major).part_slots.value, major <= 11 ? 4 : 20) << major;
  EXPECT_EQ(row_of(9).part_slots.known, Known::documented);
  EXPECT_EQ(row_of(15).part_slots.known, Known::one_source);
}

// coreboot: bd82x6x and lynxpoint to 10, skylake 11, cse 12 and on; fwupd fu-mei for 18.
TEST(Generations, StatusWordsAreReadByTheirDocuments) {
  using heci::StatusLayout;
  EXPECT_EQ(status_layout_of(5), StatusLayout::undocumented);
  EXPECT_EQ(status_layout_of(6), StatusLayout::me6_10);
  EXPECT_EQ(status_layout_of(10), StatusLayout::me6_10);
  EXPECT_EQ(status_layout_of(11), StatusLayout::csme11);
  EXPECT_EQ(status_layout_of(13), StatusLayout::csme12_13);
  EXPECT_EQ(status_layout_of(14), StatusLayout::csme14);
  EXPECT_EQ(status_layout_of(15), StatusLayout::csme15);
  EXPECT_EQ(status_layout_of(17), StatusLayout::csme16);
  EXPECT_EQ(status_layout_of(18), StatusLayout::csme18);
}

TEST(Generations, ToolsNumberTheirErrorsAnewWith11AndWith12) {
  using tools::ErrorList;
  EXPECT_EQ(row_of(10).errors, ErrorList::family);
  EXPECT_EQ(row_of(11).errors, ErrorList::me11);
  EXPECT_EQ(row_of(12).errors, ErrorList::csme12);
  EXPECT_EQ(row_of(16).errors, ErrorList::csme12);
}

TEST(Generations, OneManifestHasItsSecurityVersionAWordLater) {
  for (const Generation& row : kGenerations)
    EXPECT_EQ(row.security_version_at, row.major == 8 ? 0x30 : 0x2C) << row.major;
}

TEST(Generations, AManifestsTagTellsTheFirstThatHasIt) {
  EXPECT_EQ(first_with(image::ManifestForm::mn2).major, 6);
  EXPECT_EQ(first_with(image::ManifestForm::cpd_r1).major, 11);
  EXPECT_EQ(first_with(image::ManifestForm::cpd_r2).major, 15);
}

TEST(Generations, UsualBoardsAreOfTheirOwnGeneration) {
  for (const Generation& row : kGenerations) {
    if (row.modelled != Modelled::bench) continue;
    const auto* function = pci::find_heci_function(row.usual.device_id);
    ASSERT_NE(function, nullptr) << row.major;
    EXPECT_EQ(function->major, row.major);
  }
}

TEST(PciIds, OfAGenerationWithABoardAreThoseOfAnEngineThatIsKnown) {
  EXPECT_EQ(pci::modelled_generation_of(0x8C3A)->major, 9);  // Lynx Point H
  EXPECT_EQ(pci::modelled_generation_of(0x2E14)->major, 5);
  EXPECT_EQ(pci::modelled_generation_of(0x1C3A)->major, 7);   // Cougar Point
  EXPECT_EQ(pci::modelled_generation_of(0x1E3A)->major, 8);   // Panther Point
  EXPECT_EQ(pci::modelled_generation_of(0xA13A)->major, 11);  // Sunrise Point H
  EXPECT_EQ(pci::modelled_generation_of(0x51E0)->major, 16);  // Alder Lake Point
  EXPECT_EQ(pci::modelled_generation_of(0x3B64), nullptr) << "ME 6";
  EXPECT_EQ(pci::modelled_generation_of(0xA360), nullptr) << "CSME 12";
  EXPECT_EQ(pci::modelled_generation_of(0x1234), nullptr);
}

TEST(PciIds, TellTheGenerationOfTheEngine) {
  EXPECT_EQ(pci::find_heci_function(0x2A04)->major, 2);  // GM965
  EXPECT_EQ(pci::find_heci_function(0x29B4)->major, 3);  // Q35
  EXPECT_EQ(pci::find_heci_function(0x2A44)->major, 4);  // Cantiga
  EXPECT_EQ(pci::find_heci_function(0x2E14)->major, 5);  // Q45
  EXPECT_EQ(pci::find_heci_function(0x3B64)->major, 6);  // Ibex Peak
}

TEST(PciIds, LaterOnesTellItToo) {
  const auto is_of = [](std::uint16_t device, std::uint16_t major) {
    return pci::find_later_function(device)->is_of(major);
  };
  EXPECT_TRUE(is_of(0x1C3A, 7) && !is_of(0x1C3A, 8));                        // Cougar Point
  EXPECT_TRUE(is_of(0x8C3A, 9) && !is_of(0x8C3A, 10));                       // Lynx Point H
  EXPECT_TRUE(is_of(0x9CBA, 9) && is_of(0x9CBA, 10) && !is_of(0x9CBA, 11));  // 9.5 or 10
  EXPECT_TRUE(is_of(0xA0E0, 15) && !is_of(0xA0E0, 14));                      // Tiger Lake LP
  EXPECT_TRUE(is_of(0x7E70, 16) && is_of(0x7E70, 18));                       // 16 or later
  EXPECT_FALSE(is_of(0x5A9A, 3)) << "a TXE is none of these generations";
}

TEST(PciIds, EveryGenerationHasAFunction) {
  for (const Generation& row : kGenerations) {
    bool found = false;
    for (const auto& each : pci::kHeciFunctions) found = found || each.major == row.major;
    for (const auto& each : pci::kLaterFunctions) found = found || each.is_of(row.major);
    EXPECT_TRUE(found) << row.major;
  }
}

}  // namespace
