// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/loader.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <utility>

#include "config/layers.h"
#include "config/strict_toml.h"
#include "config/toml_file.h"
#include "config/wrong_at.h"
#include "scenarios/engine/readers.h"
#include "scenarios/engine/substitute.h"

namespace scenarios::engine {
namespace {

using config::Named;
using config::StrictReader;
using config::TomlEntry;
using config::TomlKind;
using config::TomlNode;

constexpr Named<Begin> kBegins[] = {
    {"booted", Begin::booted}, {"powered", Begin::powered}, {"off", Begin::off}};

bool has(const TomlNode& document, std::string_view key) {
  return document.find(key) != nullptr;
}

/// Images of a base stay, unless one of the same name replaces them.
void keep_images(TomlNode& merged, const TomlNode& base_images) {
  TomlNode* images = merged.find("image");
  if (images == nullptr || images->kind != TomlKind::array || base_images.kind != TomlKind::array)
    return;
  std::set<std::string> own;
  for (const TomlNode& image : images->array) {
    if (const TomlNode* name = image.find("name")) own.insert(name->string);
  }
  std::vector<TomlNode> all;
  for (const TomlNode& image : base_images.array) {
    const TomlNode* name = image.find("name");
    if (name != nullptr && !own.contains(name->string)) all.push_back(image);
  }
  all.insert(all.end(), images->array.begin(), images->array.end());
  images->array = std::move(all);
}

/// A story's file, and where another one extends it.
struct StoryFile {
  std::string path;
  std::optional<config::Place> extended_at = {};
};

struct StoryLayers {
  std::string extends_names() const { return "a path in quotes"; }

  base::Result<TomlNode> parse(const StoryFile& file) const {
    base::Result<TomlNode> document = config::parse_toml_file(file.path);
    if (document || !file.extended_at || document.error().code == base::Errc::invalid)
      return document;
    return config::wrong_at(*file.extended_at, document.error().doing);
  }

  base::Result<StoryFile> base_of(const StoryFile&, const TomlNode& extends) const {
    return StoryFile{.path = path_beside(extends.place, extends.string),
                     .extended_at = extends.place};
  }

  TomlNode lay(TomlNode under, const TomlNode& over) const {
    const TomlNode base_images = has(under, "image") ? *under.find("image") : TomlNode{};
    TomlNode merged = merge(std::move(under), over);
    if (has(over, "image")) keep_images(merged, base_images);
    return merged;
  }
};

/// [set] may nest: settings.local_update = 0 and "settings.local_update" = 0 are the same.
void flatten(const TomlNode& table, const std::string& prefix,
             std::vector<emulator::machine::Override>& out) {
  for (const TomlEntry& entry : table.table) {
    const std::string key = prefix + entry.key;
    if (entry.value.kind == TomlKind::table) {
      flatten(entry.value, key + '.', out);
    } else {
      out.push_back({.key = key, .value = to_toml(entry.value), .where = to_text(entry.place)});
    }
  }
}

/// Which keys there are is the profile's to say.
void read_set(StrictTable& root, std::vector<emulator::machine::Override>& out) {
  const TomlNode* set = root.raw("set");
  if (set == nullptr) return;
  if (set->kind == TomlKind::table) return flatten(*set, "", out);
  root.fail("set", "set must be a table of profile values");
}

void read_images(StrictTable& root, Scenario& scenario) {
  std::set<std::string> names;
  for (StrictTable& table : root.tables("image")) {
    scenario.images.push_back(read_image(table));
    const std::string& name = scenario.images.back().name;
    if (!names.insert(name).second)
      table.fail("name", fmt::format("there are two images named \"{}\"", name));
  }
}

void read_files(StrictTable& root, Scenario& scenario) {
  std::set<std::string> names;
  for (StrictTable& table : root.tables("file")) {
    TextFile& file = scenario.files.emplace_back();
    if (table.require("name", "what ${file:NAME} calls it"))
      read_file_name(table, "name", file.name);
    if (!names.insert(file.name).second)
      table.fail("name", fmt::format("there are two files named \"{}\"", file.name));
    if (table.require("text", "what is in it")) table.read("text", file.text);
  }
}

void read_story(StrictTable root, Scenario& scenario) {
  std::uint64_t schema = 1;
  root.read("schema", schema);
  if (root.require("title", "one sentence that says what the story shows"))
    root.read("title", scenario.title);
  root.read("tags", scenario.tags);
  root.read("seed", scenario.seed);
  if (root.require("machine", "a profile's name or path")) root.read("machine", scenario.machine);
  scenario.machine_place = root.place_of("machine");
  root.read_named("begin", scenario.begin, kBegins);
  read_set(root, scenario.set);
  read_images(root, scenario);
  read_files(root, scenario);
  if (auto explore = root.table("explore")) {
    if (auto device = explore->table("device")) scenario.explore = read_device_facts(*device);
  }
  if (!root.require("step", "a story needs at least one [[step]]")) return;
  for (StrictTable& table : root.tables("step")) scenario.steps.push_back(read_step(table));
}

base::Result<Scenario> read_scenario(const TomlNode& document) {
  Scenario scenario;
  StrictReader reader(document);
  read_story(reader.root(), scenario);
  if (auto done = reader.finish(); !done) return done.error();
  return scenario;
}

}  // namespace

base::Result<std::vector<Scenario>> load_scenarios(const std::string& path, const std::string& id) {
  base::Result<TomlNode> document = config::read_layers(StoryFile{.path = path}, StoryLayers{});
  if (!document) return document.error();
  const std::optional<TomlNode> matrix = take(*document, "matrix");
  const auto points = combinations(matrix ? &*matrix : nullptr);
  if (!points) return points.error();

  std::vector<Scenario> scenarios;
  for (const Combination& point : *points) {
    TomlNode copy = *document;
    if (auto done = substitute(copy, point); !done) return done.error();
    base::Result<Scenario> scenario = read_scenario(copy);
    if (!scenario) return scenario.error();
    scenario->id = id + point.suffix;
    scenario->file = path;
    scenarios.push_back(std::move(*scenario));
  }
  return scenarios;
}

}  // namespace scenarios::engine
