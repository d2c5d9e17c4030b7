// SPDX-License-Identifier: BSD-3-Clause
// The first and the last code point of each length, and the spellings that RFC 3629 forbids.
#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using base::code_point_at;

struct Spelling {
  std::string text;
  char32_t value;
};

TEST(Utf8, HasOneSpellingForEachCodePoint) {
  for (const Spelling& s :
       {Spelling{std::string(1, '\0'), 0}, Spelling{"\x7F", 0x7F}, Spelling{"\xC2\x80", 0x80},
        Spelling{"\xDF\xBF", 0x7FF}, Spelling{"\xE0\xA0\x80", 0x800},
        Spelling{"\xED\x9F\xBF", 0xD7FF}, Spelling{"\xEE\x80\x80", 0xE000},
        Spelling{"\xEF\xBF\xBF", 0xFFFF}, Spelling{"\xF0\x90\x80\x80", 0x10000},
        Spelling{"\xF4\x8F\xBF\xBF", 0x10FFFF}}) {
    const auto point = code_point_at("x" + s.text + "y", 1);
    EXPECT_EQ(point.length, s.text.size()) << std::hex << static_cast<unsigned>(s.value);
    EXPECT_EQ(point.value, s.value);
    for (std::size_t cut = 1; cut < s.text.size(); ++cut)
      EXPECT_EQ(code_point_at(s.text.substr(0, cut), 0).length, 0u)
          << std::hex << static_cast<unsigned>(s.value);
  }
}

TEST(Utf8, RefusesWhatRfc3629Forbids) {
  for (const char* wrong : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2\x41", "\xE0\x82\x9B",
                            "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x82\x9B",
                            "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    EXPECT_EQ(code_point_at(wrong, 0).length, 0u) << wrong;
  }
}

TEST(Utf8, KnowsWhatIsObeyedAndNotShown) {
  for (const char32_t value : {U'\0', U'\x1B', U'\n', U'\x7F', U'\x9B', U'\u061C', U'\u200E',
                               U'\u2028', U'\u202E', U'\u2066'})
    EXPECT_TRUE(base::is_control(value)) << std::hex << static_cast<unsigned>(value);
  for (const char32_t value :
       {U' ', U'~', U'\xA0', U'\u00FC', U'\u061B', U'\u061D', U'\u20AC', U'\u202F', U'\uFEFF'})
    EXPECT_FALSE(base::is_control(value)) << std::hex << static_cast<unsigned>(value);
}

}  // namespace
