// SPDX-License-Identifier: BSD-3-Clause
// Registers at a fixed physical address as base::Mmio, mapped through /dev/mem: for devices that no
// bus lists, such as the TPM's registers at FED40000.
#pragma once

#include <cstdint>
#include <memory>

#include "base/mmio.h"
#include "base/result.h"
#include "updater/mmio/pci_function.h"

namespace updater::mmio {

class PhysicalMmio final : public base::Mmio {
 public:
  /// Maps `size` bytes from `address` on, which must begin a page. Whoever else drives these
  /// registers is not kept away. Errors: permission (says what forbids it), unsupported (the kernel
  /// has no /dev/mem), invalid (no such address), io.
  static base::Result<std::unique_ptr<PhysicalMmio>> open(std::uint64_t address, std::size_t size,
                                                          const SystemRoots& roots = {});
  ~PhysicalMmio() override;
  PhysicalMmio(const PhysicalMmio&) = delete;
  PhysicalMmio& operator=(const PhysicalMmio&) = delete;

  /// One bus cycle each, of 32 bits or of one byte: a FIFO's register must not be read four times
  /// as wide. Offsets outside, or for 32 bits not a multiple of 4, read ones and ignore writes.
  std::uint32_t read32(std::uint32_t offset) override;
  void write32(std::uint32_t offset, std::uint32_t value) override;
  std::uint8_t read8(std::uint32_t offset) override;
  void write8(std::uint32_t offset, std::uint8_t value) override;

 private:
  PhysicalMmio(void* pages, std::size_t size) : pages_(pages), size_(size) {}
  bool inside(std::uint32_t offset, std::size_t width) const;
  volatile std::uint32_t* word(std::uint32_t offset) const;
  volatile std::uint8_t* byte(std::uint32_t offset) const;

  void* pages_;
  std::size_t size_;
};

}  // namespace updater::mmio
