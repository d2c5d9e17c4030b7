// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/update_file.h"

#include <algorithm>
#include <utility>

#include "protocol/image/cpd.h"
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

/// The same of CSME, where every partition has numbers; one that has none of its own gets FTPR's.
Status status_of_csme(CodeFault fault, std::string_view partition) {
  const auto& names = protocol::fwu::kNumberedPartitions;
  const auto at = std::find(names.begin(), names.end(), partition);
  const auto index = static_cast<std::uint32_t>(at == names.end() ? 0 : at - names.begin());
  const auto numbered = [&](Status first) {
    return static_cast<Status>(protocol::fwu::number(first) + index);
  };
  switch (fault) {
    case CodeFault::none:
      return Status::ok;
    case CodeFault::header:
      return numbered(Status::ftpr_extension);
    case CodeFault::signature:
    case CodeFault::key:
      return numbered(Status::ftpr_signature);
    case CodeFault::module:
      return numbered(Status::ftpr_hash);
  }
  return Status::update_image;
}

UpdateFile without_missing(UpdateFile out) {
  if (out.find("FTPR") == nullptr) out.fault = Status::ftpr_invalid;
  if (out.find("NFTP") == nullptr) out.fault = Status::nftp_invalid;
  return out;
}

/// A whole file, with its $FPT, is no such stream: a CSME 15 answered one with 2C9h.
UpdateFile read_update_stream(base::ByteView stream, std::string_view key_md5,
                              protocol::image::ManifestForm form) {
  UpdateFile out;
  std::uint32_t at = 0;
  while (at < stream.size()) {
    const base::ByteView rest = stream.subspan(at);
    const auto directory = protocol::image::decode_cpd(rest);
    if (!directory) return {.fault = Status::update_image, .parts = {}};
    FilePart part{.name = directory->partition,
                  .offset = at,
                  .size = 0,
                  .code = check_cpd(rest, key_md5, form)};
    const Status fault = status_of_csme(part.code.fault, part.name);
    if (fault != Status::ok) return {.fault = fault, .parts = {}};
    if (part.code.size == 0) return {.fault = Status::update_image, .parts = {}};
    part.size = part.code.size;
    at += part.size;
    out.parts.push_back(std::move(part));
  }
  return without_missing(std::move(out));
}

}  // namespace

const FilePart* UpdateFile::find(std::string_view name) const {
  for (const FilePart& part : parts) {
    if (part.name == name) return &part;
  }
  return nullptr;
}

UpdateFile read_update_file(base::ByteView file, std::string_view key_md5,
                            const protocol::Generation& generation) {
  const protocol::image::ManifestForm form = generation.manifest;
  if (generation.file.value == protocol::fwu::FileForm::partitions)
    return read_update_stream(file, key_md5, form);
  UpdateFile out;
  const auto table = protocol::image::decode_partition_table(file);
  if (!table) return {.fault = Status::update_image, .parts = {}};
  for (const protocol::image::Partition& p : table->partitions) {
    const std::uint64_t end = std::uint64_t{p.offset} + p.size;
    if (end > file.size()) return {.fault = Status::update_image, .parts = {}};
    FilePart part{.name = p.name,
                  .offset = p.offset,
                  .size = p.size,
                  .code = check_partition(file.subspan(p.offset, p.size), key_md5, form)};
    const bool many = form != protocol::image::ManifestForm::mn2;
    const Status fault =
        many ? status_of_csme(part.code.fault, part.name) : status_of(part.code.fault, part.name);
    if (fault != Status::ok) return {.fault = fault, .parts = {}};
    out.parts.push_back(std::move(part));
  }
  return without_missing(std::move(out));
}

}  // namespace emulator::firmware
