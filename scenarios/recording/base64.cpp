// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/recording/base64.h"

#include <algorithm>
#include <cstdint>

namespace scenarios::recording {
namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(base::ByteView bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) group = group << 8 | (i < count ? bytes[at + i] : 0u);
    for (std::size_t i = 0; i < 4; ++i)
      text.push_back(i <= count ? kBase64[group >> (18 - 6 * i) & 0x3F] : '=');
  }
  return text;
}

std::optional<base::Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  while (text.ends_with('=') && text.size() % 4 != 2) text.remove_suffix(1);
  base::Bytes bytes;
  std::uint32_t group = 0;
  unsigned bits = 0;
  for (const char letter : text) {
    const std::size_t value = kBase64.find(letter);
    if (value == kBase64.npos) return std::nullopt;
    group = group << 6 | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<std::uint8_t>(group >> bits & 0xFF));
  }
  return bytes;
}

}  // namespace scenarios::recording
