// SPDX-License-Identifier: BSD-3-Clause
// What the sockets cost: register accesses and messages over vfio-user, commands over the TPM's
// socket, to a served machine in a process of its own.
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include <filesystem>

#include "bench/board.h"
#include "emulator/attach/real_time.h"
#include "emulator/attach/swtpm/itpm_port.h"
#include "emulator/attach/swtpm/swtpm_server.h"
#include "emulator/attach/vfio_user/vfio_user_server.h"
#include "os/forked.h"
#include "protocol/heci/registers.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"
#include "updater/cli/steady_clock.h"
#include "updater/mei/heci_host.h"
#include "updater/mmio/vfio_user_function.h"
#include "updater/tpm/swtpm_socket.h"

namespace {

using namespace std::chrono_literals;
using os::UnixListener;

/// A board that is served until this goes.
class ServedBoard {
 public:
  ServedBoard() {
    std::string name = (std::filesystem::temp_directory_path() / "bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) bench::give_up({.doing = "making a folder"});
    folder_ = name;
    auto heci = UnixListener::open(heci_path());
    auto tpm = UnixListener::open(tpm_path());
    if (!heci) bench::give_up(heci.error());
    if (!tpm) bench::give_up(tpm.error());
    heci_.emplace(std::move(heci).value());
    tpm_.emplace(std::move(tpm).value());
    child_ = os::fork_here();
    if (child_ == 0) serve(std::move(*heci_), std::move(*tpm_));
  }
  ~ServedBoard() {
    ::kill(child_, SIGKILL);
    (void)os::wait_for(child_);
    std::filesystem::remove_all(folder_);
  }
  ServedBoard(const ServedBoard&) = delete;
  ServedBoard& operator=(const ServedBoard&) = delete;

  std::string heci_path() const { return folder_ + "/heci"; }
  std::string tpm_path() const { return folder_ + "/tpm"; }

 private:
  [[noreturn]] static void serve(UnixListener heci, UnixListener tpm) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto board = bench::powered_board();
    emulator::attach::RealTime time(board->clock(), emulator::attach::Speed::fast);
    emulator::attach::ServingLoop loop(time);
    emulator::attach::vfio_user::VfioUserServer heci_server(std::move(heci), board->pci(), [] {});
    emulator::attach::swtpm::ItpmPort port(*board->itpm(), board->profile().tpm);
    emulator::attach::swtpm::SwtpmServer tpm_server(std::move(tpm), port);
    loop.add(heci_server);
    loop.add(tpm_server);
    while (true) loop.turn();
  }

  std::string folder_;
  std::optional<UnixListener> heci_;  ///< the child accepts, this keeps the sockets' files
  std::optional<UnixListener> tpm_;
  pid_t child_ = -1;
};

void RegisterReadOverVfioUser(benchmark::State& state) {
  const ServedBoard board;
  updater::cli::SteadyClock clock;
  const auto function = updater::mmio::VfioUserFunction::open(board.heci_path(), clock);
  if (!function) return state.SkipWithError(function.error().doing.c_str());
  for (auto _ : state) benchmark::DoNotOptimize((*function)->read32(protocol::heci::kHCsr));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RegisterReadOverVfioUser)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// Posted; the last one is waited for.
void RegisterWriteOverVfioUser(benchmark::State& state) {
  const ServedBoard board;
  updater::cli::SteadyClock clock;
  const auto function = updater::mmio::VfioUserFunction::open(board.heci_path(), clock);
  if (!function) return state.SkipWithError(function.error().doing.c_str());
  for (auto _ : state) (*function)->write32(protocol::heci::kHCsr, protocol::heci::HCsr::ie.mask);
  benchmark::DoNotOptimize((*function)->read32(protocol::heci::kHCsr));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RegisterWriteOverVfioUser)->Unit(benchmark::kMicrosecond)->UseRealTime();

void FwuVersionOverVfioUser(benchmark::State& state) {
  const ServedBoard board;
  updater::cli::SteadyClock clock;
  const auto function = updater::mmio::VfioUserFunction::open(board.heci_path(), clock);
  if (!function) return state.SkipWithError(function.error().doing.c_str());
  updater::mei::HeciHost host(**function, clock, {.name = "bench", .simulated = true});
  const auto fwu = host.connect(protocol::mei::kFwuGuid);
  if (!fwu) return state.SkipWithError(fwu.error().doing.c_str());
  const base::Bytes request = {0, 0, 0, 0};
  for (auto _ : state) {
    const auto sent = (*fwu)->send(request, 5s);
    const auto reply = (*fwu)->receive(5s);
    if (!sent || !reply || !protocol::fwu::decode_version_reply(*reply))
      return state.SkipWithError("no version reply");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(FwuVersionOverVfioUser)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// TPM_GetCapability of the maker.
void TpmCommandOverSocket(benchmark::State& state) {
  const ServedBoard board;
  updater::cli::SteadyClock clock;
  const auto tpm = updater::tpm::SwtpmSocket::open(board.tpm_path(), clock);
  if (!tpm) return state.SkipWithError(tpm.error().doing.c_str());
  const base::Bytes command = {0x00, 0xC1, 0, 0, 0, 0x16, 0, 0, 0, 0x65, 0,
                               0,    0,    5, 0, 0, 0,    4, 0, 0, 1,    3};
  for (auto _ : state) {
    if (!(*tpm)->transmit(command, 30s)) return state.SkipWithError("no answer");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(TpmCommandOverSocket)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// The same command in this process.
void TpmCommandInProcess(benchmark::State& state) {
  const auto board = bench::powered_board();
  const base::Bytes command = {0x00, 0xC1, 0, 0, 0, 0x16, 0, 0, 0, 0x65, 0,
                               0,    0,    5, 0, 0, 0,    4, 0, 0, 1,    3};
  for (auto _ : state) {
    if (!board->itpm()->transmit(0, command, 30s)) return state.SkipWithError("no answer");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(TpmCommandInProcess)->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
