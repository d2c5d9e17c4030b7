// SPDX-License-Identifier: BSD-3-Clause
// What attachments promise one another, broken on purpose.
#include <gtest/gtest.h>

#include "emulator/attach/kept_board.h"
#include "emulator/attach/peer_stream.h"

namespace emulator::attach {
namespace {

TEST(AttachPromisesDeathTest, WhatIsSavedHasAFolder) {
  KeptBoard board;
  EXPECT_DEATH((void)board.save(), "a folder that keeps it");
  EXPECT_DEATH((void)board.follow_flash(), "a folder that keeps it");
}

TEST(AttachPromisesDeathTest, NoMoreIsTakenThanIsWanted) {
  PeerStream stream{os::Descriptor()};
  base::Bytes taken(5);
  EXPECT_DEATH((void)stream.read(taken, 4), "no more was taken than is wanted");
}

}  // namespace
}  // namespace emulator::attach
