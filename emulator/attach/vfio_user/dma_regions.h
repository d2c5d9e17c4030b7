// SPDX-License-Identifier: BSD-3-Clause
// Which ranges of the guest's memory a monitor has lent. They are never touched; the specification
// wants them kept apart (QEMU manual, vfio-user, VFIO_USER_DMA_MAP and VFIO_USER_DMA_UNMAP).
#pragma once

#include <cstdint>
#include <map>

namespace emulator::attach::vfio_user {

class DmaRegions {
 public:
  /// Regions that may be there at a time: what holds where no max_dma_maps is told.
  static constexpr std::size_t kMost = 65535;

  /// An errno; 0 when it was done. EINVAL: no byte, or beyond the last address. EEXIST: some of it
  /// is lent already. ENOSPC: too many.
  std::uint32_t add(std::uint64_t address, std::uint64_t length);
  /// EINVAL as above. ENOENT: that very region is not there.
  std::uint32_t remove(std::uint64_t address, std::uint64_t length);
  void clear() { last_of_.clear(); }

 private:
  std::map<std::uint64_t, std::uint64_t> last_of_;  ///< last address by first
};

}  // namespace emulator::attach::vfio_user
