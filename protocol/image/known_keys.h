// SPDX-License-Identifier: BSD-3-Clause
// Signing keys that have a name. A key is known by the MD5 over its modulus and exponent as a
// manifest stores them (MEAnalyzer publishes those of ME 4 and ME 5; those of ME 7 and 8 were
// measured on public regions).
#pragma once

#include <array>
#include <string_view>

namespace protocol::image {

enum class KnownKey : unsigned char {
  intel_me4,
  intel_me5,
  intel_me7,  ///< of ME 7 and 8
  intel_me7_pre_production,
  development,
  development_3072
};

struct KeyName {
  KnownKey key;
  std::string_view md5;  ///< 32 lower-case hexadecimal digits
};

inline constexpr std::array<KeyName, 6> kKnownKeys = {{
    {.key = KnownKey::intel_me4, .md5 = "bf41464be736f5520d80c67f6789020e"},
    {.key = KnownKey::intel_me5, .md5 = "5c7169b7e7065323fb7b3b5657b4d57a"},
    {.key = KnownKey::intel_me7, .md5 = "0903fc25b0f6bed8c4ed724aca02124c"},
    {.key = KnownKey::intel_me7_pre_production, .md5 = "645f093c24ec0302df950e6dd1a51789"},
    /// This project's own, for simulated boards only; its private half is public.
    {.key = KnownKey::development, .md5 = "1280988a6c05d998ec54771471d48505"},
    {.key = KnownKey::development_3072, .md5 = "dee845f65d1015bf602b0fc208947ec7"},
}};

/// The row of `md5` (lower case), or null for a key without a name.
constexpr const KeyName* find_key(std::string_view md5) {
  for (const KeyName& k : kKnownKeys) {
    if (k.md5 == md5) return &k;
  }
  return nullptr;
}

}  // namespace protocol::image
