// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/profile.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "emulator/machine/built_in_profiles.h"
#include "emulator/machine/profile_keys.h"
#include "emulator/machine/strict_toml.h"
#include "emulator/machine/toml_file.h"

namespace emulator::machine {
namespace {

using base::Errc;
using base::Error;
using base::Result;
namespace fs = std::filesystem;

constexpr std::int64_t kSchema = 1;
constexpr int kDeepestExtends = 8;

/// Where the build puts a link to the profiles, and where the installation puts them: beside the
/// program's folder.
fs::path machines_folder() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  return program.parent_path().parent_path() / "share" / "mebench" / "machines";
}

bool is_path(std::string_view name) {
  return name.find('/') != name.npos || name.ends_with(".toml");
}

/// Where a profile's text is: in a file, or in this program.
struct ProfileSource {
  fs::path path;  ///< of a built-in one the file's name alone
  const BuiltInProfile* built_in = nullptr;
};

/// Of a folder, and of this program.
std::vector<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code failure;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
    if (entry.path().extension() == ".toml") names.insert(entry.path().stem().string());
  }
  for (const BuiltInProfile& profile : built_in_profiles()) names.emplace(profile.name);
  return {names.begin(), names.end()};
}

/// A name is looked for beside the profile that extends it, then among the installed ones, then in
/// this program: a file can be looked at and changed, so it wins.
Result<ProfileSource> find_profile(std::string_view name, const fs::path& beside,
                                   const fs::path& installed) {
  if (is_path(name))
    return ProfileSource{fs::path(name).is_absolute() || beside.empty() ? fs::path(name)
                                                                        : beside / name};
  const std::string file = fmt::format("{}.toml", name);
  std::error_code failure;
  for (const fs::path& folder : {beside, installed}) {
    if (!folder.empty() && fs::is_regular_file(folder / file, failure))
      return ProfileSource{folder / file};
  }
  for (const BuiltInProfile& profile : built_in_profiles()) {
    if (profile.name == name) return ProfileSource{file, &profile};
  }
  const std::vector<std::string> known = names_in(installed);
  const std::string guess = nearest(name, known);
  return Error{Errc::not_found,
               fmt::format("no machine \"{}\"; {}known: {}", name,
                           guess.empty() ? "" : fmt::format("did you mean \"{}\"? ", guess),
                           fmt::join(known, ", "))};
}

/// Each file on the way says which schema it follows.
Result<void> check_schema(const TomlNode& document) {
  const TomlNode* schema = document.find("schema");
  if (schema == nullptr) {
    return Error{Errc::invalid,
                 to_text(document.place) + ": missing key \"schema\": write schema = 1"};
  }
  if (schema->kind == TomlKind::integer && schema->integer == kSchema) return {};
  return Error{Errc::invalid, to_text(schema->place) + ": this program reads schema = 1"};
}

Result<TomlNode> parse(const ProfileSource& source) {
  const std::string path = source.path.string();
  if (source.built_in == nullptr) return parse_toml_file(path);
  return parse_toml(source.built_in->text, "built-in " + path);
}

Result<TomlNode> load_tree(const ProfileSource& source, int depth) {
  Result<TomlNode> document = parse(source);
  if (!document) return document.error();
  if (const auto checked = check_schema(*document); !checked) return checked.error();
  const TomlNode* extends = document->find("extends");
  if (extends == nullptr) return document;
  const std::string where = to_text(extends->place);
  if (extends->kind != TomlKind::string) {
    return Error{Errc::invalid,
                 fmt::format("{}: extends is {}; it must be a profile's name or path", where,
                             name(extends->kind))};
  }
  if (depth == kDeepestExtends)
    return Error{Errc::invalid, fmt::format("{}: profiles extend each other in a ring", where)};
  const Result<ProfileSource> base =
      find_profile(extends->string, source.path.parent_path(), machines_folder());
  if (!base) return Error{Errc::invalid, fmt::format("{}: {}", where, base.error().doing)};
  Result<TomlNode> under = load_tree(base.value(), depth + 1);
  if (!under) return under.error();
  return merge(std::move(*under), *document);
}

}  // namespace

Result<Profile> load_profile(std::string_view name_or_path, const std::vector<Override>& overrides,
                             const std::string& folder) {
  const fs::path installed = folder.empty() ? machines_folder() : fs::path(folder);
  const Result<ProfileSource> source = find_profile(name_or_path, {}, installed);
  if (!source) return source.error();
  Result<TomlNode> tree = load_tree(source.value(), 0);
  if (!tree) return tree.error();
  for (const Override& change : overrides) {
    const std::string where = change.where.empty() ? "--set" : change.where;
    if (const auto done = set_key(*tree, change.key, change.value, where); !done)
      return done.error();
  }
  Profile profile;
  profile.name = source->path.stem().string();
  StrictReader reader(*tree);
  read_profile(reader.root(), profile);
  if (const auto read = reader.finish(); !read) return read.error();
  return profile;
}

std::vector<std::string> profile_names() {
  return names_in(machines_folder());
}

}  // namespace emulator::machine
