// SPDX-License-Identifier: BSD-3-Clause
// Every error of the update tool that stands behind "Communication Mode: TPM", by its number alone.
#include <gtest/gtest.h>

#include "scenarios/field/explain/explain.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

struct Behind {
  unsigned number;
  const char* because;  ///< part of the best explanation
};

class ErrorBehindTheMode : public testing::TestWithParam<Behind> {};

TEST_P(ErrorBehindTheMode, IsExplained) {
  const engine::StoryFolder folder;
  FieldReport report;
  read_text(
      "Firmware Update Utility Version 4.2.50.1053\nTrying to connect to MEI driver.\n"
      "Communication Mode: TPM\nError (" +
          std::to_string(GetParam().number) + "): in other words\n",
      "update.txt", report);
  auto bench = FieldBench::make(std::move(report), folder.path());
  ASSERT_TRUE(bench);
  const Explained explained = explain(*bench);
  ASSERT_FALSE(explained.survivors.empty());
  EXPECT_NE(explained.survivors.front().text.find(GetParam().because), std::string::npos)
      << explained.survivors.front().text;
}

INSTANTIATE_TEST_SUITE_P(
    Field, ErrorBehindTheMode,
    testing::Values(Behind{8704, "the image was made for another SKU"},
                    Behind{8705, "the image was of another firmware generation"},
                    Behind{8706, "the image file was damaged"},
                    Behind{8707, "the firmware broke off by a fault of its own"},
                    Behind{8713, "the image's header was refused"},
                    Behind{8719, "set-up had closed local update"},
                    Behind{8729, "the tool was not given the TPM owner's password"},
                    Behind{8741, "the ME never answered the beginning of the upload"},
                    Behind{8748, "tool and firmware do not fit"}),
    [](const auto& param) { return std::to_string(param.param.number); });

}  // namespace
}  // namespace scenarios::field
