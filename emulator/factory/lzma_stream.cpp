// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/factory/lzma_stream.h"

#include <lzma.h>

#include <algorithm>
#include <array>

namespace emulator::factory {
namespace {

constexpr std::array<std::uint8_t, 5> kProperties = {0x5D, 0x00, 0x00, 0x80, 0x00};
constexpr std::uint32_t kDictionary = 0x800000;  ///< bytes, as the properties say
constexpr std::uint32_t kFastPreset = 1;

/// A window as long as the data finds as much as the longer one that decoders are told of, and
/// costs less to set up.
lzma_options_lzma options_for(std::size_t size) {
  lzma_options_lzma options{};
  lzma_lzma_preset(&options, kFastPreset);  // lc 3, lp 0, pb 2: property byte 5D
  options.dict_size =
      static_cast<std::uint32_t>(std::clamp<std::size_t>(size, LZMA_DICT_SIZE_MIN, kDictionary));
  options.ext_flags = 0;  // no end marker: the size is known
  options.ext_size_low = static_cast<std::uint32_t>(size);
  options.ext_size_high = static_cast<std::uint32_t>(std::uint64_t{size} >> 32);
  return options;
}

}  // namespace

base::Result<base::Bytes> lzma_stream(base::ByteView data) {
  lzma_options_lzma options = options_for(data.size());
  const std::array<lzma_filter, 2> filters = {{
      {.id = LZMA_FILTER_LZMA1EXT, .options = &options},
      {.id = LZMA_VLI_UNKNOWN, .options = nullptr},
  }};
  base::Bytes out(kProperties.begin(), kProperties.end());
  out.resize(kProperties.size() + lzma_stream_buffer_bound(data.size()));
  std::size_t end = kProperties.size();
  const lzma_ret result = lzma_raw_buffer_encode(filters.data(), nullptr, data.data(), data.size(),
                                                 out.data(), &end, out.size());
  if (result != LZMA_OK)
    return base::Error{base::Errc::io, "compressing a module", static_cast<std::uint32_t>(result)};
  out.resize(end);
  return out;
}

}  // namespace emulator::factory
