// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/profile.h"

#include <fmt/format.h>

#include "emulator/factory/development_key.h"
#include "emulator/machine/profile_keys.h"
#include "config/strict_toml.h"
#include "config/toml_file.h"

namespace emulator::machine {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using config::parse_toml;
using config::parse_toml_file;
using config::StrictReader;
using config::TomlKind;
using config::TomlNode;

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

Result<TomlNode> parse(const ProfileSource& source) {
  if (source.built_in == nullptr) return parse_toml_file(source.path);
  return parse_toml(source.built_in->text, source.path);
}

Result<TomlNode> load_tree(const ProfileSource& source, const std::string& shipped, int depth) {
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
  const std::string named_in = source.built_in == nullptr ? source.path : std::string();
  const auto base = find_profile(extends->string, {.named_in = named_in, .shipped = shipped});
  if (!base) return Error{Errc::invalid, fmt::format("{}: {}", where, base.error().doing)};
  Result<TomlNode> under = load_tree(*base, shipped, depth + 1);
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
  const auto source = find_profile(name_or_path, search);
  if (!source) return source.error();
  Result<TomlNode> tree = load_tree(*source, search.shipped, 0);
  if (!tree) return tree.error();
  for (const Override& change : overrides) {
    const std::string where = change.where.empty() ? "--set" : change.where;
    if (const auto done = set_key(*tree, change.key, change.value, where); !done)
      return done.error();
  }
  Profile profile;
  profile.name = name_of(*source);
  StrictReader reader(*tree);
  read_profile(reader.root(), profile);
  if (const auto read = reader.finish(); !read) return read.error();
  return profile;
}

}  // namespace emulator::machine
