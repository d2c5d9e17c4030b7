// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/guest_program.h"

#include <algorithm>
#include <filesystem>

#include "os/elf_program.h"

namespace scenarios::guest {
namespace {

/// The file that a word names; nothing where it names none.
std::optional<std::filesystem::path> file_of(const engine::OwnUpdater& step,
                                             const std::string& word) {
  const auto path = std::filesystem::path(step.place.source).parent_path() / word;
  std::error_code unknown;
  if (word.empty() || !std::filesystem::is_regular_file(path, unknown)) return std::nullopt;
  return path;
}

}  // namespace

std::vector<std::string> files_of_program(const engine::OwnUpdater& step) {
  std::vector<std::string> files;
  for (const std::string& word : step.words) {
    const auto file = file_of(step, word);
    if (file && std::find(files.begin(), files.end(), file->string()) == files.end())
      files.push_back(file->string());
  }
  return files;
}

std::vector<std::string> words_in_guest(const engine::OwnUpdater& step) {
  std::vector<std::string> words;
  for (const std::string& word : step.words) {
    const auto file = file_of(step, word);
    words.push_back(file ? "./" + file->filename().string() : word);
  }
  return words;
}

std::optional<std::string> obstacle_of_program(const engine::OwnUpdater& step) {
  for (const std::string& file : files_of_program(step)) {
    if (os::loading_of(file) == os::Loading::with_libraries)
      return "updater: " + std::filesystem::path(file).filename().string() +
             " wants shared libraries, and the guest has none; link it statically";
  }
  return std::nullopt;
}

}  // namespace scenarios::guest
