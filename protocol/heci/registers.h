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
// From CSME 11 on, in a BAR of 4 KiB (Linux hw-me-regs.h).
inline constexpr std::uint32_t kMeTrc = 0x30;    ///< CSME 15: trace configuration, read only
inline constexpr std::uint32_t kHD0i3c = 0x800;  ///< idle control

/// H_CSR. Bits 7:5 are reserved to ME 10: they read 0 and ignore writes.
struct HCsr {
  static constexpr base::Field<HCsr, 6> d0i3_is{};  ///< CSME: D0i3 was entered or left; W1C
  static constexpr base::Field<HCsr, 5> d0i3_ie{};  ///< CSME: enables that interrupt
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

/// H_D0I3C, where HFS1 bit 31 says that it is there.
struct HD0i3c {
  static constexpr base::Field<HD0i3c, 3> rr{};   ///< restore required
  static constexpr base::Field<HD0i3c, 2> i3{};   ///< the host wants D0i3
  static constexpr base::Field<HD0i3c, 1> ir{};   ///< interrupt when it is done
  static constexpr base::Field<HD0i3c, 0> cip{};  ///< change in progress, read only
};
inline constexpr std::uint32_t kHD0i3cWritable =
    HD0i3c::rr.mask | HD0i3c::i3.mask | HD0i3c::ir.mask;

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

/// The same with D0i3.
inline constexpr std::uint32_t kHCsrWritableD0i3 = kHCsrWritable | HCsr::d0i3_ie.mask;
inline constexpr std::uint32_t kHCsrWrite1ToClearD0i3 = kHCsrWrite1ToClear | HCsr::d0i3_is.mask;

using HD0i3cValue = base::Register32<HD0i3c>;
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
