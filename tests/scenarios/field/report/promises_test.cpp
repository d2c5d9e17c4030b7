// SPDX-License-Identifier: BSD-3-Clause
// What boots and replays promise a report, broken on purpose.
#include <gtest/gtest.h>

#include "scenarios/field/report/reproduction.h"

namespace scenarios::field {
namespace {

TEST(ReportPromisesDeathTest, WhatIsToldOfIsInTheReport) {
  Reproduction all;
  all.report.runs.emplace_back();
  EXPECT_EQ(all.boot_of(all.report.runs[0]), nullptr);
  all.boots.emplace_back().run = 1;
  EXPECT_DEATH((void)all.boot_of(all.report.runs[0]), "a log that was booted is one of");
  all.runs.emplace_back().run = 1;
  EXPECT_DEATH((void)all.has_unread_update(), "a run that was replayed is one of");
}

}  // namespace
}  // namespace scenarios::field
