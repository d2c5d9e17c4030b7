// SPDX-License-Identifier: BSD-3-Clause
// `mesim coverage`: what stories and explorations never came to.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace scenarios::cli {

struct CoverageArguments {
  std::vector<std::string> paths;
  std::string json;  ///< a file; empty: none
};

CLI::App* add_coverage(CLI::App& app, CoverageArguments& arguments);

/// The exit status: 0 all that must be reached was, 1 something was not, 2 a file is not one of
/// --reached, 3 a file could not be read or written.
int coverage(const CoverageArguments& arguments);

/// Before anything runs whose places are wanted; nothing where `path` is empty. False: it said why.
bool begin_reached(const std::string& path);
/// What was reached since, into the file. False: it said why.
bool write_reached(const std::string& path);

}  // namespace scenarios::cli
