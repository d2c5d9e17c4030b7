// SPDX-License-Identifier: BSD-3-Clause
// The error list of the newer tools, and the firmware's answers that lead to its rows.
#include "protocol/tools/newer_error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "protocol/tools/update_status.h"

namespace {

using namespace protocol::tools;

TEST(NewerErrors, AreAllOfTheList) {
  const auto all = newer_errors();
  EXPECT_EQ(all.size(), 835u);
  EXPECT_EQ(all.front().number, 0u);
  EXPECT_EQ(all.back().number, 838u);
  std::set<std::uint32_t> numbers;
  std::set<std::string> names;
  for (const FoundError& row : all) {
    numbers.insert(row.number);
    names.insert(row.name);
  }
  EXPECT_EQ(numbers.size(), 835u);
  EXPECT_EQ(names.size(), 835u);
  // What the list leaves out.
  for (const std::uint32_t number : {822u, 823u, 824u, 837u, 839u})
    EXPECT_FALSE(find_newer_error(number)) << number;
}

TEST(NewerErrors, AreFoundByNumber) {
  for (const FoundError& row : newer_errors()) {
    const auto found = find_newer_error(row.number);
    ASSERT_TRUE(found) << row.number;
    EXPECT_EQ(found->name, row.name);
    EXPECT_FALSE(found->title.empty()) << row.number;
    EXPECT_FALSE(found->title.ends_with(".")) << row.title;
    EXPECT_EQ(found->area == ErrorArea::reserved, row.name.starts_with("ERROR_RESERVED"))
        << row.number;
  }
}

TEST(NewerErrors, HaveTheNamesThatHostProgramsKnow) {
  EXPECT_EQ(find_newer_error(20)->name, "HECI_STATUS_LOCATE_DEVICE_ERROR");
  EXPECT_EQ(find_newer_error(28)->name, "HECI_STATUS_CANNOT_FOUND_ME_CLIENT");
  EXPECT_EQ(find_newer_error(280)->name, "ME_RECOVERY_MODE");
  EXPECT_EQ(find_newer_error(280)->area, ErrorArea::engine_state);
  EXPECT_EQ(find_newer_error(331)->name, "FWU_ALLOWSV_MISSING");
  EXPECT_EQ(find_newer_error(357)->name, "FWU_LOWER_VCN");
  EXPECT_EQ(find_newer_error(445)->name, "FWU_ERROR_IUP_VCN");
  EXPECT_EQ(find_newer_error(761)->name, "FWU_HECI_CLIENT_UNMAPPED_ERROR");
  EXPECT_EQ(find_newer_error(819)->name, "FWU_OPR_IN_PROG");
  EXPECT_NE(find_newer_error(378)->title.find("RBEP"), std::string::npos);
}

TEST(UpdateStatuses, LeadToTheErrorsThatTheToolsPrint) {
  EXPECT_EQ(find_update_status(0x213)->tool_error, 336u);
  EXPECT_EQ(find_update_status(0x20C)->tool_error, 336u);
  EXPECT_EQ(find_update_status(0x23C)->tool_error, 357u);
  EXPECT_EQ(find_update_status(0x29B)->tool_error, 445u);
  EXPECT_EQ(find_update_status(0x2C9)->tool_error, 477u);
  EXPECT_EQ(find_update_status(0x2B2)->tool_error, 452u);
  // One a partition: FTPR is the first, IUNP the last.
  EXPECT_EQ(find_newer_error(find_update_status(0x261)->tool_error)->name,
            "FWU_ERROR_VER_MAN_FAILED_FTPR");
  EXPECT_EQ(find_newer_error(find_update_status(0x26E)->tool_error)->name,
            "FWU_ERROR_VER_MAN_FAILED_IUNP");
  EXPECT_EQ(find_newer_error(find_update_status(0x28C)->tool_error)->name,
            "FWU_ERROR_INTEGRITY_FAILED_IUNP");
  EXPECT_EQ(find_newer_error(find_update_status(0x2AE)->tool_error)->name,
            "FWU_ERROR_API_VER_MAJOR_IUNP");
  EXPECT_EQ(find_update_status(0x206)->tool_error, 0u);
  EXPECT_NE(find_update_status(0x206)->title, nullptr);
  EXPECT_FALSE(find_update_status(0x300));
}

TEST(UpdateStatuses, NameNoErrorThatTheListLacks) {
  for (std::uint32_t status = 0; status < 0x400; ++status) {
    const auto row = find_update_status(status);
    if (!row) continue;
    const bool told = row->title != nullptr || find_newer_error(row->tool_error).has_value();
    EXPECT_TRUE(told) << status;
  }
}

TEST(UpdateStatus, IsFoundFromTheToolsError) {
  EXPECT_EQ(status_of_newer_error(357), 0x23Cu);
  EXPECT_EQ(status_of_newer_error(445), 0x29Bu);
  EXPECT_EQ(status_of_newer_error(376), 0x262u);
  EXPECT_FALSE(status_of_newer_error(0));
  EXPECT_FALSE(status_of_newer_error(280)) << "the tool's own word";
}

TEST(UpdateStatus, HasANumberOfTheOlderToolsByItsMeaning) {
  using protocol::update::ToolError;
  EXPECT_EQ(older_tool_error(0x22F), ToolError::local_update_disabled);
  EXPECT_EQ(older_tool_error(0x203), ToolError::sku_mismatch);
  EXPECT_EQ(older_tool_error(0x27F), ToolError::invalid_image);
  EXPECT_EQ(older_tool_error(0x209), ToolError::internal_error);
  EXPECT_EQ(older_tool_error(8760), ToolError::downgrade_vetoed) << "one of the family itself";
}

}  // namespace
