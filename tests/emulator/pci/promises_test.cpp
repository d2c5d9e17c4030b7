// SPDX-License-Identifier: BSD-3-Clause
// What a board promises the function, broken on purpose.
#include <gtest/gtest.h>

#include "pci_bench.h"

namespace emulator::pci {
namespace {

TEST(PciPromisesDeathTest, ABarHasTheSizeOfABar) {
  FakeRegisters registers;
  for (const std::uint32_t size : {16u, 4096u}) HeciFunction({.bar_size = size}, registers);
  for (const std::uint32_t size : {0u, 8u, 24u})
    EXPECT_DEATH(HeciFunction({.bar_size = size}, registers), "a power of two") << size;
}

}  // namespace
}  // namespace emulator::pci
