// SPDX-License-Identifier: BSD-3-Clause
// The forms of a manifest, by generation (MEAnalyzer, me_cleaner).
#pragma once

#include <cstdint>
#include <string_view>

namespace protocol::image {

enum class ManifestForm : std::uint8_t {
  man,     ///< $MAN, RSA-2048 over SHA-1
  mn2,     ///< $MN2, RSA-2048 over SHA-256
  cpd_r1,  ///< in a $CPD directory; header 0x284 bytes, RSA-2048 over SHA-256
  cpd_r2,  ///< in a $CPD directory; header 0x384 bytes, RSA-3072 over SHA-384
};

/// What stands at 0x1C of the manifest.
constexpr std::string_view tag_of(ManifestForm form) {
  return form == ManifestForm::man ? "$MAN" : "$MN2";
}

/// Where the security version stands in a manifest of either tag; one word later in ME 8's
/// (measured on public regions).
inline constexpr std::uint8_t kSecurityVersionAt = 0x2C;
inline constexpr std::uint8_t kSecurityVersionAtMe8 = 0x30;

}  // namespace protocol::image
