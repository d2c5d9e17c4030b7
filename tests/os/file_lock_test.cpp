// SPDX-License-Identifier: BSD-3-Clause
// One program at a time has the lock on a file.
#include "os/file_lock.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "tests/os/waiting_child.h"
#include "tests/temporary_folder.h"

namespace {

using os::Descriptor;
using os::FileLock;

class LockedFile : public testing::Test {
 protected:
  LockedFile() : file(folder.write("device", "")) {}
  Descriptor open() { return Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC)); }

  /// What a process does that has the lock until it is ended.
  auto hold() {
    return [this] { return FileLock::take(open(), file); };
  }

  tests::TemporaryFolder folder;
  std::string file;
};

TEST_F(LockedFile, IsAnotherProgramsWhichIsNamed) {
  const tests::WaitingChild holder(hold());
  const auto taken = FileLock::take(open(), file);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, base::Errc::busy);
  EXPECT_NE(taken.error().doing.find(file + " is locked by "), std::string::npos);
  EXPECT_NE(taken.error().doing.find("(process " + std::to_string(holder.pid()) + ")"),
            std::string::npos)
      << taken.error().doing;
}

TEST_F(LockedFile, IsFreeOnceItsHolderWasKilled) {
  { const tests::WaitingChild holder(hold()); }
  EXPECT_TRUE(FileLock::take(open(), file));
}

TEST_F(LockedFile, IsFreeOnceTheLockIsGone) {
  { ASSERT_TRUE(FileLock::take(open(), file)); }
  EXPECT_TRUE(FileLock::take(open(), file));
  EXPECT_EQ(os::lock_holder(open()).pid, 0);
}

TEST_F(LockedFile, IsOneByItselfWhateverOtherFilesAreLocked) {
  const tests::WaitingChild holder(hold());
  folder.write("other", "");
  EXPECT_TRUE(FileLock::take(Descriptor(::open(folder.file("other").c_str(), O_RDONLY)), "other"));
}

TEST_F(LockedFile, OfAHolderThatTheKernelDoesNotListIsNotNamed) {
  const tests::WaitingChild holder(hold());
  EXPECT_EQ(os::lock_holder(open(), folder.file("no-proc")).pid, 0);
}

}  // namespace
