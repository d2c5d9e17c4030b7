// SPDX-License-Identifier: BSD-3-Clause
// A dialect of MEInfo is a table of lines: what one prints is read by the same table, and no other
// code knows it.
#include <gtest/gtest.h>

#include <sstream>

#include "protocol/sku.h"
#include "scenarios/field/reading/info_line.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/update_line.h"
#include "scenarios/field/reading/value_words.h"
#include "updater/report/meinfo.h"

namespace {

using namespace scenarios::field;
using namespace protocol::tools;

constexpr Word kYesRows[] = {{.value = 1, .text = "Ja"}, {.value = 0, .text = "Nein"}};
constexpr Word kBitRows[] = {{.value = protocol::sku::kTpm, .text = "Schutz"}};
constexpr Line kLines[] = {
    {.label = "Bericht des Motors", .form = Form::plain, .end = "!", .opens = true},
    {.fact = Fact::brand, .label = "{brand} im Einzelnen", .form = Form::title},
    {.fact = Fact::ft_version, .label = "Stand"},
    {.fact = Fact::ft_build_number, .label = "Bau", .form = Form::joined},
    {.fact = Fact::crypto_fuse, .label = "Krypto", .words = {kYesRows}},
    {.fact = Fact::amt_mode, .label = "{brand} Lage"},
    {.fact = Fact::capabilities, .label = "Kann", .form = Form::names_beneath, .words = {kBitRows}},
};
constexpr std::uint16_t kGeneration = 6;
constexpr std::array kDialects = {
    kMeinfo[0], kMeinfo[1],
    Meinfo{.format = "meinfo-neu", .generation = kGeneration, .lines = kLines}};

updater::inventory::Inventory some_board() {
  updater::inventory::Inventory i;
  i.version = protocol::fwu::VersionReply{.code = {6, 2, 0, 1234}};
  i.info = protocol::fwu::InfoReply{.crypto_fuse = true};
  i.capabilities = protocol::sku::kTpm | protocol::sku::kAmtPro;
  return i;
}

/// Every line of the new dialect as it prints it, and what the reader makes of it.
std::vector<Recognised> read_back(const MeinfoLabels& labels) {
  std::istringstream printed(updater::report::meinfo(some_board(), kDialects[2]));
  std::vector<Recognised> found;
  for (std::string line; std::getline(printed, line);) {
    const auto read = as_info_line(line, labels);
    EXPECT_TRUE(read.has_value()) << line;
    found.push_back(read.value_or(Recognised{}));
  }
  return found;
}

std::string told(const Recognised& line, Fact fact) {
  for (const Told& each : line.told) {
    if (each.fact == fact) return each.value;
  }
  return "not told";
}

TEST(NewDialect, ItsLinesAreReadByTheTableThatPrintsThem) {
  const MeinfoLabels labels(kDialects);
  const auto lines = read_back(labels);
  ASSERT_EQ(lines.size(), 7u);
  EXPECT_TRUE(lines[0].opens);
  EXPECT_EQ(told(lines[1], Fact::brand), "Intel(R) AMT");
  EXPECT_EQ(told(lines[2], Fact::ft_version), "6.2");
  EXPECT_EQ(told(lines[2], Fact::ft_build_number), "1234");
  EXPECT_EQ(told(lines[3], Fact::crypto_fuse), "Ja");
  EXPECT_EQ(told(lines[4], Fact::amt_mode), "Not Available");
  EXPECT_EQ(told(lines[5], Fact::capabilities), "40");
  EXPECT_TRUE(lines[6].told.empty()) << "a name in a line of its own";
}

TEST(NewDialect, ALabelThatOnlyItHasTellsIt) {
  const MeinfoLabels labels(kDialects);
  EXPECT_EQ(as_info_line("Stand: 6.2", labels)->generation, kGeneration);
  EXPECT_EQ(as_info_line("Bericht des Motors!", labels)->generation, kGeneration);
  EXPECT_EQ(as_info_line("SKU: ASF IAMT", labels)->generation, 4);
  EXPECT_EQ(as_info_line("FT Version: 5.0", labels)->generation, 0) << "two others have it";
  EXPECT_EQ(as_info_line("Wireless Hardware Version: 1", labels)->generation, 0)
      << "ME 8 to 11 print it, too";
}

TEST(NewDialect, WithoutItsTableItsLinesAreNobodys) {
  EXPECT_FALSE(as_info_line("Stand: 6.2"));
  EXPECT_FALSE(as_info_line("Bericht des Motors!"));
  EXPECT_FALSE(as_info_line("Schutz"));
}

TEST(OldTools, WhatMeinfoPrintsIsReadInEachDialect) {
  updater::inventory::Inventory board = some_board();
  board.wireless = base::Error{base::Errc::refused, "no card"};
  for (const Meinfo& dialect : kMeinfo) {
    if (dialect.format.empty()) continue;
    std::istringstream printed(updater::report::meinfo(board, dialect));
    for (std::string line; std::getline(printed, line);)
      EXPECT_TRUE(as_info_line(with_colon(trimmed(line)))) << dialect.format << ": " << line;
  }
}

TEST(OldTools, EveryWordThatAnyDialectPrintsForAValueIsUnderstood) {
  EXPECT_EQ(toml_of(Fact::manageability_mode, "Intel(R) Standard Manageability"), "\"amt\"");
  EXPECT_EQ(toml_of(Fact::override_counter, "Never"), "0");
  EXPECT_EQ(toml_of(Fact::amt_mode, ""), "\"none\"");
  EXPECT_EQ(toml_of(Fact::link_status, "LINK UP"), "true");
  EXPECT_EQ(toml_of(Fact::tpm_mode, "Enabled Owned Active"), std::nullopt) << "of three keys";
  EXPECT_TRUE(is_word(Fact::communication_mode, "HECI"));
  EXPECT_FALSE(is_word(Fact::capabilities, "ASF2")) << "a name of a bit is no value";
}

TEST(OldTools, AnErrorIsAskedForByItsNameNotByItsNumber) {
  using protocol::update::ToolError;
  const Observation owned{Fact::error, "8729", {}};
  EXPECT_TRUE(is_error(owned, ToolError::owner_password_required));
  EXPECT_FALSE(is_error(owned, ToolError::tpm_update_required));
  const Observation number_of_another{Fact::sku, "8729", {}};
  EXPECT_FALSE(is_error(number_of_another, ToolError::owner_password_required));
  EXPECT_TRUE(names_tpm({Fact::communication_mode, "TPM", {}}));
  EXPECT_FALSE(names_tpm({Fact::communication_mode, "HECI", {}}));
}

TEST(OldTools, WhatFwupdlclSaysOfItsWayAndItsEndIsRead) {
  EXPECT_EQ(told(*as_update_line("Communication Mode: TPM"), Fact::communication_mode), "TPM");
  EXPECT_EQ(told(*as_update_line("Last Update Staus : 0"), Fact::last_update_status), "0");
  EXPECT_EQ(told(*as_update_line("Last Update Status : 0"), Fact::last_update_status), "0");
  EXPECT_EQ(told(*as_update_line("FW update is complete."), Fact::error), "0");
  EXPECT_EQ(told(*as_update_line("FW Update completed successfully."), Fact::error), "0");
  EXPECT_EQ(
      told(*as_update_line("Error (8721): Firmware update through TPM is enabled."), Fact::error),
      "8721");
  EXPECT_TRUE(names_the_image("***** Image Info ******"));
  EXPECT_FALSE(names_the_image("***** Flash Info ******"));
}

}  // namespace
