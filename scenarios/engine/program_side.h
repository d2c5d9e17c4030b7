// SPDX-License-Identifier: BSD-3-Clause
// What one run of a program holds of the host in front of the board. A program that was killed
// (SIGKILL) runs on here, because it is code of this process, but reaches nothing any more: its
// registers float, and its waiting takes no time of the board.
#pragma once

#include "scenarios/engine/host_side.h"

namespace scenarios::engine {

class ProgramSide final : public base::Mmio, public base::Clock {
 public:
  explicit ProgramSide(HostSide& host) : host_(host), tpm_(host) {}

  base::Mmio& tpm() { return tpm_; }

  std::uint32_t read32(std::uint32_t offset) override;
  void write32(std::uint32_t offset, std::uint32_t value) override;
  void read32_each(std::uint32_t offset, std::span<std::uint32_t> out) override;
  void write32_each(std::uint32_t offset, std::span<const std::uint32_t> values) override;
  base::TimePoint now() const override { return host_.now() + host_.ahead() + dreamt_; }
  void sleep(base::Duration amount) override;
  base::Duration quiet_for() const override;

 private:
  /// FED40000 on the same bus.
  class TpmRegisters final : public base::Mmio {
   public:
    explicit TpmRegisters(HostSide& host) : host_(host) {}
    std::uint32_t read32(std::uint32_t offset) override;
    void write32(std::uint32_t offset, std::uint32_t value) override;
    std::uint8_t read8(std::uint32_t offset) override;
    void write8(std::uint32_t offset, std::uint8_t value) override;

   private:
    HostSide& host_;
  };

  HostSide& host_;
  TpmRegisters tpm_;
  base::Duration dreamt_{};  ///< what it has waited since it was killed
};

}  // namespace scenarios::engine
