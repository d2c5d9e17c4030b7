// SPDX-License-Identifier: BSD-3-Clause
// One question and its answer over the simulated link, driven by the product's own user-space
// driver.
#include "bench/board.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"
#include "updater/mei/heci_host.h"

namespace {

using namespace std::chrono_literals;

/// GET_VERSION to the connected FWU client: credits both ways, 4 bytes there, 52 back.
void FwuVersionRoundTrip(benchmark::State& state) {
  const auto board = bench::powered_board();
  updater::mei::HeciHost host(board->bar0(), board->clock(), {.name = "bench", .simulated = true});
  const auto fwu = host.connect(protocol::mei::kFwuGuid);
  if (!fwu) return state.SkipWithError(fwu.error().doing.c_str());
  const base::Bytes request = {0, 0, 0, 0};
  bench::TwoClocks clocks;
  for (auto _ : state) {
    clocks.start(board->clock());
    if (const auto sent = (*fwu)->send(request, 5s); !sent)
      return state.SkipWithError(sent.error().doing.c_str());
    const auto reply = (*fwu)->receive(5s);
    clocks.stop(board->clock());
    if (!reply || !protocol::fwu::decode_version_reply(*reply))
      return state.SkipWithError("no version reply");
  }
  clocks.report(state);
}
BENCHMARK(FwuVersionRoundTrip)->Unit(benchmark::kMicrosecond);

/// Reset, enumeration and connection: what every command pays once.
void LinkStart(benchmark::State& state) {
  const auto board = bench::powered_board();
  bench::TwoClocks clocks;
  for (auto _ : state) {
    clocks.start(board->clock());
    updater::mei::HeciHost host(board->bar0(), board->clock(),
                                {.name = "bench", .simulated = true});
    const auto fwu = host.connect(protocol::mei::kFwuGuid);
    clocks.stop(board->clock());
    if (!fwu) return state.SkipWithError(fwu.error().doing.c_str());
  }
  clocks.report(state);
}
BENCHMARK(LinkStart)->Unit(benchmark::kMicrosecond);

}  // namespace
