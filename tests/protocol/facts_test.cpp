// SPDX-License-Identifier: BSD-3-Clause
// Tables of public facts: PCI ids, client GUIDs, capability bits, error numbers, version text.
#include <gtest/gtest.h>

#include <set>

#include "base/hex.h"
#include "protocol/firmware_version.h"
#include "protocol/mei/clients.h"
#include "protocol/pci/heci_functions.h"
#include "protocol/sku.h"
#include "protocol/update/tool_errors.h"

namespace {

using namespace protocol;

TEST(PciIds, EveryKnownHeciFunctionIsListedOnce) {
  // Linux hw-me-regs.h and coreboot intelmetool.h.
  const std::set<std::uint16_t> known = {0x2974, 0x2984, 0x2994, 0x29A4, 0x2A04, 0x2A14, 0x29B4,
                                         0x29C4, 0x29D4, 0x29E4, 0x29F4, 0x28B4, 0x28C4, 0x28D4,
                                         0x28E4, 0x28F4, 0x2A44, 0x2A54, 0x2A64, 0x2A74, 0x2E04,
                                         0x2E14, 0x2E24, 0x2E34, 0x3B64, 0x3B65};
  std::set<std::uint16_t> listed;
  for (const pci::HeciFunction& f : pci::kHeciFunctions)
    EXPECT_TRUE(listed.insert(f.device).second) << f.device;
  EXPECT_EQ(listed, known);
}

TEST(PciIds, FirmwareStatusExistsFromIch10On) {
  EXPECT_TRUE(has_firmware_status(*pci::find_heci_function(0x2E14)));
  EXPECT_FALSE(has_firmware_status(*pci::find_heci_function(0x29B4)));
  EXPECT_FALSE(has_firmware_status(*pci::find_heci_function(0x2A44)));
  EXPECT_EQ(pci::find_heci_function(0x1234), nullptr);
}

TEST(ClientGuids, WireBytesHaveTheirFirstThreeGroupsReversed) {
  // 309dcde8-ccb1-4062-8f78-600115a34327, turned by hand.
  EXPECT_EQ(base::to_hex(mei::kFwuGuid.bytes), "e8cd9d30b1cc62408f78600115a34327");
  // 12f80028-b4b7-4b2d-aca8-46e0ff65814c
  EXPECT_EQ(base::to_hex(mei::kAmthiGuid.bytes), "2800f812b7b42d4baca846e0ff65814c");
  // 05b79a6f-4628-4d7f-899d-a91514cb32ab
  EXPECT_EQ(base::to_hex(mei::kWatchdogGuid.bytes), "6f9ab70528467f4d899da91514cb32ab");
  // 8e6a6715-9abc-4043-88ef-9e39c6f63e0f
  EXPECT_EQ(base::to_hex(mei::kMkhiGuid.bytes), "15676a8ebc9a434088ef9e39c6f63e0f");
}

TEST(ClientGuids, TextIsTheUsualOne) {
  EXPECT_EQ(mei::to_text(mei::kFwuGuid), "309dcde8-ccb1-4062-8f78-600115a34327");
}

TEST(Capabilities, SixtyTwoIsTheListOfTheFieldReport) {
  std::set<std::string> names;
  for (const sku::Capability& c : sku::kCapabilities) {
    if ((62 & c.bit) != 0) names.insert(c.name);
  }
  EXPECT_EQ(names, (std::set<std::string>{"Intel (R) QST", "ASF2", "Intel (R) AMT",
                                          "Intel Standard Manageability", "Intel (R) TPM"}));
  EXPECT_EQ(2110u & ~62u, 1u << 11) << "SKU 2110 adds the PMC patch bit";
}

TEST(Capabilities, EachBitIsListedOnceInOrder) {
  std::uint32_t expected = 1;
  for (const sku::Capability& c : sku::kCapabilities) {
    EXPECT_EQ(c.bit, expected) << c.id;
    expected <<= 1;
  }
}

TEST(ToolErrors, NumbersAreThoseOfTheToolFamily) {
  using update::number;
  using update::ToolError;
  EXPECT_EQ(number(ToolError::sku_mismatch), 8704u);
  EXPECT_EQ(number(ToolError::version_mismatch), 8705u);
  EXPECT_EQ(number(ToolError::invalid_image), 8706u);
  EXPECT_EQ(number(ToolError::update_in_progress), 8708u);
  EXPECT_EQ(number(ToolError::invalid_header), 8713u);
  EXPECT_EQ(number(ToolError::local_update_disabled), 8719u);
  EXPECT_EQ(number(ToolError::tpm_update_required), 8721u);
  EXPECT_EQ(number(ToolError::no_update_in_progress), 8723u);
  EXPECT_EQ(number(ToolError::owner_password_required), 8729u);
  EXPECT_EQ(number(ToolError::invalid_length), 8746u);
  EXPECT_EQ(number(ToolError::downgrade_vetoed), 8760u);
  EXPECT_EQ(number(ToolError::password_retries), 8787u);
}

TEST(FirmwareVersionText, FourNumbersAndNothingElse) {
  EXPECT_EQ(to_text(*parse_firmware_version("5.2.70.1046")), "5.2.70.1046");
  EXPECT_TRUE(parse_firmware_version("0.0.0.65535"));
  for (const char* wrong :
       {"", "5", "5.2.70", "5.2.70.", "5.2.70.1046.1", "5.2.70.65536", "5.2.-70.1", " 5.2.70.1",
        "5.2.70.1046 ", "5..70.1046", "5.2.70.0x1", "v5.2.70.1"}) {
    EXPECT_FALSE(parse_firmware_version(wrong)) << wrong;
  }
}

TEST(FirmwareVersionText, VersionsOrderNumerically) {
  EXPECT_LT(*parse_firmware_version("5.0.9.1"), *parse_firmware_version("5.0.10.0"));
  EXPECT_LT(*parse_firmware_version("5.0.1.1111"), *parse_firmware_version("5.2.70.1046"));
}

}  // namespace
