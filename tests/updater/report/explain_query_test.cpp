// SPDX-License-Identifier: BSD-3-Clause
// What `meupdate explain` is asked: numbers as people paste them, by tool and generation.
#include "updater/report/explain_query.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "tests/source_dir.h"
#include "updater/report/json.h"
#include "updater/report/owner_steps.h"

namespace {

using namespace updater::report;

/// "error 8721, exit_status 1"
std::string rows(std::string_view query) {
  std::string text;
  for (const KnownNumber* row : search(query))
    text += (text.empty() ? "" : ", ") + std::string(name(row->kind)) + " " +
            std::to_string(row->number);
  return text;
}

TEST(Explain, TakesANumberAsItIsPasted) {
  for (const char* query :
       {"8721", "Error 8721", "(8721)", "Error (8721)", "error:8721", "Error 8721: Firmware update",
        "0x2211", "Error (8721): Firmware update through TPM is enabled. Use -tpm switch",
        "C:\\ME>FWUpdLcl.exe -f 5.2.70.1046.bin\nError (8721): Firmware update"})
    EXPECT_EQ(rows(query), "error 8721") << query;
}

TEST(Explain, TellsABareSmallNumberInEachListThatHasIt) {
  EXPECT_EQ(rows("26"), "exit_status 26, flash_tool_error 26, error_of_firmware_12 26");
  EXPECT_EQ(rows("1"), "exit_status 1, error 1, error_of_firmware_12 1");
}

TEST(Explain, NeverTakesAnErrorForAnExitStatus) {
  for (const char* query :
       {"Error 26", "Error 26:", "(26)",
        "Error 26: The host CPU does not have read access to the target flash area"}) {
    const auto found = search(query);
    EXPECT_FALSE(found.empty()) << query;
    for (const KnownNumber* row : found) EXPECT_NE(row->kind, NumberOf::exit_status) << query;
  }
  EXPECT_EQ(rows("exit status 26"), "exit_status 26");
}

TEST(Explain, KnowsTheFlashToolByItsWords) {
  EXPECT_EQ(rows("Error 26: The host CPU does not have read access to the target flash area"),
            "flash_tool_error 26");
  EXPECT_EQ(rows("Intel (R) Flash Programming Tool. Version: 8.1.40.1456\nError 280: Failed to "
                 "disable write protection for the BIOS space!"),
            "flash_tool_error 280");
  EXPECT_EQ(rows("Intel (R) Flash Programming Tool Version: 15.0.10.1469\nError 238: no access"),
            "error_of_firmware_12 238");
}

TEST(Explain, TakesTheListOfTheToolsGeneration) {
  EXPECT_EQ(rows("Intel(R) Firmware Update Utility Version: 15.0.10.1469\nError 280: Detected ME "
                 "in Recovery Mode"),
            "error_of_firmware_12 280");
  EXPECT_EQ(rows("Intel(R) MEInfo Version: 11.8.50.3448\nError 86: Communication error"),
            "error_of_firmware_11 86");
}

TEST(Explain, TellsAllNumbersOfARunTheCauseFirst) {
  EXPECT_EQ(rows("Error 8741: FW Update Failed.\n"
                 "Error 8707: Firmware update failed due to an internal error"),
            "error 8707, error 8741");
  EXPECT_EQ(rows("Error 9367: Firmware is in recovery mode\nError 9328: Internal error\n"
                 "Error 9296: MEManuf Test Failed"),
            "error 9367, error 9328, error 9296");
  EXPECT_EQ(rows("8741 8707"), "error 8707, error 8741");
}

TEST(Explain, ReadsWhatFirmwareAnswersOnAnUpdate) {
  ASSERT_EQ(rows("0x213"), "update_status 531");
  EXPECT_EQ(std::string(search("0x213").front()->listed_as), "FWU_UPD_PROCESS");
}

TEST(Explain, TakesNoPartOfAVersionOrAnAddressForAnError) {
  EXPECT_EQ(rows("Error 8758: image 9.1.26.8704 at 00:16.0 of 05/12/2017 10:44:26"), "error 8758");
}

TEST(Explain, KnowsTheWordsOfToolsThatPrintNoNumber) {
  EXPECT_EQ(rows("Error: Failed to receive last update status from the firmware"), "error 8725");
}

TEST(Explain, FindsNumbersInTheStoryOfALoggedValue) {
  for (const char* query : {"61440", "526", "lockout-misread"}) {
    const auto found = search(query);
    const auto story = std::ranges::find(found, NumberOf::logged_value, &KnownNumber::kind);
    ASSERT_NE(story, found.end()) << query;
    EXPECT_NE(explanation_text(**story).find("three bytes late"), std::string::npos);
  }
}

// By hand: a record of 5 tries, 01 A0 (416 s), times 3, 00 78 (120 s) is 00 05 01 A0 00 03 00 78;
// from its fourth byte on A000 0300 7800 0000.
TEST(Explain, ReadsBackWhatAToolReadThreeBytesLate) {
  const LockoutRemains remains{.initial_low = 0xA0, .multiplier = 3, .fade_out_seconds = 120};
  const Answer alone = answer("40960 768 30720 0");
  EXPECT_EQ(alone.lockout, remains);
  EXPECT_EQ(rows("40960 768 30720 0"), "logged_value 61440");
  const Answer lines = answer(
      "iTPM - Failed Attempts Threshold:40960\niTPM - Initial lockout period: 768\n"
      "iTPM - Lockout multiplier: 30720\niTPM - Fade-out period: 0\n");
  EXPECT_EQ(lines.lockout, remains);
  EXPECT_NE(answer_text(lines).find("multiplier 3, fade-out 120 s"), std::string::npos);
}

TEST(Explain, BelievesLockoutNumbersThatNoLateReadingLeaves) {
  for (const char* query : {"10 240 2 3600", "40960 768 30721 0", "40960 768 30720 1", "0 0 0 0",
                            "40960 768 30720", "40960 768 30720 0 0"})
    EXPECT_FALSE(answer(query).lockout) << query;
}

TEST(Explain, LooksForWordsWhereThereIsNoNumber) {
  const auto found = search("PASSWORD tpm");
  ASSERT_FALSE(found.empty());
  for (const auto* row : found) EXPECT_NE(std::string(row->meaning).find("TPM"), std::string::npos);
  EXPECT_EQ(rows("ME_RECOVERY_MODE"), "error_of_firmware_12 280");
  EXPECT_TRUE(search("weather").empty());
  EXPECT_TRUE(search("9999").empty());
}

TEST(Explain, ReadsStatusWordsHoweverTheyArePasted) {
  for (const char* query :
       {"0x94000242 0x02F10507", "94000242\n02F10507\n", "fw status = 94000242 02F10507",
        "FW Status Register1: 0x94000242\nFW Status Register2: 0x2F10507",
        "ME Status   : 0x94000242\nME Status 2 : 0x2f10507"}) {
    const Answer found = answer(query);
    ASSERT_TRUE(found.status) << query;
    EXPECT_EQ(found.status->words, (std::vector<std::uint32_t>{0x94000242, 0x02F10507})) << query;
    EXPECT_STREQ(found.status->state_words(), "recovery");
    EXPECT_TRUE(found.rows.empty()) << query;
  }
}

TEST(Explain, NeverCallsAnUnknownPhaseAFault) {
  const std::string text = answer_text(answer("90000245 86110306"));
  EXPECT_NE(text.find("The engine runs normally."), std::string::npos) << text;
  EXPECT_NE(text.find("8 (no document names it)"), std::string::npos) << text;
}

TEST(Explain, DoesNotExplainTheWordOfFirmware5) {
  const Answer found = answer("0x3009065A");
  ASSERT_TRUE(found.status);
  const Json json = answer_json(found);
  EXPECT_EQ(json["firmware_status"]["layout"], "undocumented");
  EXPECT_TRUE(json["firmware_status"]["fields"].empty());
}

TEST(Explain, SaysTheSourceOfAMeaning) {
  EXPECT_NE(answer_text(answer("8743")).find("winraid 36348"), std::string::npos);
  EXPECT_NE(answer_text(answer("8771")).find("corna/me_cleaner issue 3"), std::string::npos);
  EXPECT_NE(
      answer_text(answer("Error 280, firmware version 15.0.55.2751")).find("fwupd/firmware-lenovo"),
      std::string::npos);
}

TEST(Explain, MendsMeaningsThatSentOwnersTheWrongWay) {
  struct Mended {
    std::uint32_t number;
    const char* says;
  };
  for (const Mended& each : {Mended{8743, "hidden or does not run"}, Mended{8771, "me_cleaner"},
                             Mended{8193, "error state"}, Mended{8727, "another major version"},
                             Mended{8719, "Local FWUpdate Disabled"}, Mended{8707, "Behind 8741"},
                             Mended{8725, "without a number"}}) {
    const KnownNumber* row = find_tool_error(each.number);
    ASSERT_NE(row, nullptr);
    EXPECT_NE(std::string(row->meaning).find(each.says), std::string::npos) << each.number;
    EXPECT_NE(row->source, nullptr) << each.number;
  }
  // Who switched it off is not told as known.
  EXPECT_EQ(std::string(find_tool_error(8719)->meaning).find("The owner or an administrator has"),
            std::string::npos);
}

TEST(Explain, HasAMeaningAndAStepForEveryRow) {
  const auto all = every_row();
  EXPECT_GT(all.size(), 950u);
  for (const KnownNumber* row : all) {
    EXPECT_FALSE(std::string(row->title).empty()) << called(*row);
    EXPECT_FALSE(std::string(row->meaning).empty()) << called(*row);
    EXPECT_FALSE(std::string(row->next_step).empty()) << called(*row);
    EXPECT_EQ(find_row(row->kind, row->number), row) << called(*row);
  }
}

/// `json` has the keys that `schema` requires, and none that it does not know.
void expect_form(const Json& json, const Json& schema, const std::string& where) {
  if (json.is_null()) return;
  if (json.is_array()) {
    for (const Json& entry : json) expect_form(entry, schema["items"], where + "[]");
    return;
  }
  if (!json.is_object() || !schema.contains("properties")) return;
  for (const Json& key : schema.value("required", Json::array()))
    EXPECT_TRUE(json.contains(key.get<std::string>())) << where << "." << key;
  for (const auto& [key, value] : json.items()) {
    ASSERT_TRUE(schema["properties"].contains(key)) << where << "." << key;
    expect_form(value, schema["properties"][key], where + "." + key);
  }
}

TEST(Explain, TellsProgramsTheSame) {
  std::ifstream file(std::string(MEBENCH_SOURCE_DIR) + "/docs/schema/explain.schema.json");
  const Json schema = Json::parse(file);
  const Json json =
      answer_json(answer("Error 8741: FW Update Failed.\nError 8707: internal\n1E000245 76442312"));
  ASSERT_EQ(json["numbers"].size(), 2u);
  EXPECT_EQ(json["numbers"][0]["number"], 8707);
  EXPECT_EQ(json["firmware_status"]["fields"]["phase"], "firmware update");
  ASSERT_EQ(json["known_cases"].size(), 1u);
  EXPECT_EQ(json["known_cases"][0]["id"], "broken-off-by-the-firmware");
  expect_form(json, schema, "explain");
  const Json lockout = answer_json(answer("40960 768 30720 0"));
  EXPECT_EQ(lockout["lockout"]["fade_out_seconds"], 120);
  expect_form(lockout, schema, "explain");
}

}  // namespace
