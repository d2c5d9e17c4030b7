// SPDX-License-Identifier: BSD-3-Clause
#include "updater/io/smbios.h"

#include <optional>

namespace updater::io {
namespace {

using base::ByteReader;

constexpr std::size_t kHeader = 4;  ///< type, length, handle

/// Up to a NUL; nothing when the table ends before it.
std::optional<std::string> read_string(ByteReader& in) {
  std::string text;
  for (std::uint8_t c = in.u8(); in.ok() && c != 0; c = in.u8()) text += static_cast<char>(c);
  if (!in.ok()) return std::nullopt;
  return text;
}

/// Strings follow until an empty one; a structure without strings has two NULs.
bool read_strings(ByteReader& in, std::vector<std::string>& strings) {
  auto text = read_string(in);
  for (; text && !text->empty(); text = read_string(in)) strings.push_back(*text);
  if (text && strings.empty()) return in.u8() == 0 && in.ok();
  return text.has_value();
}

std::optional<SmbiosStructure> read_structure(ByteReader& in) {
  SmbiosStructure structure;
  ByteReader head = in;
  structure.type = head.u8();
  const std::size_t length = head.u8();
  const base::ByteView fields = in.bytes(length);
  if (length < kHeader || !in.ok()) return std::nullopt;
  structure.fields.assign(fields.begin(), fields.end());
  if (!read_strings(in, structure.strings)) return std::nullopt;
  return structure;
}

}  // namespace

std::string SmbiosStructure::named_by(std::size_t offset) const {
  if (offset >= fields.size()) return {};
  const std::size_t number = fields[offset];
  return number == 0 || number > strings.size() ? std::string() : strings[number - 1];
}

std::vector<SmbiosStructure> read_smbios(base::ByteView table) {
  std::vector<SmbiosStructure> all;
  ByteReader in(table);
  while (in.remaining() != 0) {
    auto structure = read_structure(in);
    if (!structure) break;
    all.push_back(std::move(*structure));
  }
  return all;
}

}  // namespace updater::io
