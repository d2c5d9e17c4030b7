// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/profile.h"

#include <utility>

#include "config/layers.h"
#include "config/strict_toml.h"
#include "config/toml_file.h"
#include "config/wrong_at.h"
#include "emulator/factory/development_key.h"
#include "emulator/machine/read_profile.h"
#include "protocol/generation.h"

namespace emulator::machine {
namespace {

using base::Result;
using config::TomlNode;

/// A profile's file, or one in this program; what it extends is found as profiles are.
struct ProfileLayers {
  std::string shipped;

  std::string extends_names() const { return "a profile's name or path"; }

  Result<TomlNode> parse(const ProfileSource& source) const {
    if (source.built_in == nullptr) return config::parse_toml_file(source.path);
    return config::parse_toml(source.built_in->text, source.path);
  }

  Result<ProfileSource> base_of(const ProfileSource& source, const TomlNode& extends) const {
    const std::string named_in = source.built_in == nullptr ? source.path : std::string();
    auto found = find_profile(extends.string, {.named_in = named_in, .shipped = shipped});
    if (!found) return config::wrong_at(extends.place, found.error().doing);
    return found;
  }

  TomlNode lay(TomlNode under, const TomlNode& over) const { return merge(std::move(under), over); }
};

}  // namespace

protocol::image::ManifestForm manifest_form(const Profile& profile) {
  return protocol::nearest_generation(profile.firmware.identity.version.major).manifest;
}

std::string_view factory_key(const Profile& profile) {
  if (profile.signing_key_pem.empty()) return factory::development_key_pem(manifest_form(profile));
  return profile.signing_key_pem;
}

Result<Profile> load_profile(std::string_view name_or_path, const std::vector<Override>& overrides,
                             const ProfileSearch& search) {
  const auto source = find_profile(name_or_path, search);
  if (!source) return source.error();
  Result<TomlNode> tree = config::read_layers(*source, ProfileLayers{.shipped = search.shipped});
  if (!tree) return tree.error();
  for (const Override& change : overrides) {
    const std::string where = change.where.empty() ? "--set" : change.where;
    if (const auto done = set_key(*tree, change.key, change.value, where); !done)
      return done.error();
  }
  Profile profile;
  profile.name = name_of(*source);
  config::StrictReader reader(*tree);
  read_profile(reader.root(), profile);
  if (const auto read = reader.finish(); !read) return read.error();
  return profile;
}

}  // namespace emulator::machine
