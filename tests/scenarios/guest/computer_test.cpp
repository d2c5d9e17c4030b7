// SPDX-License-Identifier: BSD-3-Clause
// The computer that a guest finds around its board, as far as programs in it ask.
#include <gtest/gtest.h>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;

constexpr const char* kLook = R"(
section processor
sed -n 's/^\(vendor_id\|model name\)[^:]*: //p' /proc/cpuinfo
section memory
sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo
section loopback
ip -o addr show lo | grep -o 'inet [0-9./]*'
ping -c 1 -w 5 127.0.0.1 >/dev/null && echo answers
section shared-memory
grep -o ' /dev/shm tmpfs' /proc/mounts
echo kept >/dev/shm/file && cat /dev/shm/file
section end
)";

long kibibytes(const std::string& section) {
  return section.empty() ? 0 : std::stol(section);
}

TEST(GuestComputer, IsAnIntelOfTheBoardsYearsWithALoopbackAndSharedMemory) {
  const BootedGuest guest = tests::boot_guest("--machine desktop-q35", kLook);
  EXPECT_EQ(guest.status, 0) << guest.output;
  EXPECT_EQ(guest["processor"], "GenuineIntel\nIntel Core 2 Duo P9xxx (Penryn Class Core 2)\n\n");
  EXPECT_EQ(guest["loopback"], "inet 127.0.0.1/8\nanswers\n\n");
  EXPECT_EQ(guest["shared-memory"], " /dev/shm tmpfs\nkept\n\n");
}

TEST(GuestComputer, HasTheProcessorAndTheMemoryThatAreAskedFor) {
  const BootedGuest guest =
      tests::boot_guest("--machine desktop-q35 --cpu Nehalem,+rdrand --memory 512", kLook);
  EXPECT_EQ(guest.status, 0) << guest.output;
  EXPECT_EQ(guest["processor"], "GenuineIntel\nIntel Core i7 9xx (Nehalem Class Core i7)\n\n");
  EXPECT_GT(kibibytes(guest["memory"]), 384 * 1024);
  EXPECT_LT(kibibytes(guest["memory"]), 512 * 1024);
}

}  // namespace
