// SPDX-License-Identifier: BSD-3-Clause
// A text that nests without an end is an error with a place, whatever it is made of, and so is any
// other text that is no TOML: nothing of it reaches the parser's stack.
#include "config/toml_depth.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "config/toml_tree.h"

namespace config {
namespace {

constexpr std::size_t kVeryDeep = 50'000;

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

/// "a.a. ... .a", so many parts.
std::string dotted(std::size_t parts) {
  return repeated("a.", parts - 1) + "a";
}

std::string error_of(const std::string& text) {
  const auto tree = parse_toml(text, "deep.toml");
  return tree ? std::string() : tree.error().doing;
}

TEST(TomlDepth, ALongKeyIsRefusedAtItsPlace) {
  const std::string text = "schema = 1\n  " + dotted(kVeryDeep) + " = 1\n";
  // Each part takes two characters; the one that is too many begins behind 32 of them.
  EXPECT_EQ(error_of(text),
            "deep.toml:2:67: keys, tables and arrays nest deeper than 32 levels here");
}

TEST(TomlDepth, WhateverItIsMadeOf) {
  const std::string names = dotted(kVeryDeep);
  for (const std::string& text :
       {"[" + names + "]\n", "[[" + names + "]]\n", "v = " + repeated("[", kVeryDeep) + "\n",
        "v = " + repeated("[", kVeryDeep) + repeated("]", kVeryDeep) + "\n",
        "v = " + repeated("{a = ", kVeryDeep) + "1" + repeated("}", kVeryDeep) + "\n",
        "v = {" + names + " = 1}\n", "v = [{" + names + " = 1}]\n",
        "v = {b = 1, " + names + " = 1}\n", repeated("'a'.", kVeryDeep) + "a = 1\n",
        repeated("\"\" . ", kVeryDeep) + "a = 1\n", "\xEF\xBB\xBF[" + names + "]\n",
        "v = [ # ]\n" + repeated("[\n", kVeryDeep), names,
        "v = \"\"\"\n]\"\"\"\nw = " + repeated("[", kVeryDeep)}) {
    EXPECT_NE(error_of(text).find("deeper than 32 levels"), std::string::npos)
        << text.substr(0, 60) << ": " << error_of(text);
  }
}

TEST(TomlDepth, AHeaderOfBracketsAloneIsNoTomlHoweverManyThereAre) {
  EXPECT_TRUE(error_of(repeated("[", kVeryDeep)).starts_with("deep.toml:1:3: "));
}

TEST(TomlDepth, CountsTheTableAndTheKeyAndTheValueTogether) {
  const auto text = [](std::size_t table, std::size_t key, std::size_t brackets) {
    return fmt::format("[{}]\n{} = {}{}\n", dotted(table), dotted(key), repeated("[", brackets),
                       repeated("]", brackets));
  };
  EXPECT_FALSE(too_deep(text(10, 12, 10)));
  EXPECT_TRUE(too_deep(text(11, 12, 10)));
  EXPECT_TRUE(too_deep(text(10, 13, 10)));
  EXPECT_TRUE(too_deep(text(10, 12, 11)));
  EXPECT_TRUE(parse_toml(text(10, 12, 10), "deep.toml"));
}

TEST(TomlDepth, AnArrayOfTablesIsALevelMoreThanATable) {
  EXPECT_FALSE(too_deep("[a.b]\n", 2));
  EXPECT_TRUE(too_deep("[[a.b]]\n", 2));
  EXPECT_FALSE(too_deep("[[a.b]]\n", 3));
}

TEST(TomlDepth, ALevelThatIsClosedIsNoneAnyMore) {
  const std::string text = "v = [" + repeated("{x.y.z = 1}, [1], ", 100) + "1]\n";
  EXPECT_FALSE(too_deep(text, 5));
  EXPECT_TRUE(too_deep(text, 4));
}

TEST(TomlDepth, BeginsAnewWithEachTableAndKey) {
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += fmt::format("[t{}.a.b]\nk.a.b = [[1, 2], {{x.y = 1, x.z = 2}}]\nl = 1.5\n", i);
  EXPECT_FALSE(too_deep(text, 9));
  EXPECT_TRUE(too_deep(text, 8));
}

TEST(TomlDepth, WhatStandsInAStringOrACommentIsNoLevel) {
  const std::string deep = repeated("[{.", 100);
  for (const std::string& text : std::vector<std::string>{
           "a = \"" + deep + "\"\n", "a = '" + deep + "'\n", "a = \"\"\"\n" + deep + "\n\"\"\"\n",
           "a = '''\n" + deep + "\n'''\n", "# " + deep + "\na = 1 # " + deep + "\n",
           "a = \"\\\"" + deep + "\"\n", "a = '\\'\nb = '" + deep + "'\n",
           "a = \"\"\"" + deep + "\"\"\"\"\"\nb = 1\n", "\"" + deep + "\" = 1\n",
           "['" + deep + "']\n", "a = [ # " + deep + "\n1]\n",
           "a = 1.5e3\nb = 1979-05-27T07:32:00.5\n"}) {
    EXPECT_FALSE(too_deep(text, 3)) << text.substr(0, 40);
    EXPECT_TRUE(parse_toml(text, "a.toml")) << error_of(text);
  }
}

/// A document that nests exactly so deep, with as much in it as can be mistaken for something else.
class Composer {
 public:
  explicit Composer(unsigned seed) : random_(seed) {}

  std::string document(std::size_t depth) {
    std::string text = "# [ { \" '\n";
    const std::size_t table = pick(depth - 1);
    if (table > 0) text += "[" + key(table) + "] # .\n";
    const std::size_t names = 1 + pick(depth - table - 1);
    return text + key(names) + " = " + value(depth - table - names) + " # ]\nlast = \"[\"\n";
  }

 private:
  std::size_t pick(std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most)(random_);
  }
  std::string key(std::size_t parts) {
    static constexpr const char* kParts[] = {"a", "\"b.c\"", "'d[e'", "f-1", "\"\\\"{\""};
    std::string text;
    for (std::size_t i = 0; i < parts; ++i)
      text += (i == 0 ? "" : i % 2 == 0 ? " . " : ".") + std::string(kParts[pick(4)]);
    return text;
  }
  std::string value(std::size_t depth) {
    static constexpr const char* kLeaves[] = {"1.5",         "'[{.'",           "\"]}\\\"\"",
                                              "'''[\n'x'''", "\"\"\"{\"\"\"\"", "true"};
    if (depth == 0) return kLeaves[pick(5)];
    if (pick(1) == 0) return fmt::format("[{}, {}]", value(0), value(depth - 1));
    const std::size_t names = 1 + pick(depth - 1);
    const std::string rest = names == 1 ? "" : "." + key(names - 1);
    return fmt::format("{{z = 1, y{} = {}}}", rest, value(depth - names));
  }

  std::mt19937 random_;
};

TEST(TomlDepth, IsThatOfTheDocument) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    const std::size_t depth = 2 + seed % 25;
    const std::string text = Composer(seed).document(depth);
    EXPECT_FALSE(too_deep(text, depth)) << text;
    EXPECT_TRUE(too_deep(text, depth - 1)) << depth << "\n" << text;
    EXPECT_TRUE(parse_toml(text, "a.toml")) << error_of(text) << text;
  }
}

std::size_t depth_of(const TomlNode& node) {
  std::size_t deepest = 0;
  for (const TomlNode& element : node.array) deepest = std::max(deepest, depth_of(element));
  for (const TomlEntry& entry : node.table) deepest = std::max(deepest, depth_of(entry.value));
  return 1 + deepest;
}

/// Bytes that mean something to TOML, at random: an answer comes, and no tree is deeper than it may
/// be. An array of tables is two levels of the tree for one name.
TEST(TomlDepth, NoTextEndsTheProgram) {
  static constexpr std::string_view kMarks = "[]{}.,=\"'#\\\n\r\t ab1-:_\xEF\xBB\xBF\xC3\x00\x7F";
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const std::size_t size = random() % 400;
    const std::size_t run = 1 + random() % 60;
    while (text.size() < size)
      text += std::string(1 + random() % run, kMarks[random() % kMarks.size()]);
    const auto tree = parse_toml(text, "random.toml");
    if (tree) {
      EXPECT_LE(depth_of(*tree), 2 * kDeepestToml + 1) << text;
    } else {
      EXPECT_TRUE(tree.error().doing.starts_with("random.toml:")) << tree.error().doing;
    }
  }
}

TEST(TomlDepth, ALongKeyOfAnOptionIsRefusedInAFewWords) {
  TomlNode tree;
  const auto set = set_key(tree, dotted(kVeryDeep), "1", "--set");
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, base::Errc::invalid);
  EXPECT_LT(set.error().doing.size(), 100u);
  EXPECT_TRUE(set_key(tree, dotted(kDeepestToml), "1", "--set"));
  EXPECT_FALSE(set_key(tree, "a", repeated("[", kVeryDeep), "--set"));
}

TEST(TomlDepth, ManyKeysAreMergedInAMoment) {
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += fmt::format("k{} = 1\n", i);
  const auto tree = parse_toml(text, "many.toml");
  ASSERT_TRUE(tree);
  EXPECT_EQ(merge(*tree, *tree).table.size(), 60'000u);
}

}  // namespace
}  // namespace config
