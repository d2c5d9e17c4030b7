// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/loader.h"

#include <fmt/format.h>

#include <set>

#include "config/strict_toml.h"
#include "config/toml_file.h"
#include "scenarios/engine/readers.h"
#include "scenarios/engine/substitute.h"
#include "config/wrong_at.h"

namespace scenarios::engine {
namespace {

using config::Named;
using config::StrictReader;
using config::TomlEntry;
using config::TomlKind;
using config::TomlNode;

constexpr std::size_t kDeepestExtends = 8;
constexpr Named<Begin> kBegins[] = {
    {"booted", Begin::booted}, {"powered", Begin::powered}, {"off", Begin::off}};

TomlNode take(TomlNode& document, std::string_view key) {
  TomlNode taken;
  if (TomlNode* found = document.find(key)) taken = std::move(*found);
  std::erase_if(document.table, [&](const TomlEntry& entry) { return entry.key == key; });
  return taken;
}

bool has(const TomlNode& document, std::string_view key) {
  return document.find(key) != nullptr;
}

base::Result<void> check_schema(const TomlNode& document) {
  const TomlNode* schema = document.find("schema");
  if (schema == nullptr)
    return wrong_at(document.place, "missing key \"schema\": write schema = 1");
  if (schema->kind == TomlKind::integer && schema->integer == 1) return {};
  return wrong_at(schema->place,
                  fmt::format("schema is {}; this program reads schema 1", to_toml(*schema)));
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

base::Result<TomlNode> read_document(const std::string& path, std::size_t depth) {
  base::Result<TomlNode> document = config::parse_toml_file(path);
  if (!document) return document.error();
  if (auto known = check_schema(*document); !known) return known.error();
  if (!has(*document, "extends")) return document;

  const TomlNode extends = take(*document, "extends");
  if (extends.kind != TomlKind::string)
    return wrong_at(extends.place, "extends must be a path in quotes");
  if (depth == kDeepestExtends)
    return wrong_at(extends.place, "extends goes in a circle, or too deep");
  base::Result<TomlNode> base =
      read_document(path_beside(extends.place, extends.string), depth + 1);
  if (!base)
    return base.error().code == base::Errc::invalid ? base.error()
                                                    : wrong_at(extends.place, base.error().doing);
  const TomlNode base_images = has(*base, "image") ? *base->find("image") : TomlNode{};
  TomlNode merged = merge(std::move(*base), *document);
  if (has(*document, "image")) keep_images(merged, base_images);
  return merged;
}

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
  base::Result<TomlNode> document = read_document(path, 0);
  if (!document) return document.error();
  const bool has_matrix = has(*document, "matrix");
  const TomlNode matrix = take(*document, "matrix");
  const auto points = combinations(has_matrix ? &matrix : nullptr);
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
