// SPDX-License-Identifier: BSD-3-Clause
#include "os/report_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "os/file_kind.h"
#include "os/fresh_file.h"
#include "os/stream.h"
#include "os/system_error.h"
#include "os/write_all.h"

namespace os {
namespace {

using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;

/// Where bytes go that are written to a path.
struct Place {
  enum class Kind : std::uint8_t { file, stream } kind = Kind::file;
  std::string path;
};

/// Nobody else's link decides which of our files is replaced.
Result<Place> place_behind(const std::string& path, const struct stat& link) {
  if (link.st_uid != ::geteuid() && link.st_uid != 0)
    return Error{Errc::permission, "writing " + path + ": it is another user's link"};
  std::error_code failure;
  const std::string target = std::filesystem::canonical(path, failure);
  // A link that leads nowhere gives way to the file.
  return Place{.kind = Place::Kind::file, .path = failure ? path : target};
}

Result<Place> place_of(const std::string& path) {
  struct stat itself {};
  struct stat target {};
  const std::string doing = "writing " + path;
  if (::lstat(path.c_str(), &itself) != 0)
    return errno == ENOENT ? Result<Place>(Place{.kind = Place::Kind::file, .path = path})
                           : system_error(doing);
  if (::stat(path.c_str(), &target) != 0) target = itself;
  if (is_stream(target.st_mode)) return Place{.kind = Place::Kind::stream, .path = path};
  if (!S_ISREG(target.st_mode) && !S_ISLNK(target.st_mode))
    return Error{Errc::invalid, doing + ": it is " + kind_in_words(target.st_mode)};
  return S_ISLNK(itself.st_mode) ? place_behind(path, itself)
                                 : Place{.kind = Place::Kind::file, .path = path};
}

}  // namespace

Result<void> write_report(const std::string& path, ByteView contents) {
  if (const auto open = open_already(path))
    return *open ? write_all(**open, path, contents) : Result<void>(open->error());
  const auto place = place_of(path);
  if (!place) return place.error();
  if (place->kind == Place::Kind::file)
    return replace_file(place->path, contents, Readers::as_before);
  const auto stream = open_stream(path);
  return stream ? write_all(*stream, path, contents) : Result<void>(stream.error());
}

Result<void> write_report(const std::string& path, std::string_view text) {
  return write_report(path, base::as_bytes(text));
}

Result<void> write_scratch(const std::string& path, ByteView contents) {
  const Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.is_open()) return system_error("writing " + path);
  return write_all(file, path, contents);
}

Result<void> write_scratch(const std::string& path, std::string_view text) {
  return write_scratch(path, base::as_bytes(text));
}

Result<void> can_write_report(const std::string& path) {
  if (const auto open = open_already(path))
    return *open ? Result<void>() : Result<void>(open->error());
  const auto place = place_of(path);
  if (!place) return place.error();
  const std::string parent = std::filesystem::path(place->path).parent_path();
  const bool file = place->kind == Place::Kind::file;
  const std::string asked = !file ? place->path : parent.empty() ? "." : parent;
  return ::access(asked.c_str(), file ? W_OK | X_OK : W_OK) == 0 ? Result<void>()
                                                                 : system_error("writing " + path);
}

}  // namespace os
