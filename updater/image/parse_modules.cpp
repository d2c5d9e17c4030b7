// SPDX-License-Identifier: BSD-3-Clause
// The modules behind the signed part, one behind the other in the order of the module table.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "updater/image/lzma.h"
#include "updater/image/parse_code.h"

namespace updater::image {
namespace {

using base::ByteView;
using protocol::image::ModuleHeader;

constexpr std::size_t kAtCompressedSize = 0x18;
constexpr std::size_t kAtRawSize = 0x1C;
constexpr std::size_t kAtName = 0x30;

std::optional<Defect> judge_raw_size(const ModuleHeader& h, const Module& module, std::size_t at,
                                     const std::string& who) {
  if (h.raw_size > kLargestModule) {
    return bad_length(at + kAtRawSize, who + " raw size",
                      fmt::format("is {} bytes, at most {} are taken", h.raw_size, kLargestModule));
  }
  if (!module.compressed && h.raw_size != h.compressed_size) {
    return bad_length(
        at + kAtRawSize, who + " raw size",
        fmt::format("is {} bytes, {} are stored uncompressed", h.raw_size, h.compressed_size));
  }
  return std::nullopt;
}

/// `stored` is the module as stored, $MOD header first; `at` its offset in the file.
std::optional<Defect> parse_module(Module& module, ByteView stored, std::size_t at,
                                   const std::string& who) {
  const auto header = protocol::image::decode_module_header(stored);
  if (!header) {
    return bad_field(at, who + " tag",
                     fmt::format("is \"{}\", must be \"$MOD\"", printable(stored.first(4))));
  }
  if (header->name != module.entry.name) {
    return bad_field(at + kAtName, who + " name",
                     fmt::format("is \"{}\", the module table says otherwise",
                                 printable(base::as_bytes(header->name))));
  }
  const ByteView data = stored.subspan(ModuleHeader::size);
  if (header->compressed_size > data.size()) {
    return bad_length(
        at + kAtCompressedSize, who + " compressed size",
        fmt::format("is {} bytes, {} are stored", header->compressed_size, data.size()));
  }
  module.compressed = is_lzma(data.first(header->compressed_size));
  module.raw_size = header->raw_size;
  return judge_raw_size(*header, module, at, who);
}

}  // namespace

std::optional<Defect> parse_modules(Image& image, ByteView code) {
  std::size_t at = std::size_t{image.manifest.size_dwords} * 4;
  for (Module& module : image.modules) {
    const std::string who = fmt::format("module {}", printable(base::as_bytes(module.entry.name)));
    const std::size_t in_file = image.code_offset + at;
    const std::size_t size = module.entry.stored_size;
    if (size < ModuleHeader::size) {
      return bad_length(
          in_file, who + " size",
          fmt::format("is {} bytes, its header alone has {}", size, ModuleHeader::size));
    }
    if (size > code.size() - at) {
      return bad_length(in_file, who,
                        fmt::format("is cut short: {} of {} bytes", code.size() - at, size));
    }
    if (auto defect = parse_module(module, code.subspan(at, size), in_file, who)) return defect;
    module.offset = at;
    at += size;
  }
  image.code_size = at;
  return std::nullopt;
}

}  // namespace updater::image
