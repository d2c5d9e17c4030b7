// SPDX-License-Identifier: BSD-3-Clause
// Documents over documents, whatever they are and wherever they come from.
#include "config/layers.h"

#include <gtest/gtest.h>

#include <map>

#include "config/wrong_at.h"

namespace config {
namespace {

/// Sources are names; what each holds is in the map.
struct InMemory {
  std::map<std::string, std::string> texts;

  std::string extends_names() const { return "a name in quotes"; }
  base::Result<TomlNode> parse(const std::string& source) const {
    return parse_toml(texts.at(source), source);
  }
  base::Result<std::string> base_of(const std::string&, const TomlNode& extends) const {
    if (texts.contains(extends.string)) return extends.string;
    return wrong_at(extends.place, "there is no " + extends.string);
  }
  TomlNode lay(TomlNode under, const TomlNode& over) const { return merge(std::move(under), over); }
};

std::string text_of(const base::Result<TomlNode>& tree) {
  return tree ? to_toml(*tree) : tree.error().doing;
}

std::string read(const InMemory& layers) {
  return text_of(read_layers(std::string("top"), layers));
}

TEST(Layers, EachReplacesWhatItExtendsKeyByKey) {
  EXPECT_EQ(read({{{"top", "schema = 1\nextends = \"middle\"\na = 3\n"},
                   {"middle", "schema = 1\nextends = \"bottom\"\na = 2\nb = 2\n"},
                   {"bottom", "schema = 1\na = 1\nb = 1\nc = 1\n"}}}),
            "{\"schema\" = 1, \"a\" = 3, \"b\" = 2, \"c\" = 1}");
}

TEST(Layers, EveryFileSaysItsSchema) {
  EXPECT_EQ(read({{{"top", "a = 1\n"}}}), "top:1:1: missing key \"schema\": write schema = 1");
  EXPECT_EQ(read({{{"top", "schema = \"1\"\n"}}}),
            "top:1:10: schema is \"1\"; this program reads schema 1");
  EXPECT_EQ(read({{{"top", "schema = 1\nextends = \"b\"\n"}, {"b", "schema = 2\n"}}}),
            "b:1:10: schema is 2; this program reads schema 1");
}

TEST(Layers, WhatIsExtendedHasANameThatIsThere) {
  EXPECT_EQ(read({{{"top", "schema = 1\nextends = 3\n"}}}),
            "top:2:11: extends is an integer; it must be a name in quotes");
  EXPECT_EQ(read({{{"top", "schema = 1\nextends = \"b\"\n"}}}), "top:2:11: there is no b");
}

TEST(Layers, ACircleEnds) {
  EXPECT_EQ(
      read({{{"top", "schema = 1\nextends = \"b\"\n"}, {"b", "schema = 1\nextends = \"top\"\n"}}}),
      "top:2:11: extends goes in a circle, or too deep");
}

TEST(Layers, AsManyAsTheLimitAreLaid) {
  InMemory layers;
  layers.texts["top"] = "schema = 1\nextends = \"1\"\n";
  for (int i = 1; i < kDeepestExtends; ++i) {
    layers.texts[std::to_string(i)] = "schema = 1\nextends = \"" + std::to_string(i + 1) + "\"\n";
  }
  layers.texts[std::to_string(kDeepestExtends)] = "schema = 1\nfound = true\n";
  EXPECT_EQ(read(layers), "{\"schema\" = 1, \"found\" = true}");
}

}  // namespace
}  // namespace config
