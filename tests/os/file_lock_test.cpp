// SPDX-License-Identifier: BSD-3-Clause
// One program at a time has the lock on a file.
#include "os/file_lock.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/temporary_folder.h"

namespace {

using os::Descriptor;
using os::FileLock;

class LockedFile : public testing::Test {
 protected:
  LockedFile() : file(folder.write("device", "")) {}
  Descriptor open() { return Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC)); }

  /// A process that has the lock until it is ended.
  pid_t start_holder() {
    int ready[2];
    EXPECT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      const auto held = FileLock::take(open(), file);
      const char byte = held ? 'y' : 'n';
      (void)!::write(ready[1], &byte, 1);
      ::pause();
      ::_exit(0);
    }
    char byte = 0;
    EXPECT_EQ(::read(ready[0], &byte, 1), 1);
    EXPECT_EQ(byte, 'y');
    ::close(ready[0]);
    ::close(ready[1]);
    return child;
  }
  static void end(pid_t child) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }

  tests::TemporaryFolder folder;
  std::string file;
};

TEST_F(LockedFile, IsAnotherProgramsWhichIsNamed) {
  const pid_t holder = start_holder();
  const auto taken = FileLock::take(open(), file);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, base::Errc::busy);
  EXPECT_NE(taken.error().doing.find(file + " is locked by "), std::string::npos);
  EXPECT_NE(taken.error().doing.find("(process " + std::to_string(holder) + ")"), std::string::npos)
      << taken.error().doing;
  end(holder);
}

TEST_F(LockedFile, IsFreeOnceItsHolderWasKilled) {
  end(start_holder());
  EXPECT_TRUE(FileLock::take(open(), file));
}

TEST_F(LockedFile, IsFreeOnceTheLockIsGone) {
  { ASSERT_TRUE(FileLock::take(open(), file)); }
  EXPECT_TRUE(FileLock::take(open(), file));
  EXPECT_EQ(os::lock_holder(open()).pid, 0);
}

TEST_F(LockedFile, IsOneByItselfWhateverOtherFilesAreLocked) {
  const pid_t holder = start_holder();
  folder.write("other", "");
  EXPECT_TRUE(FileLock::take(Descriptor(::open(folder.file("other").c_str(), O_RDONLY)), "other"));
  end(holder);
}

TEST_F(LockedFile, OfAHolderThatTheKernelDoesNotListIsNotNamed) {
  const pid_t holder = start_holder();
  EXPECT_EQ(os::lock_holder(open(), folder.file("no-proc")).pid, 0);
  end(holder);
}

}  // namespace
