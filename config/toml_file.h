// SPDX-License-Identifier: BSD-3-Clause
// A TOML file of the command line or of a folder: a profile or a story.
#pragma once

#include <string>

#include "config/toml_tree.h"

namespace config {

/// At most 4 MiB. Errors: those of os::read_file() and parse_toml().
base::Result<TomlNode> parse_toml_file(const std::string& path);

}  // namespace config
