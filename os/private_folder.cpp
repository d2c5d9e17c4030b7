// SPDX-License-Identifier: BSD-3-Clause
#include "os/private_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "os/file_kind.h"
#include "os/system_error.h"

namespace os {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

constexpr mode_t kOthersMayWrite = S_IWGRP | S_IWOTH;

std::string octal(mode_t mode) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04o", mode & 07777u);
  return text.data();
}

Error anothers(const std::string& path, const char* what, uid_t owner) {
  return {Errc::permission, "using the folder " + path + ": " + what + " another user (number " +
                                std::to_string(owner) + "); give a folder of your own"};
}

Result<void> check(const std::string& path) {
  struct stat link {};
  struct stat folder {};
  if (::lstat(path.c_str(), &link) != 0 || ::stat(path.c_str(), &folder) != 0)
    return system_error("using the folder " + path);
  if (link.st_uid != ::geteuid() && link.st_uid != 0 && S_ISLNK(link.st_mode))
    return anothers(path, "it is a link of", link.st_uid);
  if (!S_ISDIR(folder.st_mode))
    return Error{Errc::invalid, "using the folder " + path + ": it is " +
                                    kind_in_words(folder.st_mode) + ", and must be a folder"};
  if (folder.st_uid != ::geteuid()) return anothers(path, "it belongs to", folder.st_uid);
  if ((folder.st_mode & kOthersMayWrite) == 0) return {};
  return Error{Errc::permission, "using the folder " + path + ": others may write to it (mode " +
                                     octal(folder.st_mode) + "); chmod go-w " + path +
                                     " if what is in it is your own"};
}

}  // namespace

Result<Origin> private_folder(const std::string& path) {
  const fs::path named =
      fs::path(path).has_filename() ? fs::path(path) : fs::path(path).parent_path();
  std::error_code failed;
  if (named.has_parent_path()) fs::create_directories(named.parent_path(), failed);
  if (failed) return Error{Errc::io, "making the folder " + path + ": " + failed.message()};
  if (::mkdir(named.c_str(), 0700) == 0) return Origin::made;
  if (errno != EEXIST) return system_error("making the folder " + path);
  if (const auto ours = check(named); !ours) return ours.error();
  return Origin::found;
}

}  // namespace os
