// SPDX-License-Identifier: BSD-3-Clause
#include "os/regular_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "os/file_kind.h"
#include "os/system_error.h"

namespace os {
namespace {

using base::Errc;
using base::Error;
using base::Result;

Error no_file(const std::string& doing, mode_t mode) {
  const std::string what = std::string(doing) + ": it is " + kind_in_words(mode);
  if (S_ISDIR(mode)) return {Errc::invalid, what};
  return {Errc::invalid, what + ", and must be a file: write what it holds into one first"};
}

/// Looked at before it is opened, so that no device acts; and after, so that it is still the same.
Result<Descriptor> open_regular(const std::string& path, int flags, const std::string& doing) {
  struct stat status {};
  const bool follows = (flags & O_NOFOLLOW) == 0;
  if ((follows ? ::stat : ::lstat)(path.c_str(), &status) != 0) return system_error(doing);
  if (!S_ISREG(status.st_mode)) return no_file(doing, status.st_mode);
  Descriptor file(::open(path.c_str(), flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file.is_open() || ::fstat(file.number(), &status) != 0) return system_error(doing);
  if (!S_ISREG(status.st_mode)) return no_file(doing, status.st_mode);
  return file;
}

}  // namespace

Result<Descriptor> open_to_read(const std::string& path) {
  return open_regular(path, O_RDONLY, "reading " + path);
}

Result<Descriptor> open_in_place(const std::string& path) {
  return open_regular(path, O_RDWR | O_NOFOLLOW, "opening " + path);
}

}  // namespace os
