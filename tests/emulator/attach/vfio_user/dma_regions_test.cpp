// SPDX-License-Identifier: BSD-3-Clause
// Ranges of lent memory: what lies beside what.
#include "emulator/attach/vfio_user/dma_regions.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <limits>

namespace emulator::attach::vfio_user {
namespace {

constexpr std::uint64_t kEnd = std::numeric_limits<std::uint64_t>::max();

TEST(DmaRegions, NeighboursMayTouchButNotOverlap) {
  DmaRegions regions;
  EXPECT_EQ(regions.add(0x1000, 0x1000), 0u);
  EXPECT_EQ(regions.add(0x2000, 0x1000), 0u);
  EXPECT_EQ(regions.add(0, 0x1000), 0u);
  EXPECT_EQ(regions.add(0x1FFF, 1), static_cast<std::uint32_t>(EEXIST));
  EXPECT_EQ(regions.add(0x2FFF, 2), static_cast<std::uint32_t>(EEXIST));
  EXPECT_EQ(regions.add(0x1800, 0x10), static_cast<std::uint32_t>(EEXIST)) << "inside one";
  EXPECT_EQ(regions.add(0, kEnd), static_cast<std::uint32_t>(EEXIST)) << "around all";
  EXPECT_EQ(regions.add(0x3000, 1), 0u);
}

TEST(DmaRegions, ReachTheLastAddressAndNoFarther) {
  DmaRegions regions;
  EXPECT_EQ(regions.add(kEnd, 1), 0u);
  EXPECT_EQ(regions.add(kEnd, 1), static_cast<std::uint32_t>(EEXIST));
  EXPECT_EQ(regions.add(kEnd - 1, 3), static_cast<std::uint32_t>(EINVAL));
  EXPECT_EQ(regions.add(5, 0), static_cast<std::uint32_t>(EINVAL));
}

TEST(DmaRegions, GoAsTheyCame) {
  DmaRegions regions;
  EXPECT_EQ(regions.add(0x1000, 0x1000), 0u);
  EXPECT_EQ(regions.remove(0x1000, 0x800), static_cast<std::uint32_t>(ENOENT));
  EXPECT_EQ(regions.remove(0x1800, 0x800), static_cast<std::uint32_t>(ENOENT));
  EXPECT_EQ(regions.remove(0x1000, 0), static_cast<std::uint32_t>(EINVAL));
  EXPECT_EQ(regions.remove(0x1000, 0x1000), 0u);
  EXPECT_EQ(regions.remove(0x1000, 0x1000), static_cast<std::uint32_t>(ENOENT));
}

TEST(DmaRegions, AreNotMoreThanAMonitorMayExpect) {
  DmaRegions regions;
  for (std::uint64_t i = 0; i < DmaRegions::kMost; ++i) ASSERT_EQ(regions.add(i, 1), 0u);
  EXPECT_EQ(regions.add(DmaRegions::kMost, 1), static_cast<std::uint32_t>(ENOSPC));
  regions.clear();
  EXPECT_EQ(regions.add(0, 1), 0u);
}

}  // namespace
}  // namespace emulator::attach::vfio_user
