// SPDX-License-Identifier: BSD-3-Clause
#include "os/program_in_front.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "os/forked.h"

namespace os {
namespace {

TEST(ProgramInFront, HasTheEnvironmentThatItWasGivenAndNoOther) {
  const auto child = start_in_front({"sh", "-c", R"(test "$MINE" = yes && test -z "$HOME")"},
                                    {"MINE=yes", "PATH=/usr/bin:/bin"});
  ASSERT_TRUE(child) << child.error().doing;
  const int status = wait_for(*child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(ProgramInFront, OneThatIsNotThereIsNamed) {
  const auto child = start_in_front({"/nowhere/at-all"}, {});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, base::Errc::not_found);
  EXPECT_NE(child.error().doing.find("/nowhere/at-all"), std::string::npos);
}

}  // namespace
}  // namespace os
