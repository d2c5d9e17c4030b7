// SPDX-License-Identifier: BSD-3-Clause
// The four HECI host registers of ICH9/ICH10, after Linux drivers/misc/mei/hw-me-regs.h and the
// illumos heci driver.
#pragma once

#include <array>
#include <cstdint>

#include "base/registers.h"

namespace protocol::heci {

/// Byte offsets inside BAR0 (16 bytes).
inline constexpr std::uint32_t kHCbWw = 0x00;    ///< host circular buffer write window, write only
inline constexpr std::uint32_t kHCsr = 0x04;     ///< host control and status
inline constexpr std::uint32_t kMeCbRw = 0x08;   ///< ME circular buffer read window, read only
inline constexpr std::uint32_t kMeCsrHa = 0x0C;  ///< ME control and status, host access, read only
inline constexpr std::uint32_t kBarSize = 0x10;

/// H_CSR. Bits 7:5 are reserved on this generation: they read 0 and ignore writes.
struct HCsr {
  static constexpr base::Field<HCsr, 31, 24>
      cbd{};  ///< buffer depth in slots: 2, 4, 8, 16, 32, 64 or 128
  static constexpr base::Field<HCsr, 23, 16> cbwp{};  ///< write pointer, free-running
  static constexpr base::Field<HCsr, 15, 8> cbrp{};   ///< read pointer, free-running
  static constexpr base::Field<HCsr, 4> rst{};        ///< host reset of the link
  static constexpr base::Field<HCsr, 3> rdy{};        ///< host ready
  static constexpr base::Field<HCsr, 2> ig{};         ///< interrupt the ME (doorbell); reads 0
  static constexpr base::Field<HCsr, 1> is{};         ///< interrupt status; write 1 to clear
  static constexpr base::Field<HCsr, 0> ie{};  ///< interrupt enable; gates the line, not the status
};

/// ME_CSR_HA: the ME's side of the same bits, read only to the host.
struct MeCsrHa {
  static constexpr base::Field<MeCsrHa, 31, 24> cbd{};
  static constexpr base::Field<MeCsrHa, 23, 16> cbwp{};
  static constexpr base::Field<MeCsrHa, 15, 8> cbrp{};
  static constexpr base::Field<MeCsrHa, 4> rst{};
  static constexpr base::Field<MeCsrHa, 3> rdy{};
  static constexpr base::Field<MeCsrHa, 2> ig{};
  static constexpr base::Field<MeCsrHa, 1> is{};
  static constexpr base::Field<MeCsrHa, 0> ie{};
};

/// H_CSR bits a host write can change.
inline constexpr std::uint32_t kHCsrWritable = HCsr::rst.mask | HCsr::rdy.mask | HCsr::ie.mask;
/// H_CSR bits a host write of 1 clears.
inline constexpr std::uint32_t kHCsrWrite1ToClear = HCsr::is.mask;

using HCsrValue = base::Register32<HCsr>;
using MeCsrHaValue = base::Register32<MeCsrHa>;

inline constexpr std::array<std::uint32_t, 7> kLegalDepths = {2, 4, 8, 16, 32, 64, 128};

/// Slots between two free-running 8-bit pointers.
constexpr std::uint32_t filled_slots(std::uint32_t write_pointer, std::uint32_t read_pointer) {
  return (write_pointer - read_pointer) & 0xFF;
}

/// Slots (32-bit words) that `bytes` bytes of payload occupy.
constexpr std::uint32_t slots_for(std::uint32_t bytes) {
  return (bytes + 3) / 4;
}

}  // namespace protocol::heci
