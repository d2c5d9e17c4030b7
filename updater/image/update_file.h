// SPDX-License-Identifier: BSD-3-Clause
// The update file of ME 6 to 10: $FPT and behind it FTPR, NFTP and perhaps more, each with a
// manifest of its own. All of it is sent.
#pragma once

#include <optional>
#include <vector>

#include "updater/image/image.h"

namespace updater::image {

/// Whether the file is one, of a generation that has a board here. A whole region is none: it has a
/// partition with settings.
bool is_update_file(base::ByteView file);

/// Fills everything but the key in.
std::optional<Defect> parse_update_file(Image& image);

/// Everything wrong with it. What a compressed module expands to is not looked at.
std::vector<Defect> verify_update_file(const Image& image);

}  // namespace updater::image
