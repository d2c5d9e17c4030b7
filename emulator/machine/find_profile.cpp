// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/find_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/nearest.h"
#include "config/toml_file.h"
#include "config/toml_tree.h"

namespace emulator::machine {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using config::parse_toml_file;
using In = FoundProfile::In;
namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".toml";
constexpr std::string_view kOfStories[] = {"title", "machine", "step"};

struct ProfileFolder {
  fs::path path;
  In in = In::shipped;
};

/// Where the build puts a link to the profiles, and where the installation puts them: beside the
/// program's folder.
fs::path shipped_folder() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  return program.parent_path().parent_path() / "share" / "mebench" / "machines";
}

/// Those that a name is looked for in wherever it stands, in order.
std::vector<ProfileFolder> folders(const std::string& shipped) {
  std::vector<ProfileFolder> all;
  const char* own = std::getenv(kMachinesVariable);
  for (std::string_view rest = own == nullptr ? "" : own; !rest.empty();) {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    if (colon != 0) all.push_back({.path = rest.substr(0, colon), .in = In::machines_variable});
    rest.remove_prefix(std::min(colon + 1, rest.size()));
  }
  all.push_back({.path = shipped.empty() ? shipped_folder() : fs::path(shipped)});
  all.push_back({.path = ".", .in = In::working_folder});
  return all;
}

bool is_path(std::string_view name) {
  return name.find('/') != name.npos || name.ends_with(kExtension);
}

bool is_file(const fs::path& path) {
  std::error_code failure;
  return fs::is_regular_file(path, failure);
}

/// Stories lie beside profiles, and are often named after their board. What cannot be read may be a
/// profile: whoever loads it says what is wrong.
bool is_profile(const fs::path& path) {
  if (!is_file(path)) return false;
  const auto document = parse_toml_file(path.string());
  return !document || std::ranges::none_of(kOfStories, [&](std::string_view key) {
    return document->find(key) != nullptr;
  });
}

/// A working folder holds other people's TOML, too; only what says so is shown as a profile.
bool is_declared_profile(const fs::path& path) {
  const auto document = parse_toml_file(path.string());
  return document && document->find("schema") != nullptr;
}

/// A profile may have the name of the one that it extends.
bool is_same_file(const fs::path& a, const fs::path& b) {
  std::error_code failure;
  return fs::equivalent(a, b, failure);
}

/// Null: this program has none of that name.
const BuiltInProfile* built_in(std::string_view name) {
  for (const BuiltInProfile& profile : built_in_profiles()) {
    if (profile.name == name) return &profile;
  }
  return nullptr;
}

std::string path_of(const BuiltInProfile& profile) {
  return fmt::format("built-in {}{}", profile.name, kExtension);
}

std::string no_profile(std::string_view name, const std::string& shipped) {
  std::vector<std::string> known;
  for (const FoundProfile& found : find_profiles(shipped)) {
    if (found.in != In::working_folder) known.push_back(found.name);
  }
  const std::string guess = base::nearest(name, known);
  return fmt::format(
      "no machine \"{0}\"; {1}known: {2}; an own {0}.toml is found in the working folder, beside "
      "the file that names it, or in a folder of ${3}",
      name, guess.empty() ? "" : fmt::format("did you mean \"{}\"? ", guess),
      fmt::join(known, ", "), kMachinesVariable);
}

}  // namespace

std::string name_of(const ProfileSource& source) {
  if (source.built_in != nullptr) return std::string(source.built_in->name);
  return fs::path(source.path).stem().string();
}

Result<ProfileSource> find_profile(std::string_view name, const ProfileSearch& search) {
  const fs::path beside = fs::path(search.named_in).parent_path();
  if (is_path(name)) return ProfileSource{(beside / name).lexically_normal().string()};
  const std::string file = std::string(name).append(kExtension);
  if (!search.named_in.empty()) {
    const fs::path candidate = beside / file;
    if (is_profile(candidate) && !is_same_file(candidate, search.named_in))
      return ProfileSource{candidate.string()};
  }
  for (const ProfileFolder& folder : folders(search.shipped)) {
    const BuiltInProfile* own = built_in(name);
    if (folder.in == In::working_folder && own != nullptr) return ProfileSource{path_of(*own), own};
    const fs::path candidate = (folder.path / file).lexically_normal();
    if (is_profile(candidate)) return ProfileSource{candidate.string()};
  }
  return Error{Errc::not_found, no_profile(name, search.shipped)};
}

namespace {

void add_built_in(std::map<std::string, FoundProfile>& by_name) {
  for (const BuiltInProfile& profile : built_in_profiles()) {
    const std::string name(profile.name);
    by_name.try_emplace(name, FoundProfile{.name = name, .path = path_of(profile)});
  }
}

}  // namespace

std::vector<FoundProfile> find_profiles(const std::string& shipped) {
  std::map<std::string, FoundProfile> by_name;
  for (const ProfileFolder& folder : folders(shipped)) {
    if (folder.in == In::working_folder) add_built_in(by_name);
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.path, failure)) {
      const fs::path path = entry.path().lexically_normal();
      if (path.extension() != kExtension || !is_profile(path)) continue;
      if (folder.in == In::working_folder && !is_declared_profile(path)) continue;
      const std::string name = path.stem().string();
      by_name.try_emplace(name, FoundProfile{.name = name, .path = path.string(), .in = folder.in});
    }
  }
  std::vector<FoundProfile> all;
  for (auto& [name, found] : by_name) all.push_back(std::move(found));
  return all;
}

}  // namespace emulator::machine
