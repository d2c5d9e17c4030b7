// SPDX-License-Identifier: BSD-3-Clause
// Tar archives of plain files: the ustar form of IEEE Std 1003.1, "pax", "ustar Interchange
// Format". Debian's libarchive is no choice for a program that is one static file: it brings a
// dozen others.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/promise.h"
#include "base/result.h"

namespace base {

struct TarFile {
  std::string name;  ///< with folders, relative: "pci/0000:00:16.0/config"; at most 100 bytes
  Bytes contents;
};

namespace detail {

inline constexpr std::size_t kTarBlock = 512;
inline constexpr std::size_t kTarName = 100;
inline constexpr std::size_t kTarChecksum = 148;  ///< where it stands, in eight bytes

/// Digits and a zero byte, in `width` bytes.
inline void append_octal(Bytes& header, std::uint64_t value, std::size_t width) {
  for (std::size_t digit = width - 1; digit > 0; --digit)
    header.push_back(static_cast<std::uint8_t>('0' + (value >> (3 * (digit - 1)) & 7)));
  header.push_back(0);
}

/// The sum of a header's bytes, with blanks in place of the checksum.
inline std::uint64_t tar_checksum(ByteView header) {
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < header.size(); ++at) {
    const bool own = at >= kTarChecksum && at < kTarChecksum + 8;
    sum += own ? std::uint8_t{' '} : header[at];
  }
  return sum;
}

inline Bytes tar_header(const TarFile& file) {
  MEBENCH_PROMISE(file.name.size() <= kTarName, "a name in an archive fits its field");
  Bytes header(file.name.begin(), file.name.end());
  header.resize(kTarName);
  append_octal(header, 0644, 8);                   // mode
  append_octal(header, 0, 8);                      // user
  append_octal(header, 0, 8);                      // group
  append_octal(header, file.contents.size(), 12);  // size
  append_octal(header, 0, 12);                     // time of change: none is told
  header.resize(kTarBlock);
  header[156] = '0';  // a regular file
  constexpr std::string_view kMagic(
      "ustar\0"
      "00",
      8);
  std::ranges::copy(kMagic, header.begin() + 257);
  Bytes checksum;
  append_octal(checksum, tar_checksum(header), 7);
  checksum.push_back(' ');
  std::ranges::copy(checksum, header.begin() + kTarChecksum);
  return header;
}

/// Up to the first zero byte.
inline std::string tar_text(ByteView field) {
  return {field.begin(), std::ranges::find(field, std::uint8_t{0})};
}

inline std::optional<std::uint64_t> tar_octal(ByteView field) {
  std::string digits = tar_text(field);
  digits.erase(0, std::min(digits.find_first_not_of(' '), digits.size()));
  digits.erase(std::min(digits.find(' '), digits.size()));
  std::uint64_t value = 0;
  const auto [end, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 8);
  if (failure != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// "./a/b" is "a/b".
inline std::string tar_name(ByteView header) {
  std::string name = tar_text(header.first(kTarName));
  const std::string folder = tar_text(header.subspan(345, 155));
  if (!folder.empty()) name = folder + "/" + name;
  while (name.starts_with("./")) name.erase(0, 2);
  return name;
}

}  // namespace detail

/// The archive of `files`, in their order. Names are at most 100 bytes long.
inline Bytes tar_archive(const std::vector<TarFile>& files) {
  Bytes archive;
  for (const TarFile& file : files) {
    const Bytes header = detail::tar_header(file);
    archive.insert(archive.end(), header.begin(), header.end());
    archive.insert(archive.end(), file.contents.begin(), file.contents.end());
    archive.resize((archive.size() + detail::kTarBlock - 1) / detail::kTarBlock *
                   detail::kTarBlock);
  }
  archive.resize(archive.size() + 2 * detail::kTarBlock);
  return archive;
}

/// The regular files of an archive; folders, links and whatever else it holds are passed over.
/// Errors: invalid (not ustar, or it breaks off: with the offset).
inline Result<std::vector<TarFile>> read_tar(ByteView archive) {
  const auto wrong = [&archive](const char* what) {
    return Error{Errc::invalid, std::string(what) + " at offset " + std::to_string(archive.size())};
  };
  std::vector<TarFile> files;
  std::size_t at = 0;
  for (; at + detail::kTarBlock <= archive.size(); at += detail::kTarBlock) {
    const ByteView header = archive.subspan(at, detail::kTarBlock);
    if (std::ranges::all_of(header, [](std::uint8_t byte) { return byte == 0; })) return files;
    const auto sum = detail::tar_octal(header.subspan(detail::kTarChecksum, 8));
    const auto size = detail::tar_octal(header.subspan(124, 12));
    if (!sum || !size || *sum != detail::tar_checksum(header)) {
      return Error{Errc::invalid, "no header of a tar archive at offset " + std::to_string(at)};
    }
    if (*size > archive.size() - at - detail::kTarBlock) return wrong("it breaks off");
    const auto contents = archive.subspan(at + detail::kTarBlock, *size);
    if (header[156] == '0' || header[156] == 0)
      files.push_back({detail::tar_name(header), Bytes(contents.begin(), contents.end())});
    at += (*size + detail::kTarBlock - 1) / detail::kTarBlock * detail::kTarBlock;
  }
  return wrong("it breaks off");
}

}  // namespace base
