// SPDX-License-Identifier: BSD-3-Clause
#include "updater/io/device_company.h"

#include <fcntl.h>

#include "os/open_files.h"
#include "os/system_error.h"

namespace updater::io {

base::Result<os::FileLock> claim_device(const std::string& path) {
  os::Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open()) return os::system_error("opening " + path);
  return os::FileLock::take(std::move(file), path);
}

std::vector<std::string> others_at(const std::string& path, const std::string& proc) {
  std::vector<std::string> lines;
  const os::WhoHasOpen who = os::who_has_open(path, proc);
  for (const os::Process& each : who.processes)
    lines.push_back(to_text(each) + " has " + path + " open, too");
  if (who.seen == os::Seen::own_only)
    lines.push_back("whether programs of other users have " + path + " open, only root can see");
  return lines;
}

}  // namespace updater::io
