// SPDX-License-Identifier: BSD-3-Clause
// The HECI function on a bench: registers that remember, and a host that counts interrupts.
#pragma once

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "emulator/pci/heci_function.h"

namespace emulator::pci {

struct FakeRegisters final : base::Mmio {
  std::uint32_t read32(std::uint32_t offset) override {
    ++reads;
    return 0x11110000 | offset;
  }
  void write32(std::uint32_t offset, std::uint32_t value) override {
    writes.emplace_back(offset, value);
  }
  int reads = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> writes;
};

struct HostProbe final : InterruptListener {
  void intx(sim::Level level) override {
    line = level;
    ++changes;
  }
  void msi(std::uint64_t address, std::uint16_t data) override {
    messages.emplace_back(address, data);
  }
  sim::Level line = sim::Level::low;
  int changes = 0;
  std::vector<std::pair<std::uint64_t, std::uint16_t>> messages;
};

struct PciBench : testing::Test {
  PciBench() { function.connect(host); }
  std::uint32_t read8(std::uint32_t offset) { return function.read(offset, 1); }
  std::uint32_t read16(std::uint32_t offset) { return function.read(offset, 2); }
  std::uint32_t read32(std::uint32_t offset) { return function.read(offset, 4); }
  void write8(std::uint32_t offset, std::uint32_t value) { function.write(offset, 1, value); }
  void write16(std::uint32_t offset, std::uint32_t value) { function.write(offset, 2, value); }
  void write32(std::uint32_t offset, std::uint32_t value) { function.write(offset, 4, value); }
  void enable_msi() {
    write16(0x04, 0x0006);
    write32(0x90, 0xFEE01000);
    write32(0x94, 0x00000001);
    write16(0x98, 0x4041);
    write16(0x8E, 0x0001);
  }

  FakeRegisters registers;
  HostProbe host;
  HeciFunction function{{.device_id = 0x2E14,
                         .revision = 0x03,
                         .prog_if = 0x00,
                         .subsystem_vendor = 0x1734,
                         .subsystem_id = 0x1101,
                         .firmware_status = 0x3009065A},
                        registers};
};

}  // namespace emulator::pci
