// SPDX-License-Identifier: BSD-3-Clause
// The host's drivers in front of a board, as the public face shows them.
#pragma once

#include <mebench/host.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/mmio.h"
#include "emulator/machine/board.h"
#include "updater/mei/heci_host.h"
#include "updater/tpm/tis_host.h"

namespace face {

class BoardClock final : public mebench::Clock {
 public:
  explicit BoardClock(base::Clock& clock) : clock_(clock) {}
  mebench::TimePoint now() const override { return clock_.now(); }
  void sleep(mebench::Duration amount) override {
    if (amount > mebench::Duration::zero()) clock_.sleep(amount);
  }

 private:
  base::Clock& clock_;
};

/// Registers that can be taken away from whoever still holds them: as those of a function that
/// is gone.
class Gate final : public base::Mmio {
 public:
  explicit Gate(base::Mmio& registers) : registers_(&registers) {}
  void close() { registers_ = nullptr; }
  std::uint32_t read32(std::uint32_t offset) override {
    return registers_ == nullptr ? 0xFFFFFFFF : registers_->read32(offset);
  }
  void write32(std::uint32_t offset, std::uint32_t value) override {
    if (registers_ != nullptr) registers_->write32(offset, value);
  }
  void read32_each(std::uint32_t offset, std::span<std::uint32_t> out) override {
    if (registers_ != nullptr) return registers_->read32_each(offset, out);
    std::ranges::fill(out, 0xFFFFFFFF);
  }
  void write32_each(std::uint32_t offset, std::span<const std::uint32_t> values) override {
    if (registers_ != nullptr) registers_->write32_each(offset, values);
  }

 private:
  base::Mmio* registers_;
};

/// One driver on the HECI registers. Its connections hold it.
struct MeDriver {
  explicit MeDriver(emulator::machine::Board& board);
  Gate gate;
  updater::mei::HeciHost host;
};

class BoardMe final : public mebench::MeDevice {
 public:
  explicit BoardMe(emulator::machine::Board& board);

  std::string name() const override { return driver_->host.name(); }
  bool simulated() const override { return true; }
  mebench::Result<std::unique_ptr<mebench::MeConnection>> connect(
      const mebench::Guid& client) override;
  mebench::Result<std::unique_ptr<mebench::MeConnection>> open_fixed(std::uint8_t me_addr) override;
  mebench::Result<std::uint32_t> firmware_status() override;
  mebench::Result<std::uint16_t> pci_device_id() override;

  /// The board is another one: what is connected hears that the function is gone, and the next
  /// connection has a driver that knows nothing yet.
  void start_over();

 private:
  emulator::machine::Board& board_;
  std::shared_ptr<MeDriver> driver_;
};

/// The machine has a TPM.
class BoardTpm final : public mebench::TpmTransport {
 public:
  explicit BoardTpm(emulator::machine::Board& board);
  std::string name() const override { return tis_.name(); }
  bool simulated() const override { return true; }
  mebench::Result<mebench::Bytes> transmit(mebench::ByteView command,
                                           mebench::Duration limit) override;

 private:
  emulator::machine::Board& board_;
  updater::tpm::TisHost tis_;
};

}  // namespace face
