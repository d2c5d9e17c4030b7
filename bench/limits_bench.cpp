// SPDX-License-Identifier: BSD-3-Clause
// What this computer can do at best, whatever a program is about: copying memory, and one byte to
// another process and back. `scripts/bench` adds hashes and signatures from `openssl speed`.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "os/forked.h"

namespace {

void CopyOfMemory(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const std::vector<std::uint8_t> from(size, 0x5A);
  std::vector<std::uint8_t> to(size);
  for (auto _ : state) {
    std::memcpy(to.data(), from.data(), size);
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(CopyOfMemory)->Arg(64 << 10)->Arg(4 << 20)->Arg(16 << 20);

enum class Ends { sleeping, spinning, on_one_processor };

void stay_on_this_processor() {
  cpu_set_t here;
  CPU_ZERO(&here);
  CPU_SET(sched_getcpu(), &here);
  ::sched_setaffinity(0, sizeof here, &here);
}

/// False once the peer is gone.
bool receive_byte(int socket, Ends ends) {
  char byte = 0;
  const int flags = ends == Ends::spinning ? MSG_DONTWAIT : 0;
  while (true) {
    const ssize_t got = ::recv(socket, &byte, 1, flags);
    if (got == 1) return true;
    if (got == 0 || ends != Ends::spinning) return false;
  }
}

[[noreturn]] void echo(int socket, Ends ends) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  while (receive_byte(socket, ends)) {
    if (::send(socket, "x", 1, MSG_NOSIGNAL) != 1) break;
  }
  ::_exit(0);
}

void SocketRoundTrip(benchmark::State& state, Ends ends) {
  cpu_set_t before;
  ::sched_getaffinity(0, sizeof before, &before);
  if (ends == Ends::on_one_processor) stay_on_this_processor();
  int pair[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    return state.SkipWithError("no socket");
  const pid_t child = os::fork_here();
  if (child == 0) {
    ::close(pair[0]);
    echo(pair[1], ends);
  }
  ::close(pair[1]);
  for (auto _ : state) {
    if (::send(pair[0], "x", 1, MSG_NOSIGNAL) != 1 || !receive_byte(pair[0], ends)) {
      state.SkipWithError("the other end is gone");
      break;
    }
  }
  ::close(pair[0]);
  ::kill(child, SIGKILL);
  (void)os::wait_for(child);
  ::sched_setaffinity(0, sizeof before, &before);
}
BENCHMARK_CAPTURE(SocketRoundTrip, sleeping, Ends::sleeping)->UseRealTime();
BENCHMARK_CAPTURE(SocketRoundTrip, on_one_processor, Ends::on_one_processor)->UseRealTime();
BENCHMARK_CAPTURE(SocketRoundTrip, spinning, Ends::spinning)->UseRealTime();

}  // namespace
