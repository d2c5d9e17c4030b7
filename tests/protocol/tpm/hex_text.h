// SPDX-License-Identifier: BSD-3-Clause
// Bytes written by hand in the tests of the TPM messages, from the specification's tables and the
// facts pages.
#pragma once

#include "base/hex.h"

namespace protocol::tpm {

inline base::Bytes hex(std::string_view text) {
  return base::from_hex(text).value();
}

/// Twenty equal bytes.
inline std::array<std::uint8_t, 20> twenty(std::uint8_t value) {
  std::array<std::uint8_t, 20> out{};
  out.fill(value);
  return out;
}

}  // namespace protocol::tpm
