// SPDX-License-Identifier: BSD-3-Clause
// A profile in a file of the test's own, and what is wrong with it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "emulator/machine/profile.h"
#include "tests/temporary_folder.h"

namespace emulator::machine {

struct ProfileFile : testing::Test {
  std::string write(const std::string& name, std::string_view text) {
    return folder.write(name, text);
  }
  /// The error of a profile with `text` behind its first three lines, without the folder.
  std::string error_of(std::string_view text, const std::vector<Override>& overrides = {}) {
    const std::string path =
        write("m.toml", "schema = 1\n[firmware]\nversion = \"5.0.1.1111\"\n" + std::string(text));
    return shortened(load_profile(path, overrides));
  }
  std::string shortened(const base::Result<Profile>& loaded) {
    if (loaded) return "";
    std::string what = loaded.error().doing;
    const std::string prefix = folder.path() + "/";
    for (std::size_t at = what.find(prefix); at != what.npos; at = what.find(prefix))
      what.erase(at, prefix.size());
    return what;
  }
  const tests::TemporaryFolder folder;
};

}  // namespace emulator::machine
