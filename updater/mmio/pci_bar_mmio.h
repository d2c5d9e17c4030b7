// SPDX-License-Identifier: BSD-3-Clause
// The registers of a PCI function as base::Mmio: BAR0 mapped through sysfs resource0, for hosts
// without a driver.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/mmio.h"
#include "base/result.h"
#include "updater/mmio/pci_function.h"

namespace updater::mmio {

/// What to do with a function whose memory space is switched off.
enum class MemorySpace : std::uint8_t {
  must_be_enabled,  ///< refuse, and say how to switch it on
  enable,           ///< switch it on through sysfs; the caller has told the person
};

class PciBarMmio final : public base::Mmio {
 public:
  /// Maps BAR0 of `function`. Errors: busy (a kernel driver is bound; says how to unbind it),
  /// refused (memory space is off), unsupported (BAR0 is not a memory BAR), permission,
  /// not_found, io.
  static base::Result<std::unique_ptr<PciBarMmio>> open(
      const PciFunction& function, MemorySpace memory_space = MemorySpace::must_be_enabled);
  ~PciBarMmio() override;
  PciBarMmio(const PciBarMmio&) = delete;
  PciBarMmio& operator=(const PciBarMmio&) = delete;

  /// One 32-bit bus cycle each. Offsets outside the BAR or not a multiple of 4 read FFFFFFFFh and
  /// ignore writes.
  std::uint32_t read32(std::uint32_t offset) override;
  void write32(std::uint32_t offset, std::uint32_t value) override;

 private:
  PciBarMmio(void* page, std::size_t mapped, std::size_t bar_in_page, std::size_t bar_size);
  bool inside(std::uint32_t offset) const;

  void* page_;
  std::size_t mapped_;
  volatile std::uint32_t* bar_;
  std::size_t bar_size_;
};

}  // namespace updater::mmio
