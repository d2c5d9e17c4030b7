// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/vfio_user/dma_regions.h"

#include <cerrno>
#include <iterator>

namespace emulator::attach::vfio_user {
namespace {

bool wraps(std::uint64_t address, std::uint64_t length) {
  return length == 0 || address + (length - 1) < address;
}

}  // namespace

std::uint32_t DmaRegions::add(std::uint64_t address, std::uint64_t length) {
  if (wraps(address, length)) return EINVAL;
  const std::uint64_t last = address + (length - 1);
  const auto behind = last_of_.upper_bound(last);
  if (behind != last_of_.begin() && std::prev(behind)->second >= address) return EEXIST;
  if (last_of_.size() == kMost) return ENOSPC;
  last_of_.emplace_hint(behind, address, last);
  return 0;
}

std::uint32_t DmaRegions::remove(std::uint64_t address, std::uint64_t length) {
  if (wraps(address, length)) return EINVAL;
  const auto region = last_of_.find(address);
  if (region == last_of_.end() || region->second != address + (length - 1)) return ENOENT;
  last_of_.erase(region);
  return 0;
}

}  // namespace emulator::attach::vfio_user
