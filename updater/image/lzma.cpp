// SPDX-License-Identifier: BSD-3-Clause
#include "updater/image/lzma.h"

#include <fmt/format.h>
#include <lzma.h>

#include <algorithm>
#include <array>

namespace updater::image {
namespace {

using base::ByteView;

constexpr std::array<std::uint8_t, kLzmaProperties> kProperties = {0x5D, 0x00, 0x00, 0x80, 0x00};
constexpr std::uint64_t kMemoryLimit = 32u
                                       << 20;  // the 8 MiB dictionary and the decoder's own needs

class Decoder {
 public:
  ~Decoder() { lzma_end(&stream_); }
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  bool start() { return lzma_alone_decoder(&stream_, kMemoryLimit) == LZMA_OK; }

  /// Consumes all of `data`, throwing away what comes out of it.
  lzma_ret feed(ByteView data, lzma_action action) {
    stream_.next_in = data.data();
    stream_.avail_in = data.size();
    lzma_ret result = LZMA_OK;
    do {
      stream_.next_out = scratch_.data();
      stream_.avail_out = scratch_.size();
      result = lzma_code(&stream_, action);
    } while (result == LZMA_OK && (stream_.avail_in > 0 || stream_.avail_out == 0));
    return result;
  }
  std::uint64_t expanded() const { return stream_.total_out; }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  std::array<std::uint8_t, 65536> scratch_{};
};

}  // namespace

bool is_lzma(ByteView data) {
  return data.size() >= kProperties.size() &&
         std::ranges::equal(data.first(kProperties.size()), kProperties);
}

std::string lzma_fault(ByteView data, std::uint32_t raw_size) {
  std::array<std::uint8_t, kLzmaProperties + 8> file_header{};
  base::ByteWriter header(file_header);
  header.bytes(data.first(kLzmaProperties)).u64(raw_size);
  Decoder decoder;
  if (!decoder.start()) return "cannot be expanded: no memory";
  lzma_ret result = decoder.feed(file_header, LZMA_RUN);
  if (result == LZMA_OK) result = decoder.feed(data.subspan(kLzmaProperties), LZMA_FINISH);
  if (result == LZMA_STREAM_END && decoder.expanded() == raw_size) return {};
  if (result == LZMA_DATA_ERROR)
    return fmt::format("is damaged after {} expanded bytes", decoder.expanded());
  return fmt::format("expands to {} bytes, its header says {}", decoder.expanded(), raw_size);
}

}  // namespace updater::image
