// SPDX-License-Identifier: BSD-3-Clause
// What our own meupdate prints: one run of it, whichever form it has, and no run of the old tools.
#include <gtest/gtest.h>

#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

constexpr const char* kText =
    "Device\n"
    "  name                    /dev/mei0\n"
    "  PCI function            8086:2e14 (82Q45/Q43)\n"
    "  firmware status         0x3009065A\n\n"
    "Firmware\n"
    "  running version         5.0.1.1111\n"
    "  MEBx version            5.0.5.8\n\n"
    "Update\n"
    "  local update            enabled\n"
    "  last update status      1\n\n"
    "Network\n"
    "  wired                   02:19:39:47:bb:dd, link down, 0.0.0.0 (DHCP)\n\n"
    "Code versions\n"
    "  BIOS                    6.00 R1.19.2824.A1\n"
    "  Flash                   5.0.1\n"
    "  Netstack                5.0.1\n"
    "  VendorID                8086\n\n"
    "TPM\n"
    "  mode                    enabled, owned, inactive\n";

constexpr const char* kJson =
    "{\n"
    "  \"schema\": \"meupdate-info-1\",\n"
    "  \"device\": \"/dev/mei0\",\n"
    "  \"running_version\": \"5.0.1.1111\",\n"
    "  \"firmware_status\": 805897818,\n"
    "  \"capabilities\": {\n"
    "    \"names\": [\n"
    "      \"ASF2\",\n"
    "      \"Intel (R) AMT\",\n"
    "      \"Intel (R) TPM\"\n"
    "    ]\n"
    "  },\n"
    "  \"code_versions\": {\n"
    "    \"Flash\": \"5.0.1\",\n"
    "    \"AMT\": \"5.0.1\"\n"
    "  }\n"
    "}\n";

std::string log() {
  return std::string(
             "[           -] date 2026-11-28T13:05:00Z, meupdate 0.1.0\n"
             "[           -] run meupdate info --log info.log\n"
             "[    1.502360] mei FWU connected, messages up to 512 bytes\n"
             "[    1.502360] mei FWU <- 4 bytes: 00000000\n"
             "[    1.502660] mei FWU -> 52 bytes: 0100000000000000\n"
             "[    1.578320] tpm -> TPM_SUCCESS 15 bytes: 00c40000000f00000000\n"
             "[    1.578320] info ") +
         kJson + "[    1.578320] out " + kText + "[           -] exit 0\n";
}

void expect_one_own_run(const std::string& text) {
  const FieldReport report = reading(text);
  ASSERT_EQ(report.runs.size(), 1u);
  const ToolRun& run = report.runs.front();
  EXPECT_EQ(run.tool, Tool::meupdate);
  EXPECT_EQ(run.generation, 5);
  ASSERT_NE(run.find(Fact::later_version), nullptr);
  EXPECT_EQ(run.find(Fact::later_version)->value, "5.0.1.1111");
  ASSERT_NE(run.find(Fact::status_word_1), nullptr);
  EXPECT_EQ(run.find(Fact::status_word_1)->value, "0x3009065A");
  EXPECT_FALSE(run.has_outcome());
  EXPECT_FALSE(run.unread);
}

TEST(OwnReport, AsTextIsOneRunAndNotMeinfos) {
  expect_one_own_run(kText);
}

TEST(OwnReport, AsJsonIsOneRun) {
  expect_one_own_run(kJson);
}

TEST(OwnReport, AsALogIsOneRun) {
  expect_one_own_run(log());
}

TEST(OwnReport, EndsWhereAnotherToolBegins) {
  const FieldReport report =
      reading(std::string(kText) + "\n" + contents("esprimo-e5730/meinfo-dos-5.0.1.1111.txt"));
  ASSERT_EQ(report.runs.size(), 2u);
  EXPECT_EQ(report.runs[0].tool, Tool::meupdate);
  EXPECT_EQ(report.runs[1].tool, Tool::meinfo);
  const FieldReport alone = reading(contents("esprimo-e5730/meinfo-dos-5.0.1.1111.txt"));
  EXPECT_EQ(report.runs[1].observations.size(), alone.runs.at(0).observations.size());
}

}  // namespace
}  // namespace scenarios::field
