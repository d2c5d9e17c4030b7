// SPDX-License-Identifier: BSD-3-Clause
// The owners' logs, scenarios/field-reports.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

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

}  // namespace scenarios::field
