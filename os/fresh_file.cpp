// SPDX-License-Identifier: BSD-3-Clause
#include "os/fresh_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "base/hex.h"
#include "os/descriptor.h"
#include "os/system_error.h"
#include "os/write_all.h"

namespace os {
namespace {

using base::ByteView;
using base::Result;

constexpr std::string_view kNew = ".new";
constexpr std::size_t kRandomBytes = 8;
constexpr std::size_t kRandomDigits = 2 * kRandomBytes;
constexpr mode_t kOwnerOnly = 0600;
constexpr mode_t kAsUmaskSays = 0666;

/// Has what is in `file` reach the disk.
Result<void> sync(const Descriptor& file, const std::string& path) {
  return ::fsync(file.number()) == 0 ? Result<void>() : system_error("writing " + path);
}

Result<std::string> name_beside(const std::string& path) {
  std::array<std::uint8_t, kRandomBytes> random{};
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
    return system_error("asking for random numbers");
  return path + "." + base::to_hex(random) + std::string(kNew);
}

/// One that the umask would open to others stays as closed as the file it replaces.
Result<void> take_over_mode(const Descriptor& file, const std::string& path) {
  struct stat replaced {};
  if (::lstat(path.c_str(), &replaced) != 0 || !S_ISREG(replaced.st_mode)) return {};
  return ::fchmod(file.number(), replaced.st_mode & 0777) == 0 ? Result<void>()
                                                               : system_error("writing " + path);
}

}  // namespace

FreshFile::~FreshFile() {
  if (!fresh_.empty()) ::unlink(fresh_.c_str());
}

Result<void> FreshFile::write(ByteView contents) {
  const auto name = name_beside(path_);
  if (!name) return name.error();
  const mode_t mode = readers_ == Readers::owner ? kOwnerOnly : kAsUmaskSays;
  const Descriptor file(
      ::open(name->c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  if (!file.is_open()) return system_error("writing " + path_);
  fresh_ = *name;
  if (readers_ == Readers::as_before) {
    if (auto taken = take_over_mode(file, path_); !taken) return taken;
  }
  if (auto written = write_all(file, path_, contents); !written) return written;
  return sync(file, path_);
}

Result<void> FreshFile::put_in_place() {
  if (std::rename(fresh_.c_str(), path_.c_str()) != 0) return system_error("replacing " + path_);
  fresh_.clear();
  const std::string parent = std::filesystem::path(path_).parent_path();
  const std::string folder = parent.empty() ? "." : parent;
  const Descriptor names(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return names.is_open() ? sync(names, folder) : system_error("opening " + folder);
}

bool FreshFile::is_left_over(std::string_view name, std::string_view of) {
  if (!name.starts_with(of) || !name.ends_with(kNew)) return false;
  const std::string_view middle = name.substr(of.size());
  const std::size_t random = kRandomDigits + 1;
  return middle == kNew ||  // as older versions named it
         (middle.size() == random + kNew.size() && middle[0] == '.' &&
          middle.substr(1, kRandomDigits).find_first_not_of("0123456789abcdef") == middle.npos);
}

Result<void> replace_file(const std::string& path, ByteView contents, Readers readers) {
  FreshFile file(path, readers);
  if (auto written = file.write(contents); !written) return written;
  return file.put_in_place();
}

}  // namespace os
