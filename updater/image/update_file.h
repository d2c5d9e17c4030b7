// SPDX-License-Identifier: BSD-3-Clause
// The update file of ME 6 to 10: $FPT and behind it FTPR, NFTP and perhaps more, each with a
// manifest of its own. All of it is sent. A whole region has the same partitions, and more beside
// them; nothing of one is sent.
#pragma once

#include <optional>
#include <vector>

#include "updater/image/image.h"

namespace updater::image {

/// Whether the file is one, of a generation that has a board here. A whole region is none: it has a
/// partition with settings.
bool is_update_file(base::ByteView file);

/// Whether FTPR of the region at `offset` begins with an $MN2 manifest of a generation that has a
/// board here; the table has been read.
bool holds_mn2(const Image& image, std::size_t offset);

/// Each fills everything but the key in.
std::optional<Defect> parse_update_file(Image& image);
/// Of the partitions that hold code, those with a manifest.
std::optional<Defect> parse_mn2_region(Image& image, std::size_t offset);

/// Everything wrong with either. What Huffman's modules expand to is not looked at.
std::vector<Defect> verify_update_file(const Image& image);

}  // namespace updater::image
