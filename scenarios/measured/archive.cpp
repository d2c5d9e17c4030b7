// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/measured/archive.h"

#include <fmt/format.h>

#include <algorithm>

#include "os/read_file.h"

namespace scenarios::measured {
namespace {

constexpr std::size_t kMostMebibytes = 64;
constexpr std::string_view kFormat = "mebench-collect 1";

}  // namespace

base::Result<Archive> Archive::open(const std::string& path) {
  const auto contents = os::read_file(path, kMostMebibytes);
  if (!contents) return contents.error();
  auto files = base::read_tar(*contents);
  if (!files)
    return base::Error{base::Errc::invalid, fmt::format("{}: {}", path, files.error().doing)};
  Archive archive;
  archive.files_ = std::move(files).value();
  std::ranges::sort(archive.files_, {}, &base::TarFile::name);
  if (const std::string format = archive.text("format"); format != kFormat) {
    return base::Error{
        base::Errc::invalid,
        fmt::format("{}: its file \"format\" says \"{}\", and is to say \"{}\": this is not what "
                    "`meupdate collect` of this version wrote",
                    path, format, kFormat)};
  }
  return archive;
}

base::ByteView Archive::bytes(std::string_view name) const {
  const auto found = std::ranges::find(files_, name, &base::TarFile::name);
  return found == files_.end() ? base::ByteView() : base::ByteView(found->contents);
}

std::string Archive::text(std::string_view name) const {
  const base::ByteView contents = bytes(name);
  const std::string whole(contents.begin(), contents.end());
  const std::size_t from = std::min(whole.find_first_not_of(" \n"), whole.size());
  const std::size_t to = whole.find_last_not_of(" \n");
  return to == whole.npos ? std::string() : whole.substr(from, to + 1 - from);
}

std::string Archive::first(std::string_view start, std::string_view end) const {
  const auto found = std::ranges::find_if(files_, [&](const base::TarFile& file) {
    return file.name.starts_with(start) && file.name.ends_with(end);
  });
  return found == files_.end() ? std::string() : found->name;
}

}  // namespace scenarios::measured
