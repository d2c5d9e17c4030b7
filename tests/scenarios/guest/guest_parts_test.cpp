// SPDX-License-Identifier: BSD-3-Clause
// What a guest is made of, and the words for what is missing of it.
#include "scenarios/guest/guest_parts.h"

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace scenarios::guest {
namespace {

/// Everything there but what a test takes away.
struct GuestPartsFolder : testing::Test {
  GuestPartsFolder() {
    for (const char* name : {"vmlinuz", "busybox", "mei.ko", "mei-me.ko", "plugin.so"})
      folder.write(name, "");
    parts = {.qemu = "/bin/sh",
             .vfio_user_qemu = "/bin/sh",
             .kernel = folder.path(),
             .plugin = folder.file("plugin.so"),
             .meupdate = "/bin/sh",
             .machines = folder.path(),
             .setup = "/opt/setup_guest"};
  }
  std::string missing(Needs needs = Needs::plugin) const {
    const auto there = check(parts, needs);
    return there ? "" : there.error().doing;
  }
  const tests::TemporaryFolder folder;
  GuestParts parts;
};

TEST_F(GuestPartsFolder, MissingKernelIsFetchedByTheScriptOfThisInstallation) {
  parts.kernel = "/nowhere";
  EXPECT_TRUE(
      missing().starts_with("/nowhere/vmlinuz is missing; /opt/setup_guest fetches it; a "
                            "folder of your own (--kernel) holds "))
      << missing();
}

TEST_F(GuestPartsFolder, MissingQemuIsInAPackage) {
  for (const char* program : {"qemu-system-of-nobody", "/nowhere/qemu"}) {
    parts.qemu = program;
    EXPECT_EQ(missing(),
              std::string(program) + " is missing; it is in Debian's package qemu-system-x86");
  }
}

TEST_F(GuestPartsFolder, QemuOfThePathIsFound) {
  parts.qemu = "sh";
  parts.plugin = "/nowhere/plugin.so";
  EXPECT_EQ(missing(),
            "/nowhere/plugin.so is missing; a checkout builds it (mebench_qemu) once its "
            "scripts/setup has fetched QEMU's headers");
}

TEST_F(GuestPartsFolder, VfioUserNeedsItsOwnQemuAlone) {
  parts.qemu = "/nowhere/qemu";
  parts.vfio_user_qemu = "/nowhere/run";
  EXPECT_EQ(missing(Needs::vfio_user_qemu), "/nowhere/run is missing; /opt/setup_guest fetches it");
}

TEST_F(GuestPartsFolder, ProgramWithSharedLibrariesIsRefused) {
  EXPECT_NE(missing().find("/bin/sh is not a static program"), std::string::npos) << missing();
}

}  // namespace
}  // namespace scenarios::guest
