// SPDX-License-Identifier: BSD-3-Clause
// The same client and commands as in tpm_bench.cpp through the data socket of a swtpm process: an
// engine that is not ours, in real time.
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <filesystem>

#include "bench/board.h"
#include "os/forked.h"
#include "protocol/tpm/capability.h"
#include "updater/cli/steady_clock.h"
#include "updater/tpm/owner_commands.h"
#include "updater/tpm/swtpm_socket.h"

namespace {

using namespace protocol::tpm;
using updater::tpm::SwtpmSocket;
using updater::tpm::Tpm12Link;

constexpr int kConnectTries = 600;
constexpr base::Duration kConnectPause = std::chrono::milliseconds(50);
constexpr base::Duration kRealLimit = std::chrono::minutes(1);

/// A new TPM 1.2 in a folder of its own, both gone with this.
class Swtpm {
 public:
  Swtpm() {
    std::string name = (std::filesystem::temp_directory_path() / "swtpm-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) bench::give_up({.doing = "making a folder"});
    folder_ = name;
    child_ = os::fork_here();
    if (child_ == 0) become_swtpm();
    for (int i = 0; i < kConnectTries && !transport_; ++i) {
      auto connected = SwtpmSocket::open(folder_ + "/data", clock_);
      if (connected) transport_ = std::move(connected).value();
      if (!transport_) clock_.sleep(kConnectPause);
    }
    if (!transport_) bench::give_up({.doing = "connecting to swtpm"});
  }
  ~Swtpm() {
    transport_.reset();
    ::kill(child_, SIGKILL);
    (void)os::wait_for(child_);
    std::filesystem::remove_all(folder_);
  }
  Swtpm(const Swtpm&) = delete;
  Swtpm& operator=(const Swtpm&) = delete;

  SwtpmSocket& transport() { return *transport_; }
  base::Clock& clock() { return clock_; }

 private:
  [[noreturn]] void become_swtpm() const {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const std::string state = "dir=" + folder_;
    const std::string control = "type=unixio,path=" + folder_ + "/control";
    const std::string server = "type=unixio,path=" + folder_ + "/data";
    ::execl(SWTPM_PROGRAM, SWTPM_PROGRAM, "socket", "--tpmstate", state.c_str(), "--ctrl",
            control.c_str(), "--server", server.c_str(), "--flags", "not-need-init,startup-clear",
            nullptr);
    ::_exit(127);
  }

  std::string folder_;
  pid_t child_ = -1;
  updater::cli::SteadyClock clock_;
  std::unique_ptr<SwtpmSocket> transport_;
};

/// host_s of one command; there is no modelled hardware, and so no simulated time.
template <class Send>
void commands(benchmark::State& state, const Send& send) {
  // A process takes connections before it is ready: the first answer waits for its start.
  if (!send()) return state.SkipWithError("the TPM did not answer");
  const auto from = std::chrono::steady_clock::now();
  for (auto _ : state) {
    if (!send()) return state.SkipWithError("the TPM did not answer");
  }
  const std::chrono::duration<double> host = std::chrono::steady_clock::now() - from;
  state.counters["host_s"] = benchmark::Counter(host.count(), benchmark::Counter::kAvgIterations);
  state.SetItemsProcessed(state.iterations());
}

void TpmCommandThroughSwtpmSocket(benchmark::State& state) {
  Swtpm swtpm;
  const base::Bytes command = capability_command(CapArea::property, kCapPropManufacturer);
  commands(state, [&] { return swtpm.transport().transmit(command, kRealLimit).has_value(); });
}
BENCHMARK(TpmCommandThroughSwtpmSocket)->UseRealTime();

/// OIAP and OwnerReadInternalPub, as over TIS; the owner is taken first.
void TpmOwnerCommandThroughSwtpmSocket(benchmark::State& state) {
  Swtpm swtpm;
  Tpm12Link link(swtpm.transport(), swtpm.clock());
  const auto owner = updater::tpm::OwnerSecret::from_passphrase("owner");
  if (!create_endorsement_key(link) || !take_ownership(link, owner))
    return state.SkipWithError("the TPM took no owner");
  const base::Bytes params = owner_read_internal_pub_params(kHandleSrk);
  commands(state, [&] {
    return run_as_owner(link, owner, Ordinal::owner_read_internal_pub, params).has_value();
  });
}
BENCHMARK(TpmOwnerCommandThroughSwtpmSocket)->UseRealTime();

}  // namespace
