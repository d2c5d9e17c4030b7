// SPDX-License-Identifier: BSD-3-Clause
// Reads the hand-written byte strings of tests/golden/*.txt; README.md there explains their form.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "base/bytes.h"
#include "base/hex.h"
#include "tests/source_dir.h"

namespace golden {

/// One word of a golden file: "0A", or "FF*36" for 36 equal bytes.
inline void append_word(const std::string& word, base::Bytes& out) {
  const std::size_t star = word.find('*');
  const auto value = base::from_hex(word.substr(0, star));
  ASSERT_TRUE(value && value->size() == 1) << "not a byte: " << word;
  const std::size_t count = star == std::string::npos ? 1 : std::stoul(word.substr(star + 1));
  out.insert(out.end(), count, value->front());
}

class File {
 public:
  /// Fails the running test when the file cannot be read.
  explicit File(const std::string& family) {
    const std::string path = std::string(MEBENCH_SOURCE_DIR) + "/tests/golden/" + family + ".txt";
    std::ifstream in(path);
    EXPECT_TRUE(in.good()) << path;
    std::string name;
    for (std::string line; std::getline(in, line);) {
      line.erase(std::min(line.find('#'), line.size()));
      std::istringstream words(line);
      for (std::string word; words >> word;) {
        if (word.front() == '[') {
          name = word.substr(1, word.size() - 2);
        } else {
          append_word(word, strings_[name]);
        }
      }
    }
  }

  /// The bytes of [name]; fails the running test when there is no such string.
  const base::Bytes& operator[](const std::string& name) const {
    static const base::Bytes none;
    const auto found = strings_.find(name);
    EXPECT_NE(found, strings_.end()) << "no golden string named " << name;
    return found == strings_.end() ? none : found->second;
  }

  const std::map<std::string, base::Bytes>& all() const { return strings_; }

 private:
  std::map<std::string, base::Bytes> strings_;
};

}  // namespace golden
