// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/update_file.h"

#include "protocol/image/partition_table.h"

namespace emulator::firmware {
namespace {

using protocol::fwu::Status;

/// Of the partition whose check ended so; public lists have these numbers for FTPR and NFTP alone.
Status status_of(CodeFault fault, std::string_view partition) {
  const bool first = partition == "FTPR";
  switch (fault) {
    case CodeFault::none:
      return Status::ok;
    case CodeFault::header:
      return first ? Status::ftpr_invalid : Status::nftp_invalid;
    case CodeFault::signature:
    case CodeFault::key:
      return first ? Status::ftpr_signature : Status::nftp_signature;
    case CodeFault::module:
      return first ? Status::ftpr_hash : Status::nftp_hash;
  }
  return Status::update_image;
}

}  // namespace

const FilePart* UpdateFile::find(std::string_view name) const {
  for (const FilePart& part : parts) {
    if (part.name == name) return &part;
  }
  return nullptr;
}

UpdateFile read_update_file(base::ByteView file, std::string_view key_md5) {
  UpdateFile out;
  const auto table = protocol::image::decode_partition_table(file);
  if (!table) return {.fault = Status::update_image, .parts = {}};
  for (const protocol::image::Partition& p : table->partitions) {
    const std::uint64_t end = std::uint64_t{p.offset} + p.size;
    if (end > file.size()) return {.fault = Status::update_image, .parts = {}};
    FilePart part{.name = p.name,
                  .offset = p.offset,
                  .size = p.size,
                  .code = check_mn2(file.subspan(p.offset, p.size), key_md5)};
    const Status fault = status_of(part.code.fault, part.name);
    if (fault != Status::ok) return {.fault = fault, .parts = {}};
    out.parts.push_back(std::move(part));
  }
  if (out.find("FTPR") == nullptr) out.fault = Status::ftpr_invalid;
  if (out.find("NFTP") == nullptr) out.fault = Status::nftp_invalid;
  return out;
}

}  // namespace emulator::firmware
