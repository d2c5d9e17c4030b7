// SPDX-License-Identifier: BSD-3-Clause
// `mesim image build`: makes firmware images for a machine out of synthetic modules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace scenarios::cli {

struct ImageArguments {
  std::string machine;
  std::string version;
  std::string output;
  std::string kind = "update";
  std::optional<std::uint32_t> size;  ///< bytes of operational code
  std::optional<std::uint32_t> sku;
  std::string key_file;  ///< PEM; empty: the development key
};

/// The subcommand with its options, whose values go to `arguments`; returns `image build`.
CLI::App* add_image(CLI::App& app, ImageArguments& arguments);

/// 0 done, 2 the arguments make no sense, 3 the file could not be written.
int build_image(const ImageArguments& arguments);

}  // namespace scenarios::cli
