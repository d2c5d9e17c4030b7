// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/swtpm/state_file.h"

#include <optional>

#include "emulator/tpm/itpm.h"

namespace emulator::attach::swtpm {
namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;

/// The layout with fields began with version 2; a later one says whether this reader will do.
constexpr std::uint8_t kFormat = 2;

enum class Tag : std::uint16_t { data = 1, encrypted_data = 2 };

/// What stands behind the header; nothing when there is no such header.
std::optional<ByteView> fields_of(ByteView file) {
  ByteReader in(file);
  const std::uint8_t version = in.u8();
  const std::uint8_t oldest_reader = in.u8();
  const std::uint16_t header_size = in.be16();
  in.skip(2);  // flags: the fields' tags say the same
  const std::uint32_t whole = in.be32();
  if (!in.ok() || version < kFormat || oldest_reader > kFormat) return std::nullopt;
  if (whole != file.size() || header_size < in.position() || header_size > file.size())
    return std::nullopt;
  return file.subspan(header_size);
}

std::optional<ByteView> find(ByteView fields, Tag wanted) {
  ByteReader in(fields);
  while (in.remaining() != 0) {
    const auto tag = static_cast<Tag>(in.be16());
    const ByteView value = in.bytes(in.be32());
    if (!in.ok()) return std::nullopt;
    if (tag == wanted) return value;
  }
  return std::nullopt;
}

}  // namespace

Result<Bytes> permanent_state_in(ByteView file) {
  const auto fields = fields_of(file);
  if (!fields) return Error{Errc::invalid, "it is no state file of swtpm (tpm-00.permall)"};
  if (find(*fields, Tag::encrypted_data)) {
    return Error{Errc::invalid,
                 "it is encrypted; make one without a key (swtpm_setup without --keyfile, "
                 "--pwdfile and their like)"};
  }
  const auto data = find(*fields, Tag::data);
  if (!data || !tpm::Itpm::is_libtpms_state(*data))
    return Error{Errc::invalid, "it holds no state of a TPM 1.2 (swtpm_setup without --tpm2)"};
  return Bytes(data->begin(), data->end());
}

}  // namespace emulator::attach::swtpm
