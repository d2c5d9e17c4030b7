// SPDX-License-Identifier: BSD-3-Clause
// What every codec owes its golden string: the bytes when encoding, and a refusal of anything
// shorter or longer.
#pragma once

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/hex.h"

namespace golden {

template <class Message>
std::string encoded(const Message& message) {
  std::array<std::uint8_t, 0x2000> buffer{};
  base::ByteWriter out(buffer);
  encode(out, message);
  EXPECT_TRUE(out.ok());
  return base::to_hex(out.written());
}

/// `decode` takes `whole` and refuses each of its proper prefixes.
template <class Decode>
void expect_no_prefix_decodes(base::ByteView whole, Decode decode) {
  EXPECT_TRUE(decode(whole).has_value());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(decode(whole.first(length)).has_value())
        << "cut to " << length << " of " << whole.size();
  }
}

/// ... and refuses `whole` with one byte and with a whole slot added.
template <class Decode>
void expect_only_this_size_decodes(base::ByteView whole, Decode decode) {
  expect_no_prefix_decodes(whole, decode);
  base::Bytes longer(whole.begin(), whole.end());
  for (int added = 1; added <= 4; ++added) {
    longer.push_back(0);
    EXPECT_FALSE(decode(base::ByteView(longer)).has_value()) << added << " bytes too long";
  }
}

}  // namespace golden
