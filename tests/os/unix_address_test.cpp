// SPDX-License-Identifier: BSD-3-Clause
#include "os/unix_address.h"

#include <gtest/gtest.h>

#include <string>

namespace os {
namespace {

TEST(UnixAddress, HasAPathThatFitsWithItsEnd) {
  const std::string longest(kLongestSocketPath, 'a');
  const auto address = unix_address(longest);
  ASSERT_TRUE(address);
  EXPECT_EQ(address->sun_family, AF_UNIX);
  EXPECT_EQ(std::string(address->sun_path), longest);
  EXPECT_FALSE(unix_address(longest + "a"));
  EXPECT_FALSE(unix_address(""));
}

}  // namespace
}  // namespace os
