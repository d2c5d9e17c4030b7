// SPDX-License-Identifier: BSD-3-Clause
// Typed register snapshots. A register is a tag type that lists its fields; a field of another
// register does not compile.
#pragma once

#include <cstdint>

namespace base {

/// Bits [High:Low] of register `Reg`, written as in its datasheet.
template <class Reg, unsigned High, unsigned Low = High>
struct Field {
  static_assert(High < 32 && Low <= High);
  static constexpr unsigned low = Low;
  static constexpr std::uint32_t mask =
      (High - Low == 31 ? 0xFFFFFFFFu : ((1u << (High - Low + 1)) - 1)) << Low;
};

/// The value of register `Reg` at one moment.
template <class Reg>
class Register32 {
 public:
  constexpr Register32() = default;
  constexpr explicit Register32(std::uint32_t bits) : bits_(bits) {}

  template <unsigned High, unsigned Low>
  constexpr std::uint32_t operator[](Field<Reg, High, Low> field) const {
    return (bits_ & field.mask) >> field.low;
  }

  template <unsigned High, unsigned Low>
  constexpr Register32 with(Field<Reg, High, Low> field, std::uint32_t value) const {
    return Register32((bits_ & ~field.mask) | ((value << field.low) & field.mask));
  }

  constexpr std::uint32_t bits() const { return bits_; }
  constexpr bool operator==(const Register32&) const = default;

 private:
  std::uint32_t bits_ = 0;
};

}  // namespace base
