// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "scenarios/field/person_action.h"
#include "scenarios/field/read_report.h"
#include "scenarios/field/reproduction.h"
#include "tests/scenarios/engine/load.h"

namespace scenarios::field {
namespace {

const std::string kReports = std::string(MEBENCH_SOURCE_DIR) + "/scenarios/field-reports/";

std::string ledger() {
  std::ostringstream text;
  text << std::ifstream(std::string(MEBENCH_SOURCE_DIR) + "/docs/fidelity.md").rdbuf();
  return text.str();
}

TEST(Advice, EveryActionLeansOnRowsOfTheLedgerThatAreThere) {
  const std::string rows = ledger();
  for (const PersonAction& action : person_actions()) {
    for (const char* row : action.leans_on)
      EXPECT_NE(rows.find(std::string("| ") + row + " |"), std::string::npos) << action.id << row;
  }
  for (const UpdateWay& way : update_ways()) {
    for (const char* row : way.leans_on)
      EXPECT_NE(rows.find(std::string("| ") + row + " |"), std::string::npos) << way.id << row;
  }
}

TEST(Advice, EveryAnswerLeansOnRowsOfTheLedgerThatAreThere) {
  const std::string rows = ledger();
  for (const char* report : {"esprimo-e5730", "thinkpad-t400"}) {
    const engine::StoryFolder folder;
    auto read = read_report({kReports + report});
    ASSERT_TRUE(read);
    auto bench = FieldBench::make(std::move(*read), folder.path());
    ASSERT_TRUE(bench);
    for (const Question& question : open_questions(*bench)) {
      for (const Answer& answer : question.answers) {
        for (const std::string& row : answer.leans_on)
          EXPECT_NE(rows.find("| " + row + " |"), std::string::npos) << answer.id << row;
      }
    }
  }
}

}  // namespace
}  // namespace scenarios::field
