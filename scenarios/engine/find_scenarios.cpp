// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/find_scenarios.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "scenarios/engine/line_pattern.h"

namespace scenarios::engine {
namespace {

namespace fs = std::filesystem;

bool is_story(const fs::path& path) {
  return path.extension() == ".toml" && !path.filename().string().starts_with('_');
}

/// The stories of one folder, and the folders in it; links to folders are not followed. Gives why
/// it could not be read; empty: it could.
std::string look_into(const fs::path& folder, const fs::path& root,
                      std::vector<ScenarioFile>& found, std::vector<fs::path>& folders) {
  std::error_code failure;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    std::error_code unknown;
    const fs::path& path = at->path();
    if (at->is_directory(unknown) && !at->is_symlink(unknown)) {
      folders.push_back(path);
    } else if (is_story(path) && !at->is_directory(unknown)) {
      found.push_back(
          {.path = path.string(), .id = path.lexically_relative(root).string(), .trouble = {}});
    }
  }
  return failure ? failure.message() : std::string();
}

base::Result<std::vector<ScenarioFile>> walk(const std::string& folder) {
  std::vector<ScenarioFile> found;
  std::vector<fs::path> folders;
  if (const std::string why = look_into(folder, folder, found, folders); !why.empty())
    return base::Error{base::Errc::io, "cannot read folder " + folder + ": " + why};
  while (!folders.empty()) {
    const fs::path next = std::move(folders.back());
    folders.pop_back();
    const std::string why = look_into(next, folder, found, folders);
    if (why.empty()) continue;
    found.push_back({.path = next.string(),
                     .id = next.lexically_relative(folder).string(),
                     .trouble = "cannot read folder " + next.string() + ": " + why});
  }
  if (found.empty())
    return base::Error{base::Errc::not_found, "no scenarios (*.toml) in " + folder};
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return found;
}

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t value = 0;
  const auto [stopped, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc{} && stopped == text.data() + text.size() ? std::optional(value)
                                                                        : std::nullopt;
}

}  // namespace

base::Result<std::vector<ScenarioFile>> find_scenario_files(const std::vector<std::string>& paths) {
  std::vector<ScenarioFile> all;
  for (const std::string& path : paths) {
    std::error_code failure;
    if (fs::is_directory(path, failure)) {
      auto found = walk(path);
      if (!found) return found.error();
      all.insert(all.end(), found->begin(), found->end());
    } else if (fs::exists(path, failure)) {
      all.push_back({.path = path, .id = path, .trouble = {}});
    } else {
      return base::Error{base::Errc::not_found, "no such file or folder: " + path};
    }
  }
  return all;
}

std::optional<Shard> parse_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const auto index = whole_number(std::string_view(text).substr(0, slash));
  const auto count = whole_number(std::string_view(text).substr(slash + 1));
  if (!index || !count || *index < 1 || *index > *count) return std::nullopt;
  return Shard{.index = *index, .count = *count};
}

std::vector<Scenario> share_of(std::vector<Scenario> scenarios, Shard shard) {
  std::vector<Scenario> share;
  for (std::size_t i = shard.index - 1; i < scenarios.size(); i += shard.count) {
    share.push_back(std::move(scenarios[i]));
  }
  return share;
}

base::Result<std::vector<Scenario>> filtered(std::vector<Scenario> scenarios,
                                             const std::string& pattern) {
  const auto wanted = LinePattern::compile(pattern);
  if (!wanted) return base::Error{base::Errc::invalid, "not a regular expression: " + pattern};
  std::erase_if(scenarios, [&](const Scenario& story) { return !wanted->finds(story.id); });
  return scenarios;
}

}  // namespace scenarios::engine
