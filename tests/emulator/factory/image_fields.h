// SPDX-License-Identifier: BSD-3-Clause
// Fields of an image by their offsets, for tests that take it apart by the format pages rather than
// by our own codec.
#pragma once

#include <string>

#include "base/bytes.h"

namespace tests {

inline std::uint32_t word(base::ByteView image, std::size_t offset) {
  return base::ByteReader(image.subspan(offset)).u32();
}

/// Up to the first NUL.
inline std::string text(base::ByteView image, std::size_t offset, std::size_t width) {
  const base::ByteView field = image.subspan(offset, width);
  const std::string all(field.begin(), field.end());
  return all.substr(0, all.find('\0'));
}

}  // namespace tests
