// SPDX-License-Identifier: BSD-3-Clause
// What it costs that all boards of a process share one libtpms: TPM commands to one board, and to
// two whose TPMs give way to each other. Through the public library, as a program has it.
#include <benchmark/benchmark.h>
#include <mebench/board.h>

#include <chrono>
#include <cstdint>
#include <vector>

namespace {

using mebench::Board;
using mebench::Bytes;

/// TPM_GetCapability(property, manufacturer).
const Bytes kQuestion = {0x00, 0xC1, 0, 0, 0, 0x16, 0, 0, 0, 0x65, 0,
                         0,    0,    5, 0, 0, 0,    4, 0, 0, 1,    3};

Board with_tpm(std::uint64_t seed) {
  Board board = Board::make("esprimo-e5730", {.set = {}, .seed = seed, .flash = {}}).value();
  board.boot().value();
  return board;
}

bool ask(Board& board) {
  const auto response = board.tpm()->transmit(kQuestion, std::chrono::minutes(1));
  return response && response->size() == 18;
}

/// As many boards as the first argument says take turns of as many commands as the second one says.
void TpmCommandInTurns(benchmark::State& state) {
  std::vector<Board> boards;
  for (std::int64_t i = 0; i < state.range(0); ++i) boards.push_back(with_tpm(1));
  for (Board& board : boards) {  // each pays for libtpms' start once
    if (!ask(board)) return state.SkipWithError("a TPM did not answer");
  }
  for (auto _ : state) {
    for (Board& board : boards) {
      for (std::int64_t i = 0; i < state.range(1); ++i) {
        if (!ask(board)) return state.SkipWithError("a TPM did not answer");
      }
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) * state.range(1));
}
BENCHMARK(TpmCommandInTurns)
    ->ArgNames({"boards", "commands"})
    ->ArgsProduct({{1, 2}, {1, 10, 100}})
    ->Unit(benchmark::kMicrosecond);

/// From the name of a machine to firmware that runs.
void BoardMadeAndBooted(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(with_tpm(1));
}
BENCHMARK(BoardMadeAndBooted)->Unit(benchmark::kMillisecond);

/// Of a board that runs.
void BoardSavedAndRestored(benchmark::State& state) {
  Board board = with_tpm(1);
  for (auto _ : state) {
    if (!board.restore(board.snapshot())) return state.SkipWithError("it was not restored");
  }
}
BENCHMARK(BoardSavedAndRestored)->Unit(benchmark::kMillisecond);

}  // namespace
