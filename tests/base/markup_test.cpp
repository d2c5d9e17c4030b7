// SPDX-License-Identifier: BSD-3-Clause
#include "base/markup.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Markup, NothingBreaksOutOfAnElementOrAnAttribute) {
  EXPECT_EQ(as_markup("a</td><script x=\"1\" y='2'>&amp;\nb"),
            "a&lt;/td&gt;&lt;script x=&quot;1&quot; y=&#39;2&#39;&gt;&amp;amp;&#10;b");
}

TEST(Markup, OtherTextStaysAsItIs) {
  EXPECT_EQ(as_markup("Gr\xC3\xBC\xC3\x9F"
                      "e, 12:34 #x (R);"),
            "Gr\xC3\xBC\xC3\x9F"
            "e, 12:34 #x (R);");
}

}  // namespace
}  // namespace base
