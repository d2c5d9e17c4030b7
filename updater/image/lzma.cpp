// SPDX-License-Identifier: BSD-3-Clause
#include "updater/image/lzma.h"

#include <fmt/format.h>
#include <lzma.h>

#include <algorithm>
#include <array>

#include "updater/image/parse_code.h"

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

std::optional<base::Bytes> expand_alone(ByteView file) {
  constexpr std::size_t header_size = kLzmaProperties + 8;
  if (file.size() < header_size) return std::nullopt;
  const std::uint64_t size = base::ByteReader(file.subspan(kLzmaProperties)).u64();
  if (size > kLargestModule) return std::nullopt;
  base::Bytes out(static_cast<std::size_t>(size));
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_alone_decoder(&stream, kMemoryLimit) != LZMA_OK) return std::nullopt;
  stream.next_in = file.data();
  stream.avail_in = file.size();
  stream.next_out = out.data();
  stream.avail_out = out.size();
  const lzma_ret result = lzma_code(&stream, LZMA_FINISH);
  const bool whole = stream.avail_out == 0 && stream.avail_in == 0 &&
                     (result == LZMA_OK || result == LZMA_STREAM_END);
  lzma_end(&stream);
  if (!whole) return std::nullopt;
  return out;
}

}  // namespace updater::image
