// SPDX-License-Identifier: BSD-3-Clause
#include "os/open_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace os {
namespace {

namespace fs = std::filesystem;

bool is_device(const struct stat& file) {
  return S_ISCHR(file.st_mode) || S_ISBLK(file.st_mode);
}

bool same_file(const struct stat& a, const struct stat& b) {
  if (is_device(a)) {
    return (a.st_mode & S_IFMT) == (b.st_mode & S_IFMT) && a.st_rdev == b.st_rdev;
  }
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/// The number that a folder of procfs is named by; 0 where it is another folder.
int process_number(const fs::path& folder) {
  const std::string text = folder.filename();
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

enum class Look : std::uint8_t { has_it, has_it_not, forbidden };

Look look(const fs::path& process, const struct stat& wanted) {
  std::error_code failed;
  auto entry = fs::directory_iterator(process / "fd", failed);
  if (failed) {
    const bool hidden = failed == std::errc::permission_denied;
    return hidden ? Look::forbidden : Look::has_it_not;  // it may have ended meanwhile
  }
  for (; entry != fs::directory_iterator(); entry.increment(failed)) {
    if (failed) break;
    struct stat file {};
    if (::stat(entry->path().c_str(), &file) == 0 && same_file(wanted, file)) return Look::has_it;
  }
  return Look::has_it_not;
}

}  // namespace

WhoHasOpen who_has_open(const std::string& path, const std::string& proc) {
  WhoHasOpen who;
  struct stat wanted {};
  if (::stat(path.c_str(), &wanted) != 0) return who;
  std::error_code failed;
  auto entry = fs::directory_iterator(proc, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    const int pid = process_number(entry->path());
    if (pid == 0 || pid == ::getpid()) continue;
    const Look found = look(entry->path(), wanted);
    if (found == Look::has_it) who.processes.push_back(process(pid, proc));
    if (found == Look::forbidden) who.seen = Seen::own_only;
  }
  std::ranges::sort(who.processes, {}, &Process::pid);
  return who;
}

base::Error with_holders(base::Error busy, const std::string& path, const std::string& proc) {
  if (busy.code != base::Errc::busy) return busy;
  busy.doing += "; " + path + " is open in " + to_text(who_has_open(path, proc));
  return busy;
}

std::string to_text(const WhoHasOpen& who) {
  if (!who.processes.empty()) return to_text(who.processes);
  return who.seen == Seen::all ? "no program that can be seen"
                               : "a program of another user (root sees which)";
}

}  // namespace os
