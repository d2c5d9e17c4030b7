// SPDX-License-Identifier: BSD-3-Clause
// A driver's view of the TPM's registers, for the tests of them.
#pragma once

#include "base/hex.h"
#include "protocol/tpm/tis_registers.h"
#include "tests/emulator/tpm/rig.h"

namespace emulator::tpm {

namespace tis = protocol::tpm::tis;

inline const base::Bytes kGetTicks = base::from_hex("00c1 0000000a 000000f1").value();

/// One locality.
class Registers {
 public:
  Registers(Rig& rig, std::uint32_t locality) : rig_(rig), base_(locality * tis::kLocalitySize) {}

  std::uint8_t access() { return bus().read8(base_ + tis::kAccess); }
  void access(std::uint8_t value) { bus().write8(base_ + tis::kAccess, value); }
  std::uint8_t sts() { return bus().read8(base_ + tis::kSts); }
  void sts(std::uint8_t value) { bus().write8(base_ + tis::kSts, value); }
  std::uint32_t burst() { return bus().read32(base_ + tis::kSts) >> 8 & 0xFFFF; }
  std::uint8_t fifo() { return bus().read8(base_ + tis::kDataFifo); }
  void fifo(std::uint8_t value) { bus().write8(base_ + tis::kDataFifo, value); }
  std::uint32_t reg(std::uint32_t at) { return bus().read32(base_ + at); }
  void reg(std::uint32_t at, std::uint32_t value) { bus().write32(base_ + at, value); }

  bool has_it() { return (access() & tis::kAccessActive) != 0; }
  void request() { access(tis::kAccessRequestUse); }
  void release() { access(tis::kAccessActive); }

  void write(const base::Bytes& command) {
    for (const std::uint8_t b : command) {
      while (burst() == 0) rig_.clock.sleep(std::chrono::microseconds(50));
      fifo(b);
    }
  }

  void send(const base::Bytes& command) {
    sts(tis::kStsCommandReady);
    write(command);
    sts(tis::kStsGo);
  }

  base::Bytes receive() {
    for (int i = 0; i < 100000 && (sts() & tis::kStsDataAvail) == 0; ++i)
      rig_.clock.sleep(std::chrono::milliseconds(1));
    base::Bytes out;
    while ((sts() & tis::kStsDataAvail) != 0) {
      while (burst() == 0) rig_.clock.sleep(std::chrono::microseconds(50));
      out.push_back(fifo());
    }
    return out;
  }

 private:
  base::Mmio& bus() { return rig_.tpm.tis(); }
  Rig& rig_;
  std::uint32_t base_;
};

}  // namespace emulator::tpm
