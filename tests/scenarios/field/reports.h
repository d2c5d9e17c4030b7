// SPDX-License-Identifier: BSD-3-Clause
// The owners' logs, scenarios/field-reports, and what is read from a text.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "scenarios/field/reading/read_report.h"
#include "tests/source_dir.h"

namespace scenarios::field {

inline const std::string kReports = std::string(MEBENCH_SOURCE_DIR) + "/scenarios/field-reports/";

/// The text of the log `name` below kReports.
inline std::string contents(const std::string& name) {
  const std::ifstream log(kReports + name);
  EXPECT_TRUE(log) << name;
  std::ostringstream text;
  text << log.rdbuf();
  return text.str();
}

inline FieldReport reading(const std::string& text) {
  FieldReport report;
  read_text(text, "pasted.txt", report);
  return report;
}

/// "(not there)" where the run does not tell it.
inline std::string value(const ToolRun& run, Fact fact) {
  const Observation* found = run.find(fact);
  return found == nullptr ? "(not there)" : found->value;
}

}  // namespace scenarios::field
