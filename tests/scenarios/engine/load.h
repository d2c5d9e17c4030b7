// SPDX-License-Identifier: BSD-3-Clause
// Scenario text into a file of its own, and through the loader.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scenarios/engine/loader.h"
#include "tests/temporary_folder.h"

namespace scenarios::engine {

/// A folder that is this test's alone; files are named below it, and messages show the names.
class StoryFolder {
 public:
  std::string write(const std::string& name, const std::string& text) const {
    return folder_.write(name, text);
  }

  /// The message of an error, with the folder's path taken off its front.
  std::string without_folder(std::string message) const {
    const std::string folder = path() + '/';
    for (std::size_t at = message.find(folder); at != std::string::npos;
         at = message.find(folder)) {
      message.erase(at, folder.size());
    }
    return message;
  }

  const std::string& path() const { return folder_.path(); }

  /// Loads `text` as "story.toml".
  base::Result<std::vector<Scenario>> load(const std::string& text) const {
    return load_scenarios(write("story.toml", text), "story.toml");
  }

  /// What the loader says is wrong with `text`; empty when nothing is.
  std::string complaint(const std::string& text) const {
    const auto loaded = load(text);
    return loaded ? std::string() : without_folder(loaded.error().doing);
  }

 private:
  tests::TemporaryFolder folder_;
};

/// The head that every story needs; three lines, so that what follows begins in line 4.
inline const std::string kHead =
    "schema = 1\n"
    "title = \"A story\"\n"
    "machine = \"esprimo-e5730\"\n";

/// Stories that have a name and nothing else: story-0, story-1, ...
inline std::vector<Scenario> stories(std::size_t count) {
  std::vector<Scenario> out(count);
  for (std::size_t i = 0; i < count; ++i) out[i].id = "story-" + std::to_string(i);
  return out;
}

}  // namespace scenarios::engine
