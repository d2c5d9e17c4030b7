// SPDX-License-Identifier: BSD-3-Clause
// Parsing and verifying an update image: hashes of the modules, LZMA, the RSA signature.
#include <benchmark/benchmark.h>

#include "emulator/factory/update_image.h"
#include "updater/image/image.h"

namespace {

base::Bytes image_of(std::int64_t size) {
  auto image = emulator::factory::build_update_image(
      {.version = {5, 2, 70, 1046}, .sku = 0x83E, .size = static_cast<std::uint32_t>(size)});
  return image ? *std::move(image) : base::Bytes{};
}

void ParseAndVerifyImage(benchmark::State& state) {
  const base::Bytes file = image_of(state.range(0));
  for (auto _ : state) {
    const auto outcome = updater::image::parse(file);
    if (!outcome.image) return state.SkipWithError("the image does not parse");
    if (!updater::image::verify(*outcome.image).empty())
      return state.SkipWithError("the image does not verify");
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(ParseAndVerifyImage)
    ->RangeMultiplier(4)
    ->Range(64 << 10, 16 << 20)
    ->Unit(benchmark::kMillisecond);

}  // namespace
