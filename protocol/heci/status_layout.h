// SPDX-License-Identifier: BSD-3-Clause
// Which layout the firmware status words of a generation have (firmware_status.h has the bits).
#pragma once

#include <cstdint>

namespace protocol::heci {

/// Which documents tell what the bits mean.
enum class StatusLayout : std::uint8_t {
  undocumented,  ///< firmware 2 to 5, a graphics card's engine, or none that is known
  me6_10,        ///< ME 6 to 10
  csme_some,     ///< CSME 11 or later, not known which
  csme11,
  csme12_13,
  csme14,
  csme15,
  csme16,  ///< 16 and 17
  csme18,  ///< 18 and later: HFS3 to HFS6 are others
};
constexpr bool is_csme(StatusLayout layout) {
  return layout >= StatusLayout::csme_some;
}

}  // namespace protocol::heci
