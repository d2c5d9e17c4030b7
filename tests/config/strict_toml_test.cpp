// SPDX-License-Identifier: BSD-3-Clause
// The strict reader: every mistake in a file is found, and the message says where and what would be
// right.
#include "config/strict_toml.h"

#include "config/toml_file.h"

#include <gtest/gtest.h>

namespace config {
namespace {

using namespace std::chrono_literals;

/// Reads `text` with `read` and gives the error, or "" when there is none.
template <class Read>
std::string error_of(std::string_view text, Read read) {
  const auto tree = parse_toml(text, "f.toml");
  if (!tree) return "syntax: " + tree.error().doing;
  StrictReader reader(tree.value());
  read(reader.root());
  const auto result = reader.finish();
  return result ? "" : result.error().doing;
}

TEST(StrictToml, UnknownKeyIsNamedWithItsPlaceAndTheNearestKnownOne) {
  const auto read = [](StrictTable t) {
    std::uint32_t depth = 0;
    auto heci = t.table("heci");
    heci->read("depth", depth);
    heci->has("turnaround");
  };
  EXPECT_EQ(error_of("[heci]\ndepth = 2\n  turnarond = 3\n", read),
            "f.toml:3:3: unknown key \"turnarond\" in [heci]; did you mean \"turnaround\"?");
}

TEST(StrictToml, UnknownKeyFarFromEverythingGetsNoSuggestion) {
  EXPECT_EQ(error_of("colour = 1\n", [](StrictTable t) { t.has("depth"); }),
            "f.toml:1:1: unknown key \"colour\"");
}

TEST(StrictToml, TableNobodyReadIsAnUnknownKey) {
  EXPECT_EQ(error_of("[hecy]\ndepth = 2\n", [](StrictTable t) { t.table("heci"); }),
            "f.toml:1:2: unknown key \"hecy\"; did you mean \"heci\"?");
}

TEST(StrictToml, WrongTypeSaysWhatItIsAndWhatItMustBe) {
  const auto read = [](StrictTable t) {
    std::uint32_t v = 0;
    t.read("depth", v);
  };
  EXPECT_EQ(error_of("depth = \"32\"\n", read),
            "f.toml:1:9: depth is a string; it must be an integer");
  EXPECT_EQ(error_of("depth = 1.5\n", read),
            "f.toml:1:9: depth is a number with a fraction; it must be an integer");
}

TEST(StrictToml, IntegerOutsideItsRangeIsRefused) {
  std::uint8_t counter = 7;
  const auto read = [&](StrictTable t) { t.read("counter", counter); };
  EXPECT_EQ(error_of("counter = 256\n", read), "f.toml:1:11: counter is 256; it must be 0 to 255");
  EXPECT_EQ(error_of("counter = -1\n", read), "f.toml:1:11: counter is -1; it must be 0 to 255");
  EXPECT_EQ(counter, 7);
  EXPECT_EQ(error_of("counter = 255\n", read), "");
  EXPECT_EQ(counter, 255);
}

TEST(StrictToml, DurationsHaveUnits) {
  EXPECT_EQ(parse_duration("250ms"), 250ms);
  EXPECT_EQ(parse_duration("2s"), 2s);
  EXPECT_EQ(parse_duration("4min"), 4min);
  EXPECT_EQ(parse_duration("1h"), 1h);
  EXPECT_EQ(parse_duration("300us"), 300us);
  EXPECT_EQ(parse_duration("0ns"), 0ns);
  EXPECT_EQ(parse_duration("10000h"), 10000h);
  for (const char* wrong :
       {"10001h", "600001min", "", "250", "ms", "2.5s", "-1s", "1 s", "1m", "99999999999h"}) {
    EXPECT_FALSE(parse_duration(wrong)) << wrong;
  }
}

TEST(StrictToml, WrongDurationSaysTheUnits) {
  const auto read = [](StrictTable t) {
    base::Duration d{};
    t.read("limit", d);
  };
  EXPECT_EQ(error_of("limit = \"250\"\n", read),
            "f.toml:1:9: limit is \"250\"; it must be a whole number and a unit (ns, us, ms, s, "
            "min, h), such as \"250ms\", at most 10000h");
  EXPECT_EQ(error_of("limit = 250\n", read),
            "f.toml:1:9: limit is an integer; it must be a duration in quotes, such as \"250ms\"");
}

TEST(StrictToml, AFileThatNeverEndsIsNotReadToItsEnd) {
  const auto endless = parse_toml_file("/dev/zero");
  ASSERT_FALSE(endless);
  EXPECT_TRUE(endless.error().doing.starts_with("reading /dev/zero: it is a device"))
      << endless.error().doing;
}

/// "A" to "Z".
std::optional<char> parse_capital(std::string_view text) {
  if (text.size() != 1 || text[0] < 'A' || text[0] > 'Z') return std::nullopt;
  return text[0];
}

TEST(StrictToml, TextsOfAKindAreSaidToBeOfAnother) {
  char letter = '?';
  const auto read = [&](StrictTable t) {
    t.read_parsed("drive", letter, &parse_capital, "a letter in quotes", "one of A to Z");
  };
  EXPECT_EQ(error_of("drive = 3\n", read),
            "f.toml:1:9: drive is an integer; it must be a letter in quotes");
  EXPECT_EQ(error_of("drive = \"c\"\n", read),
            "f.toml:1:9: drive is \"c\"; it must be one of A to Z");
  EXPECT_EQ(letter, '?');
  EXPECT_EQ(error_of("drive = \"C\"\n", read), "");
  EXPECT_EQ(letter, 'C');
}

TEST(StrictToml, DurationsAreWrittenInTheLargestUnitThatFits) {
  EXPECT_EQ(duration_text(1500ms), "1500ms");
  EXPECT_EQ(duration_text(120s), "2min");
  EXPECT_EQ(duration_text(1ns), "1ns");
  for (const base::Duration each :
       {base::Duration(0), base::Duration(1'000'001), base::Duration(90min)})
    EXPECT_EQ(parse_duration(duration_text(each)), each);
}

TEST(StrictToml, NamedValueListsItsChoices) {
  enum class Mode { off, on };
  static constexpr Named<Mode> kModes[] = {{"off", Mode::off}, {"on", Mode::on}};
  Mode mode = Mode::off;
  const auto read = [&](StrictTable t) { t.read_named("mode", mode, kModes); };
  EXPECT_EQ(error_of("mode = \"onn\"\n", read),
            "f.toml:1:8: mode is \"onn\"; it must be one of \"off\", \"on\"");
  EXPECT_EQ(error_of("mode = true\n", read),
            "f.toml:1:8: mode is true or false; it must be one of \"off\", \"on\"");
  EXPECT_EQ(error_of("mode = \"on\"\n", read), "");
  EXPECT_EQ(mode, Mode::on);
}

TEST(StrictToml, HexTakesSeparatorsAndCountsBytes) {
  std::array<std::uint8_t, 6> mac{};
  const auto read = [&](StrictTable t) { t.read_hex("mac", base::MutableByteView(mac)); };
  EXPECT_EQ(error_of("mac = \"00-19-39-47-bb-DD\"\n", read), "");
  EXPECT_EQ(mac, (std::array<std::uint8_t, 6>{0x00, 0x19, 0x39, 0x47, 0xBB, 0xDD}));
  EXPECT_EQ(error_of("mac = \"00:19\"\n", read), "f.toml:1:7: mac holds 2 bytes; it must hold 6");
  EXPECT_EQ(error_of("mac = \"zz\"\n", read),
            "f.toml:1:7: mac is \"zz\"; it must be bytes as hexadecimal digits");
}

TEST(StrictToml, ArraysOfTablesKeepTheirOrderAndNameTheirElements) {
  std::string seen;
  const auto read = [&](StrictTable t) {
    for (StrictTable& step : t.tables("step")) {
      std::string what;
      if (step.read("do", what)) seen += what + ";";
    }
  };
  EXPECT_EQ(error_of("[[step]]\ndo = \"a\"\n[[step]]\ndo = \"b\"\nlmit = 1\n", read),
            "f.toml:5:1: unknown key \"lmit\" in [step[1]]");
  EXPECT_EQ(seen, "a;b;");
}

TEST(StrictToml, MissingKeyIsReportedAtItsTable) {
  EXPECT_EQ(error_of("[firmware]\n",
                     [](StrictTable t) {
                       t.table("firmware")->require("version", "such as \"5.2.70.1046\"");
                     }),
            "f.toml:1:1: missing key \"firmware.version\": such as \"5.2.70.1046\"");
}

TEST(StrictToml, MisspelledKeyIsReportedRatherThanTheMissingOneItStandsFor) {
  EXPECT_EQ(error_of("versoin = 1\n", [](StrictTable t) { t.require("version", "needed"); }),
            "f.toml:1:1: unknown key \"versoin\"; did you mean \"version\"?");
}

TEST(StrictToml, OwnJudgementsStandAtTheValue) {
  const auto read = [](StrictTable t) {
    std::uint32_t v = 0;
    if (t.read("depth", v) && v == 3) t.fail("depth", "depth must be a power of two");
  };
  EXPECT_EQ(error_of("\n depth =  3", read), "f.toml:2:11: depth must be a power of two");
}

TEST(StrictToml, AbsentKeysLeaveTheirDefaults) {
  std::uint32_t depth = 32;
  std::string text = "as before";
  bool flag = true;
  EXPECT_EQ(error_of("",
                     [&](StrictTable t) {
                       EXPECT_FALSE(t.read("depth", depth));
                       EXPECT_FALSE(t.read("text", text));
                       EXPECT_FALSE(t.read("flag", flag));
                     }),
            "");
  EXPECT_EQ(depth, 32u);
  EXPECT_EQ(text, "as before");
  EXPECT_TRUE(flag);
}

}  // namespace
}  // namespace config
