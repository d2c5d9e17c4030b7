// SPDX-License-Identifier: BSD-3-Clause
// Which programs have a file open, as procfs tells it.
#include "os/open_files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "os/descriptor.h"
#include "tests/os/waiting_child.h"
#include "tests/temporary_folder.h"
#include "tests/updater/unprivileged.h"

namespace {

using os::Process;
using os::Seen;
using os::who_has_open;

/// A procfs of files: each process has one file open.
class OpenFiles : public testing::Test {
 protected:
  OpenFiles() : file(folder.write("dev/mei0", "")) {}
  void run(int pid, const std::string& name, const std::string& opened) {
    const std::string own = "proc/" + std::to_string(pid);
    folder.write(own + "/comm", name + "\n");
    std::filesystem::create_directories(folder.file(own + "/fd"));
    std::filesystem::create_symlink(opened, folder.file(own + "/fd/3"));
  }
  os::WhoHasOpen who(const std::string& path) { return who_has_open(path, folder.file("proc")); }

  tests::TemporaryFolder folder;
  std::string file;
};

TEST_F(OpenFiles, AreFoundWithTheirProgramsByNumber) {
  run(812, "lms", file);
  run(90, "other", folder.write("elsewhere", ""));
  run(77, "meupdate", file);
  const auto found = who(file);
  EXPECT_EQ(found.processes, (std::vector<Process>{{77, "meupdate"}, {812, "lms"}}));
  EXPECT_EQ(found.seen, Seen::all);
  EXPECT_EQ(to_text(found), "meupdate (process 77), lms (process 812)");
}

TEST_F(OpenFiles, OfADeviceAreFoundUnderEveryNameOfIt) {
  std::filesystem::create_symlink("/dev/null", folder.file("alias"));
  run(5, "tcsd", "/dev/null");
  run(6, "other", "/dev/zero");
  EXPECT_EQ(who(folder.file("alias")).processes, (std::vector<Process>{{5, "tcsd"}}));
}

TEST_F(OpenFiles, LeaveThisProcessOut) {
  run(::getpid(), "us", file);
  EXPECT_TRUE(who(file).processes.empty());
}

TEST_F(OpenFiles, OfProcessesThatMayNotBeLookedAtAreNotDenied) {
  run(5, "secret", file);
  std::filesystem::permissions(folder.file("proc/5/fd"), std::filesystem::perms::none);
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  const test::Unprivileged nobody;
  const auto found = who(file);
  EXPECT_TRUE(found.processes.empty());
  EXPECT_EQ(found.seen, Seen::own_only);
  EXPECT_EQ(to_text(found), "a program of another user (root sees which)");
}

TEST_F(OpenFiles, OfAFileThatIsNotThereAreNobodys) {
  run(5, "other", folder.file("gone"));
  EXPECT_TRUE(who(folder.file("gone")).processes.empty());
}

TEST_F(OpenFiles, AreNamedInTheErrorOfAFileThatIsInUseAndInNoOther) {
  run(812, "lms", file);
  const auto told = [&](base::Errc code) {
    return os::with_holders({code, "opening it: busy"}, file, folder.file("proc")).doing;
  };
  EXPECT_EQ(told(base::Errc::busy), "opening it: busy; " + file + " is open in lms (process 812)");
  EXPECT_EQ(told(base::Errc::io), "opening it: busy");
}

/// The real procfs, and a real process.
TEST_F(OpenFiles, OfAnotherProcessAreFoundAsTheKernelTellsThem) {
  const tests::WaitingChild child([this] {
    static const os::Descriptor held(::open(file.c_str(), O_RDONLY));
    return held.is_open();
  });
  const auto found = who_has_open(file);
  ASSERT_EQ(found.processes.size(), 1u);
  EXPECT_EQ(found.processes[0].pid, child.pid());
  EXPECT_FALSE(found.processes[0].name.empty());
}

}  // namespace
