// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/worker_pool.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "base/promise.h"
#include "os/descriptor.h"
#include "os/forked.h"
#include "os/pipe.h"
#include "os/system_error.h"
#include "os/write_all.h"

namespace scenarios::engine {
namespace {

using Json = nlohmann::ordered_json;

/// A process that runs one story: its result comes through one pipe, its last words
/// through another.
struct Worker {
  std::size_t index = 0;
  pid_t pid = -1;
  std::array<os::Descriptor, 2> pipes;
  std::array<std::string, 2> received;

  bool done() const { return !pipes[0].is_open() && !pipes[1].is_open(); }
};

[[noreturn]] void be_worker(int result_pipe, int error_pipe, std::size_t index, const RunOne& run) {
  rlimit limit{};
  ::getrlimit(RLIMIT_CPU, &limit);
  limit.rlim_cur = std::min<rlim_t>(kStoryLimitSeconds, limit.rlim_max);
  ::setrlimit(RLIMIT_CPU, &limit);
  ::dup2(error_pipe, STDERR_FILENO);
  const ScenarioResult result = run(index);
  os::write_text(result_pipe, to_wire(result).dump(-1, ' ', false, Json::error_handler_t::replace));
  std::_Exit(0);
}

class Pool {
 public:
  Pool(const std::vector<Scenario>& scenarios, const RunOne& run, const Finished& finished,
       const Stopped& stopped)
      : scenarios_(scenarios), run_(run), finished_(finished), stopped_(stopped) {}

  std::vector<ScenarioResult> run(std::size_t jobs) {
    while (done_.size() < scenarios_.size() && !stopped_()) {
      while (workers_.size() < jobs && next_ < scenarios_.size()) start(next_++);
      receive();
      reap();
      report();
    }
    kill_workers();
    std::vector<ScenarioResult> results;
    for (auto& [index, result] : done_) results.push_back(std::move(result));
    return results;
  }

 private:
  void start(std::size_t index) {
    auto result = os::make_pipe();
    auto errors = os::make_pipe();
    if (!result || !errors) return give_up(index, "cannot make a pipe");
    std::fflush(nullptr);
    const pid_t pid = os::fork_here();
    if (pid < 0) return give_up(index, "cannot start a process");
    if (pid == 0) be_worker(result->write.number(), errors->write.number(), index, run_);
    workers_.push_back({.index = index,
                        .pid = pid,
                        .pipes = {std::move(result->read), std::move(errors->read)},
                        .received = {}});
  }

  void receive() {
    std::vector<pollfd> waiting;
    for (const Worker& worker : workers_) {
      for (const os::Descriptor& pipe : worker.pipes) {
        if (pipe.is_open())
          waiting.push_back({.fd = pipe.number(), .events = POLLIN, .revents = 0});
      }
    }
    if (waiting.empty() || ::poll(waiting.data(), waiting.size(), -1) < 0) return;
    for (const pollfd& ready : waiting) {
      if (ready.revents != 0) read_from(ready.fd);
    }
  }

  void read_from(int pipe) {
    for (Worker& worker : workers_) {
      for (std::size_t i = 0; i < worker.pipes.size(); ++i) {
        if (worker.pipes[i].number() != pipe) continue;
        std::array<char, 65536> buffer{};
        const ssize_t got = ::read(pipe, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) return;
        if (got > 0) {
          worker.received[i].append(buffer.data(), static_cast<std::size_t>(got));
          return;
        }
        worker.pipes[i].close();
        return;
      }
    }
  }

  void reap() {
    for (const Worker& worker : workers_) {
      if (!worker.done()) continue;
      const bool first =
          done_.emplace(worker.index, result_of(worker, os::wait_for(worker.pid))).second;
      MEBENCH_PROMISE(first, "a story ends once");
    }
    std::erase_if(workers_, [](const Worker& worker) { return worker.done(); });
  }

  void kill_workers() {
    for (Worker& worker : workers_) {
      ::kill(worker.pid, SIGKILL);
      (void)os::wait_for(worker.pid);
    }
    workers_.clear();
  }

  ScenarioResult result_of(const Worker& worker, int status) const {
    const Json json = Json::parse(worker.received[0], nullptr, false);
    const std::optional<ScenarioResult> result = result_from_json(json);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && result) return *result;
    std::string how = "its process ended early";
    if (WIFSIGNALED(status)) {
      how = fmt::format("its process was ended by signal {} ({})", WTERMSIG(status),
                        ::strsignal(WTERMSIG(status)));
    } else if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
      how = fmt::format("its process ended with status {}", WEXITSTATUS(status));
    }
    return broken(worker.index,
                  how + (worker.received[1].empty() ? "" : "\n" + worker.received[1]));
  }

  ScenarioResult broken(std::size_t index, std::string message) const {
    const Scenario& scenario = scenarios_[index];
    return {.id = scenario.id,
            .file = scenario.file,
            .title = scenario.title,
            .verdict = Verdict::internal,
            .message = std::move(message),
            .failures = {},
            .bus = {}};
  }

  void give_up(std::size_t index, const std::string& what) {
    done_.emplace(index, broken(index, os::system_error(what).doing));
  }

  void report() {
    for (auto next = done_.find(reported_); next != done_.end(); next = done_.find(reported_)) {
      finished_(next->second);
      ++reported_;
    }
  }

  const std::vector<Scenario>& scenarios_;
  const RunOne& run_;
  const Finished& finished_;
  const Stopped& stopped_;
  std::vector<Worker> workers_;
  std::map<std::size_t, ScenarioResult> done_;
  std::size_t next_ = 0;
  std::size_t reported_ = 0;
};

}  // namespace

std::vector<ScenarioResult> run_in_processes(const std::vector<Scenario>& scenarios,
                                             std::size_t jobs, const RunOne& run,
                                             const Finished& finished, const Stopped& stopped) {
  return Pool(scenarios, run, finished, stopped).run(jobs == 0 ? 1 : jobs);
}

}  // namespace scenarios::engine
