// SPDX-License-Identifier: BSD-3-Clause
// What attachments promise one another, broken on purpose.
#include <gtest/gtest.h>

#include "emulator/attach/kept_board.h"

namespace emulator::attach {
namespace {

TEST(AttachPromisesDeathTest, WhatIsSavedHasAFolder) {
  KeptBoard board;
  EXPECT_DEATH((void)board.save(), "a folder that keeps it");
  EXPECT_DEATH((void)board.follow_flash(), "a folder that keeps it");
}

}  // namespace
}  // namespace emulator::attach
