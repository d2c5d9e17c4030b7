// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/printable.h"

namespace updater::report {

std::string printable(std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte <= 0x7E) {
      safe.push_back(c);
      continue;
    }
    safe += {'\\', 'x', digits[byte >> 4], digits[byte & 0xF]};
  }
  return safe;
}

}  // namespace updater::report
