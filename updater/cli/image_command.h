// SPDX-License-Identifier: BSD-3-Clause
// `meupdate image`: what an image file is and whether it is sound.
#pragma once

#include <string>

#include "updater/cli/command.h"

namespace CLI {
class App;
}

namespace updater::cli {

struct ImageOptions {
  std::string file;
  Format format = Format::text;
};

/// The subcommand with its options, whose values go to `options`.
CLI::App* add_image(CLI::App& app, ImageOptions& options);

Exit run_image(const ImageOptions& options, const Surroundings& around);

}  // namespace updater::cli
