// SPDX-License-Identifier: BSD-3-Clause
// Firmware of CSME 11 and later: partitions that begin with $CPD, one behind the other in what an
// update of CSME 12 and later sends, or named by $FPT in a region and in an update file of CSME 11.
#pragma once

#include <optional>
#include <vector>

#include "updater/image/image.h"

namespace updater::image {

/// Whether FTPR of the region at `offset` begins with $CPD; the table has been read.
bool holds_cpd(const Image& image, std::size_t offset);

/// Each fills everything in, the key's MD5, too. Of a region the partitions that hold code are
/// read, and what a board's maker adds behind their end is not looked at.
std::optional<Defect> parse_cpd_stream(Image& image);
std::optional<Defect> parse_cpd_region(Image& image, std::size_t offset);

/// Whether the file is an update file of a generation whose files have a table (CSME 11). A whole
/// region is none: it has a partition with settings.
bool is_cpd_file(base::ByteView file);
/// Likewise; all of the file is sent.
std::optional<Defect> parse_cpd_file(Image& image);

/// Everything wrong with it. What a compressed module expands to is not looked at.
std::vector<Defect> verify_cpd(const Image& image);

}  // namespace updater::image
