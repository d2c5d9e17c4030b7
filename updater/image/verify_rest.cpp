// SPDX-License-Identifier: BSD-3-Clause
// What a region or flash holds besides the operational code: code of other partitions (recovery),
// and partitions that lie on it.
#include <fmt/format.h>

#include "updater/image/parse_code.h"

namespace updater::image {
namespace {

using protocol::image::Partition;
using protocol::image::PartitionType;
using Defects = std::vector<Defect>;

std::string partition_name(const Partition& partition) {
  return "$FPT partition " + printable(base::as_bytes(partition.name));
}

/// The partition's bytes as an image of their own, of which only code is known.
Defects code_defects(const Image& image, const Partition& partition, std::size_t region_offset) {
  const std::size_t at = region_offset + partition.offset;
  const auto bytes = base::ByteView(image.file).subspan(at, partition.size);
  Image inner;
  inner.file.assign(bytes.begin(), bytes.end());
  Defects found;
  if (auto defect = parse_code(inner, inner.file.size())) {
    found.push_back(std::move(*defect));
  } else {
    found = verify(inner);
  }
  for (Defect& defect : found) {
    defect.offset += at;
    defect.field = printable(base::as_bytes(partition.name)) + ": " + defect.field;
  }
  return found;
}

/// The recovery partition does, even where nothing is left of it. What is staged for an update is
/// no code yet.
bool holds_code(const Partition& partition, base::ByteView region) {
  return partition.name == kRecoveryPartition ||
         (partition.type == PartitionType::code && holds_manifest(region, partition));
}

bool lies_on_code(const Image& image, const Partition& partition, std::size_t region_offset) {
  const std::size_t begin = region_offset + partition.offset;
  return begin < image.code_offset + image.code_size && image.code_offset < begin + partition.size;
}

}  // namespace

std::vector<Defect> verify_rest(const Image& image) {
  Defects out;
  if (!image.partitions || !image.file_partitions.empty()) return out;
  const std::size_t region = image.region_offset;
  const base::ByteView bytes = base::ByteView(image.file).subspan(region);
  const Partition* const code = find_code(*image.partitions, bytes);
  for (const Partition& partition : image.partitions->partitions) {
    if (unused(partition) || &partition == code) continue;
    if (lies_on_code(image, partition, region)) {
      out.push_back({region + partition.offset, partition_name(partition),
                     "lies on the operational code",
                     protocol::update::ToolError::partition_layout});
    } else if (holds_code(partition, bytes)) {
      const Defects found = code_defects(image, partition, region);
      out.insert(out.end(), found.begin(), found.end());
    }
  }
  return out;
}

}  // namespace updater::image
