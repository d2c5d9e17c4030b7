// SPDX-License-Identifier: BSD-3-Clause
#include "os/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <utility>

#include "os/forked.h"
#include "os/in_child.h"
#include "os/pipe.h"
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
  auto pipe = make_pipe();
  if (!pipe) return system_error("making a pipe");
  const pid_t self = ::getpid();
  const pid_t id = fork_here();
  if (id < 0) return system_error("starting a program");
  if (id == 0) {
    end_with(self);
    take_all_the_time_it_may();
    become(words, pipe->write.number());
  }
  return std::unique_ptr<ChildProcess>(new ChildProcess(id, std::move(pipe->read)));
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

bool could_not_start(int status) {
  return WIFEXITED(status) && WEXITSTATUS(status) == kCannotStart;
}

}  // namespace os
