// SPDX-License-Identifier: BSD-3-Clause
// [[image]] tables. Fields have the names of the manifest's public descriptions (docs/formats.md).
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "emulator/machine/signing_key.h"
#include "emulator/machine/version_key.h"
#include "protocol/image/manifest.h"
#include "scenarios/engine/readers.h"

namespace scenarios::engine {
namespace {

using config::Named;
using protocol::image::Manifest;
using protocol::image::ModuleEntry;

constexpr Named<ImageKind> kKinds[] = {
    {"update", ImageKind::update}, {"region", ImageKind::region}, {"flash", ImageKind::flash}};
constexpr Named<ImageKey> kKeys[] = {{"machine", ImageKey::machine},
                                     {"development", ImageKey::development},
                                     {"other", ImageKey::other}};
/// What says how an image is made, and means nothing for one that is read.
constexpr std::string_view kMaking[] = {"version",        "kind",
                                        "machine",        "sku",
                                        "size",           "security_version",
                                        "control_number", "part_control_number"};

constexpr Named<std::size_t> kFields[] = {
    {"type", Manifest::at_type},
    {"header_length", Manifest::at_header_length},
    {"header_version", Manifest::at_header_version},
    {"flags", Manifest::at_flags},
    {"vendor", Manifest::at_vendor},
    {"date", Manifest::at_date},
    {"size", Manifest::at_size},
    {"tag", Manifest::at_tag},
    {"module_count", Manifest::at_module_count},
    {"version", Manifest::at_version},
    {"key_size", Manifest::at_key_size},
    {"exponent_size", Manifest::at_exponent_size},
    {"modulus", Manifest::at_modulus},
    {"exponent", Manifest::at_exponent},
    {"signature", Manifest::at_signature},
    {"partition_name", Manifest::at_partition_name},
    {"module_table", Manifest::size},
    {"module_hash", Manifest::size + 0x2C},  // SHA-1 of the first $MME entry
    {"sku", Manifest::size + 2 * ModuleEntry::size +
                8},  // attributes of $SKU, behind the factory's two modules
};

Corruption read_corruption(StrictTable& table) {
  constexpr std::string_view places[] = {"at", "field"};
  constexpr std::string_view values[] = {"bytes", "text", "u32"};
  Corruption corruption{.place = table.place()};
  const std::string_view place = read_one_of(table, places, "where the image is spoilt");
  std::size_t field = 0;
  if (place == "at") table.read("at", corruption.offset);
  if (place == "field" && table.read_named("field", field, kFields)) {
    corruption.offset = static_cast<std::uint32_t>(field);
  }
  const std::string_view value = read_one_of(table, values, "what is written there");
  std::string text;
  std::uint32_t word = 0;
  if (value == "bytes") table.read_hex("bytes", corruption.bytes);
  if (value == "text" && table.read("text", text))
    corruption.bytes.assign(text.begin(), text.end());
  if (value == "u32" && table.read("u32", word)) {
    corruption.bytes.resize(4);
    base::ByteWriter(corruption.bytes).u32(word);
  }
  return corruption;
}

template <class T>
void read_optional(StrictTable& table, std::string_view key, std::optional<T>& out) {
  T value{};
  if (table.read(key, value)) out = value;
}

void read_length(StrictTable& table, std::optional<std::uint32_t>& out) {
  constexpr std::uint32_t longest = 128u << 20;  // twice what meupdate reads
  read_optional(table, "length", out);
  if (out > longest) table.fail("length", fmt::format("length is {}; at most {}", *out, longest));
}

/// Looked at when the story is read, and read when a step wants it.
void read_own_file(StrictTable& table, std::string& out) {
  std::string file;
  if (!table.read("file", file)) return;
  for (const std::string_view key : kMaking) {
    if (table.has(key))
      table.fail(key,
                 fmt::format("{} is of an image that is made; this one is read from a file", key));
  }
  out = path_beside(table.place_of("file"), file);
  std::error_code failure;
  const auto kind = std::filesystem::status(out, failure).type();
  if (kind == std::filesystem::file_type::regular) return;
  const bool missing = kind == std::filesystem::file_type::not_found;
  table.fail("file", fmt::format("{}: {}; file is relative to the story", out,
                                 missing ? "there is no such file" : "this is no regular file"));
}

void read_making(StrictTable& table, ImageSpec& image) {
  if (table.require("version", "the version of its code, or file: one that you have"))
    emulator::machine::read_version(table, "version", image.version);
  table.read_named("kind", image.kind, kKinds);
  read_optional(table, "machine", image.machine);
  image.machine_place = table.place_of("machine");
  read_optional(table, "sku", image.sku);
  read_optional(table, "size", image.size);
  read_optional(table, "security_version", image.security_version);
  read_optional(table, "control_number", image.control_number);
  read_optional(table, "part_control_number", image.part_control_number);
}

/// One of the names, or a file of the story's own.
void read_key(StrictTable& table, ImageSpec& image) {
  std::string word;
  if (!table.read("key", word)) return;
  const auto row = std::ranges::find(kKeys, word, &Named<ImageKey>::name);
  if (row != std::end(kKeys)) {
    image.key = row->value;
    return;
  }
  if (!word.ends_with(".pem")) {
    return table.fail("key", fmt::format("key is \"{}\"; it must be \"machine\", \"development\", "
                                         "\"other\", or a file that ends in .pem",
                                         word));
  }
  auto key = emulator::machine::read_signing_key(path_beside(table.place_of("key"), word));
  if (!key) return table.fail("key", key.error().doing);
  image.key_pem = std::move(key->private_key_pem);
}

}  // namespace

void read_file_name(StrictTable& table, std::string_view key, std::string& out) {
  if (!table.read(key, out)) return;
  const bool plain =
      !out.empty() && out != "." && out != ".." && out.find('/') == std::string::npos;
  if (!plain)
    table.fail(key, fmt::format("\"{}\" is no name of a file: it names one without \"/\"", out));
}

ImageSpec read_image(StrictTable& table) {
  ImageSpec image{.place = table.place()};
  if (table.require("name", "what ${image:NAME} calls it"))
    read_file_name(table, "name", image.name);
  if (table.has("file")) {
    read_own_file(table, image.file);
  } else {
    read_making(table, image);
  }
  read_key(table, image);
  read_length(table, image.length);
  table.read("sign_again", image.sign_again);
  for (StrictTable& corruption : table.tables("corrupt"))
    image.corrupt.push_back(read_corruption(corruption));
  return image;
}

}  // namespace scenarios::engine
