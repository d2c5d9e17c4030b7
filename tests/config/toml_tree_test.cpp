// SPDX-License-Identifier: BSD-3-Clause
// The TOML tree: positions survive merging, overrides need no quotes.
#include "config/toml_file.h"

#include <gtest/gtest.h>

namespace config {
namespace {

TomlNode parsed(std::string_view text, const std::string& source = "a.toml") {
  auto tree = parse_toml(text, source);
  EXPECT_TRUE(tree) << (tree ? "" : tree.error().doing);
  return tree ? tree.value() : TomlNode{};
}

TEST(TomlTree, SyntaxErrorNamesFileLineAndColumn) {
  const auto tree = parse_toml("a = 1\nb = = 2\n", "bad.toml");
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().code, base::Errc::invalid);
  EXPECT_TRUE(tree.error().doing.starts_with("bad.toml:2:")) << tree.error().doing;
}

TEST(TomlTree, SyntaxErrorsThatDoNotSaySoTellWhatToDo) {
  const auto error = [](std::string_view text) {
    const auto tree = parse_toml(text, "bad.toml");
    return tree ? std::string() : tree.error().doing;
  };
  EXPECT_TRUE(
      error("a = \"x\nb = 1\n").ends_with("is a quotation mark missing at the end of the line?"))
      << error("a = \"x\nb = 1\n");
  EXPECT_TRUE(error("a = \"\xF6\"\n").ends_with("save the file as UTF-8"));
  EXPECT_TRUE(error(std::string_view("\xFF\xFE"
                                     "a\0=\0",
                                     6))
                  .ends_with("in UTF-16: save it as UTF-8"));
}

TEST(TomlTree, MissingFileIsNotFound) {
  const auto tree = parse_toml_file("/nowhere/at/all.toml");
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().code, base::Errc::not_found);
}

TEST(TomlTree, KeysKeepTheOrderOfTheSource) {
  const TomlNode tree = parsed("zebra = 1\nant = 2\nmole = 3\n");
  ASSERT_EQ(tree.table.size(), 3u);
  EXPECT_EQ(tree.table[0].key, "zebra");
  EXPECT_EQ(tree.table[1].key, "ant");
  EXPECT_EQ(tree.table[2].key, "mole");
}

TEST(TomlTree, MergedTablesRememberWhichFileEachValueCameFrom) {
  const TomlNode merged =
      merge(parsed("[t]\nx = 1\ny = 2\n", "under.toml"), parsed("\n[t]\ny = 3\n", "over.toml"));
  const TomlNode* table = merged.find("t");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->find("x")->integer, 1);
  EXPECT_EQ(to_text(table->find("x")->place), "under.toml:2:5");
  EXPECT_EQ(table->find("y")->integer, 3);
  EXPECT_EQ(to_text(table->find("y")->place), "over.toml:3:5");
}

TEST(TomlTree, OverrideReplacesAValueDeepInside) {
  TomlNode tree = parsed("[a.b]\nc = 1\nd = 2\n");
  ASSERT_TRUE(set_key(tree, "a.b.c", "0x10", "--set"));
  EXPECT_EQ(tree.find("a")->find("b")->find("c")->integer, 16);
  EXPECT_EQ(tree.find("a")->find("b")->find("d")->integer, 2);
  EXPECT_EQ(to_text(tree.find("a")->find("b")->find("c")->place), "--set");
}

TEST(TomlTree, OverrideOfAWordNeedsNoQuotes) {
  TomlNode tree;
  ASSERT_TRUE(set_key(tree, "firmware.version", "5.2.70.1046", "--set"));
  ASSERT_TRUE(set_key(tree, "heci.turnaround", "250ms", "--set"));
  ASSERT_TRUE(set_key(tree, "host.system", "\"windows\"", "--set"));
  EXPECT_EQ(tree.find("firmware")->find("version")->string, "5.2.70.1046");
  EXPECT_EQ(tree.find("heci")->find("turnaround")->string, "250ms");
  EXPECT_EQ(tree.find("host")->find("system")->string, "windows");
}

TEST(TomlTree, OverrideCannotSmuggleInASecondKey) {
  TomlNode tree;
  const auto done = set_key(tree, "a", "1\nb = 2", "--set");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().doing.find("--set: the value of a is not a TOML value"), 0u)
      << done.error().doing;
}

TEST(TomlTree, TextOfAValueReadsBackAsTheSameValue) {
  const std::string text = R"({"s" = "a\"b\\c", "n" = -7, "l" = [true, 2.5, 3.0], "t" = {}})";
  const TomlNode tree = parsed("v = " + text);
  EXPECT_EQ(to_toml(*tree.find("v")), text);
}

}  // namespace
}  // namespace config
