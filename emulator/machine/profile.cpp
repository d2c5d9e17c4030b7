// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/profile.h"

#include <fmt/format.h>

#include <filesystem>

#include "emulator/factory/development_key.h"
#include "emulator/machine/profile_keys.h"
#include "emulator/machine/strict_toml.h"
#include "emulator/machine/toml_tree.h"

namespace emulator::machine {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::int64_t kSchema = 1;
constexpr int kDeepestExtends = 8;

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

Result<TomlNode> load_tree(const std::string& path, const std::string& shipped, int depth) {
  Result<TomlNode> document = parse_toml_file(path);
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
  const auto base_path = find_profile(extends->string, {.named_in = path, .shipped = shipped});
  if (!base_path)
    return Error{Errc::invalid, fmt::format("{}: {}", where, base_path.error().doing)};
  Result<TomlNode> under = load_tree(*base_path, shipped, depth + 1);
  if (!under) return under.error();
  return merge(std::move(*under), *document);
}

}  // namespace

std::string_view factory_key(const Profile& profile) {
  if (profile.signing_key_pem.empty()) return factory::kDevelopmentKeyPem;
  return profile.signing_key_pem;
}

Result<Profile> load_profile(std::string_view name_or_path, const std::vector<Override>& overrides,
                             const ProfileSearch& search) {
  const auto path = find_profile(name_or_path, search);
  if (!path) return path.error();
  Result<TomlNode> tree = load_tree(*path, search.shipped, 0);
  if (!tree) return tree.error();
  for (const Override& change : overrides) {
    const std::string where = change.where.empty() ? "--set" : change.where;
    if (const auto done = set_key(*tree, change.key, change.value, where); !done)
      return done.error();
  }
  Profile profile;
  profile.name = std::filesystem::path(*path).stem().string();
  StrictReader reader(*tree);
  read_profile(reader.root(), profile);
  if (const auto read = reader.finish(); !read) return read.error();
  return profile;
}

}  // namespace emulator::machine
