// SPDX-License-Identifier: BSD-3-Clause
#include "os/program_apart.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "os/forked.h"
#include "os/in_child.h"
#include "os/pipe.h"
#include "os/system_error.h"

namespace os {
namespace {

struct Start {
  const std::vector<std::string>& words;
  const std::string& folder;
  pid_t parent = -1;
  int output = -1;
  int errors = -1;
  int trouble = -1;  ///< takes errno where the program cannot be started; closed where it was
};

[[noreturn]] void run_in_child(const Start& start) {
  end_with(start.parent);
  take_all_the_time_it_may();
  ::setpgid(0, 0);
  std::vector<char*> arguments;
  for (const std::string& word : start.words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
  ::dup2(start.output, STDOUT_FILENO);
  ::dup2(start.errors, STDERR_FILENO);
  if (::chdir(start.folder.c_str()) == 0) ::execvp(arguments[0], arguments.data());
  const int why = errno;
  (void)!::write(start.trouble, &why, sizeof why);
  ::_exit(kCannotStart);
}

/// errno of the child that could not become the program; 0: it did.
int trouble_of(const Descriptor& trouble) {
  int why = 0;
  ssize_t got = 0;
  do got = ::read(trouble.number(), &why, sizeof why);
  while (got < 0 && errno == EINTR);
  return got == static_cast<ssize_t>(sizeof why) ? why : 0;
}

}  // namespace

base::Result<std::unique_ptr<ProgramApart>> ProgramApart::start(
    const std::vector<std::string>& words, const std::string& folder) {
  auto output = make_pipe();
  auto errors = make_pipe();
  auto trouble = make_pipe();
  if (!output || !errors || !trouble) return system_error("making a pipe");
  const Start start{.words = words,
                    .folder = folder,
                    .parent = ::getpid(),
                    .output = output->write.number(),
                    .errors = errors->write.number(),
                    .trouble = trouble->write.number()};
  const pid_t id = fork_here();
  if (id < 0) return system_error("starting a program");
  if (id == 0) run_in_child(start);
  std::unique_ptr<ProgramApart> program(new ProgramApart);
  program->id_ = id;
  trouble->write.close();
  if (const int why = trouble_of(trouble->read); why != 0)
    return system_error("cannot start " + words[0], why);
  program->output_ = std::move(output->read);
  program->errors_ = std::move(errors->read);
  // The C library has a function for it from 2.36 on, whose header C++ cannot use there.
  program->ended_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, id, 0)));
  if (!program->ended_.is_open()) return system_error("watching a program");
  return program;
}

ProgramApart::~ProgramApart() {
  kill();
  (void)wait();
}

void ProgramApart::kill() {
  if (id_ > 0) ::kill(-id_, SIGKILL);
}

void ProgramApart::terminate() {
  if (id_ > 0) ::kill(-id_, SIGTERM);
}

/// The group is killed while the program's number is still its own.
int ProgramApart::wait() {
  if (id_ <= 0) return 0;
  siginfo_t ended{};
  while (::waitid(P_PID, static_cast<id_t>(id_), &ended, WEXITED | WNOWAIT) != 0 &&
         errno == EINTR) {
  }
  ::kill(-id_, SIGKILL);
  return wait_for(std::exchange(id_, -1));
}

}  // namespace os
