// SPDX-License-Identifier: BSD-3-Clause
#include "os/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "os/in_child.h"
#include "os/system_error.h"

namespace os {
namespace {

using base::Result;

[[noreturn]] void become(const std::vector<std::string>& words, int output) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::execvp(arguments[0], arguments.data());
  ::_exit(kCannotStart);
}

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::vector<std::string>& words) {
  std::array<int, 2> ends = {};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return system_error("making a pipe");
  Descriptor read(ends[0]);
  const Descriptor write(ends[1]);
  const pid_t self = ::getpid();
  const pid_t id = ::fork();
  if (id < 0) return system_error("starting a program");
  if (id == 0) {
    end_with(self);
    take_all_the_time_it_may();
    become(words, write.number());
  }
  return std::unique_ptr<ChildProcess>(new ChildProcess(id, std::move(read)));
}

ChildProcess::~ChildProcess() {
  kill();
  (void)wait();
}

void ChildProcess::kill() {
  if (id_ > 0) ::kill(id_, SIGKILL);
}
void ChildProcess::terminate() {
  if (id_ > 0) ::kill(id_, SIGTERM);
}

int ChildProcess::wait() {
  return id_ > 0 ? wait_for(std::exchange(id_, -1)) : 0;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

bool could_not_start(int status) {
  return WIFEXITED(status) && WEXITSTATUS(status) == kCannotStart;
}

}  // namespace os
