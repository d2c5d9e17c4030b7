// SPDX-License-Identifier: BSD-3-Clause
#include "os/file_lock.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <sstream>

#include "os/system_error.h"

namespace os {
namespace {

using base::Errc;
using base::Error;
using base::Result;

/// A line of proc_locks(5): "2: FLOCK  ADVISORY  WRITE 812 00:05:393218 0 EOF". The device's number
/// is not compared: on some file systems it is another than stat(2) tells.
int holder_in(const std::string& line, ino_t inode) {
  std::istringstream words(line);
  std::string number;
  std::string kind;
  std::string advice;
  std::string access;
  std::string place;
  int pid = 0;
  words >> number >> kind >> advice >> access >> pid >> place;
  const std::size_t colon = place.rfind(':');
  if (words.fail() || kind != "FLOCK" || colon == std::string::npos) return 0;
  return place.substr(colon + 1) == std::to_string(inode) && pid > 0 ? pid : 0;
}

Error locked_by(const Process& holder, const std::string& name) {
  return {Errc::busy,
          name + " is locked by " + (holder.pid == 0 ? "another program" : to_text(holder))};
}

}  // namespace

Result<FileLock> FileLock::take(Descriptor file, const std::string& name) {
  if (::flock(file.number(), LOCK_EX | LOCK_NB) == 0) return FileLock(std::move(file));
  if (errno != EWOULDBLOCK) return system_error("locking " + name);
  return locked_by(lock_holder(file), name);
}

Process lock_holder(const Descriptor& file, const std::string& proc) {
  struct stat found {};
  if (::fstat(file.number(), &found) != 0) return {};
  std::ifstream locks(proc + "/locks");
  for (std::string line; std::getline(locks, line);) {
    if (const int pid = holder_in(line, found.st_ino); pid != 0) return process(pid, proc);
  }
  return {};
}

}  // namespace os
