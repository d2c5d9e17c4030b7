// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "updater/cli/exit_status_help.h"
#include "updater/cli/image_command.h"
#include "updater/cli/shared_options.h"

namespace updater::cli {
namespace {

constexpr const char* kImageFooter = R"(
Every defect is named with its offset and field.

Example:
  meupdate image --format json 5.2.70.1046.bin)";

}  // namespace

CLI::App* add_image(CLI::App& app, ImageOptions& options) {
  CLI::App& image =
      *app.add_subcommand("image", "Show an image file and whether it is sound; touches no device");
  image.add_option("IMAGE", options.file, "update image, ME region or whole flash")->required();
  add_text_or_json(image, options.format);
  image.footer(kImageFooter + ("\n\n" + exit_status_help("image")));
  return &image;
}

}  // namespace updater::cli
