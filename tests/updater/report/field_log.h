// SPDX-License-Identifier: BSD-3-Clause
// The owners' logs as expected output: what this program never prints (banner, copyright, command
// echo, helper driver) is taken out, line by line.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>

#include "tests/source_dir.h"

namespace tests {

inline bool starts_with_any(std::string_view line,
                            std::initializer_list<std::string_view> beginnings) {
  for (const std::string_view beginning : beginnings) {
    if (line.substr(0, beginning.size()) == beginning) return true;
  }
  return false;
}

inline bool is_the_old_tools_own(std::string_view line) {
  return starts_with_any(line, {"Copyright", "Intel(R) MEInfo", "Firmware Update Utility",
                                "FWUpdLcl.exe", "C:\\", "PMXUtil:", "..."});
}

/// The log `name` below scenarios/field-reports, without those lines and without empty ones.
inline std::string field_log(const std::string& name) {
  std::ifstream file(std::string(MEBENCH_SOURCE_DIR) + "/scenarios/field-reports/" + name);
  EXPECT_TRUE(file) << name;
  std::string kept;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || is_the_old_tools_own(line)) continue;
    kept += line + "\n";
  }
  return kept;
}

}  // namespace tests
