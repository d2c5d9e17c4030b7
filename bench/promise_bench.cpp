// SPDX-License-Identifier: BSD-3-Clause
// What a promise between our own parts costs in release (base/promise.h): the same work with none,
// with one for each message, one for each slot and one for each byte.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <numeric>

#include "base/promise.h"

namespace {

/// Bytes of a slot of the HECI ring, and of a message as an update sends them.
constexpr std::size_t kSlot = 4;
constexpr std::size_t kMessage = 2048;

enum class PromiseFor { nothing, message, slot, byte };

/// Copies a message slot by slot, as the ring does.
template <PromiseFor promise>
void copy(std::array<std::uint8_t, kMessage>& to, const std::array<std::uint8_t, kMessage>& from,
          std::size_t size) {
  if constexpr (promise == PromiseFor::message) MEBENCH_PROMISE(size <= to.size(), "it fits");
  for (std::size_t at = 0; at < size; at += kSlot) {
    if constexpr (promise == PromiseFor::slot) MEBENCH_PROMISE(at + kSlot <= to.size(), "it fits");
    if constexpr (promise == PromiseFor::byte) {
      for (std::size_t i = at; i < at + kSlot; ++i) MEBENCH_PROMISE(i < to.size(), "it fits");
    }
    std::memcpy(&to[at], &from[at], kSlot);
  }
}

template <PromiseFor promise>
void Copy(benchmark::State& state) {
  std::array<std::uint8_t, kMessage> from{};
  std::iota(from.begin(), from.end(), std::uint8_t{1});
  std::array<std::uint8_t, kMessage> to{};
  std::size_t size = kMessage;
  for (auto _ : state) {
    benchmark::DoNotOptimize(size);  // or the compiler would see each kept
    copy<promise>(to, from, size);
    benchmark::DoNotOptimize(to);
  }
  if (to != from) state.SkipWithError("the message did not come through");
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(kMessage));
}
BENCHMARK(Copy<PromiseFor::nothing>)->Name("MessageCopied/promises:none");
BENCHMARK(Copy<PromiseFor::message>)->Name("MessageCopied/promises:one_a_message");
BENCHMARK(Copy<PromiseFor::slot>)->Name("MessageCopied/promises:one_a_slot");
BENCHMARK(Copy<PromiseFor::byte>)->Name("MessageCopied/promises:one_a_byte");

}  // namespace
