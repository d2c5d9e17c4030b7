// SPDX-License-Identifier: BSD-3-Clause
#include "os/elf_program.h"

#include <gtest/gtest.h>

namespace os {
namespace {

// Debian's own: ldconfig must run when the libraries do not.
TEST(ElfProgram, OneWithoutAnInterpreterIsLoadedAlone) {
  EXPECT_EQ(loading_of("/sbin/ldconfig"), Loading::alone);
}

TEST(ElfProgram, OneWithAnInterpreterWantsItsLibraries) {
  EXPECT_EQ(loading_of("/usr/bin/env"), Loading::with_libraries);
  EXPECT_EQ(loading_of("/proc/self/exe"), Loading::with_libraries) << "this test";
}

TEST(ElfProgram, AnythingElseIsNone) {
  EXPECT_EQ(loading_of("/etc/passwd"), Loading::no_program);
  EXPECT_EQ(loading_of("/no/such/file"), Loading::no_program);
}

}  // namespace
}  // namespace os
