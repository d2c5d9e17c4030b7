// SPDX-License-Identifier: BSD-3-Clause
#include "os/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "os/file_kind.h"
#include "os/stream.h"
#include "os/system_error.h"

namespace os {
namespace {

using base::Errc;
using base::Error;
using base::Result;

bool leads_to_stream(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && is_stream(status.st_mode);
}

/// Looked at once it is open: it cannot become another file any more.
Result<void> make_ours(const Descriptor& file, const std::string& path, Begin begin) {
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return system_error("opening " + path);
  if (!S_ISREG(status.st_mode))
    return Error{Errc::invalid, "opening " + path + ": it is " + kind_in_words(status.st_mode)};
  if (status.st_uid != ::geteuid())
    return Error{Errc::permission, "opening " + path + ": it belongs to another user (number " +
                                       std::to_string(status.st_uid) + "); name another file"};
  const bool closed = (status.st_mode & 0777) == 0600 || ::fchmod(file.number(), 0600) == 0;
  const bool emptied = begin != Begin::anew || ::ftruncate(file.number(), 0) == 0;
  return closed && emptied ? Result<void>() : system_error("opening " + path);
}

Error not_opened(const std::string& path, int number) {
  if (number == ELOOP)
    return {Errc::invalid, "opening " + path + ": it is a link; name the file itself"};
  if (number == EISDIR) return {Errc::invalid, "opening " + path + ": it is a folder"};
  if (number == ENXIO) return {Errc::invalid, "opening " + path + ": it is a pipe or socket"};
  return system_error("opening " + path, number);
}

}  // namespace

Result<Descriptor> open_private(const std::string& path, Begin begin) {
  if (auto open = open_already(path)) return std::move(*open);
  return leads_to_stream(path) ? open_stream(path) : open_private_file(path, begin);
}

Result<Descriptor> open_private_file(const std::string& path, Begin begin) {
  Descriptor file(
      ::open(path.c_str(),
             O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600));
  if (!file.is_open()) return not_opened(path, errno);
  if (const auto ours = make_ours(file, path, begin); !ours) return ours.error();
  return file;
}

}  // namespace os
