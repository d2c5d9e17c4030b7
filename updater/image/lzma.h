// SPDX-License-Identifier: BSD-3-Clause
// LZMA as ME 2-5 modules hold it: five bytes of properties (5D 00 00 80 00: lc 3, lp 0, pb 2, 8
// MiB), then the stream, without the size that a .lzma file has between them.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"

namespace updater::image {

inline constexpr std::size_t kLzmaProperties = 5;

/// Whether `data` begins with those properties.
bool is_lzma(base::ByteView data);

/// Why `data` does not expand to exactly `raw_size` bytes; empty when it does. Nothing expanded
/// is kept.
std::string lzma_fault(base::ByteView data, std::uint32_t raw_size);

/// What a whole .lzma file (13 bytes of header, the size among them) expands to, as modules of ME 6
/// and later are stored; nothing where it is damaged, goes on behind its end, or is said to expand
/// to more than kLargestModule bytes.
std::optional<base::Bytes> expand_alone(base::ByteView file);

}  // namespace updater::image
