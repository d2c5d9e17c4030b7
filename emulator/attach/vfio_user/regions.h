// SPDX-License-Identifier: BSD-3-Clause
// The regions of the served function: BAR0 and configuration space, cut into the accesses a bus
// would make.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "emulator/pci/heci_function.h"
#include "protocol/vfio_user/messages.h"

namespace emulator::attach::vfio_user {

class Regions {
 public:
  explicit Regions(pci::HeciFunction& function) : function_(function) {}

  /// Size and flags of one region; a region that is not there has size 0.
  protocol::vfio_user::RegionInfo info(std::uint32_t region) const;
  /// Fills `data` from `offset` on. False: the access is not one that the region has.
  bool read(std::uint32_t region, std::uint64_t offset, base::MutableByteView data);
  bool write(std::uint32_t region, std::uint64_t offset, base::ByteView data);

 private:
  bool is_inside(std::uint32_t region, std::uint64_t offset, std::size_t count) const;

  pci::HeciFunction& function_;
};

}  // namespace emulator::attach::vfio_user
