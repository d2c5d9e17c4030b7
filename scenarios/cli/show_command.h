// SPDX-License-Identifier: BSD-3-Clause
// `mesim show`: a trace to look at, as text or as a page.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace scenarios::cli {

struct ShowArguments {
  std::string file;
  std::string html;  ///< a file; empty: text on standard output
};

CLI::App* add_show(CLI::App& app, ShowArguments& arguments);

/// The exit status: 0 done, 2 the file is no trace, 3 the page could not be written.
int show(const ShowArguments& arguments);

}  // namespace scenarios::cli
