// SPDX-License-Identifier: BSD-3-Clause
// Firmware of CSME 15: partitions that begin with $CPD, one behind the other in what an update
// sends, or named by $FPT in a region. Manifests of form R2.
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

/// Everything wrong with it. What a compressed module expands to is not looked at.
std::vector<Defect> verify_cpd(const Image& image);

}  // namespace updater::image
