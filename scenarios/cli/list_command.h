// SPDX-License-Identifier: BSD-3-Clause
// `mesim list`: the words that a story can use, and the tags that stories have.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace scenarios::cli {

struct ListArguments {
  enum class What : std::uint8_t { points, facts, tags, machines } what = What::points;
  std::vector<std::string> paths;  ///< of tags
  std::string json;                ///< a file; empty: text on standard output
};

CLI::App* add_list(CLI::App& app, ListArguments& arguments);

/// The exit status: 0 listed, 2 the command line or a story makes no sense, 3 a profile cannot be
/// read or the file not be written.
int list(const ListArguments& arguments);

}  // namespace scenarios::cli
