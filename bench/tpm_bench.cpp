// SPDX-License-Identifier: BSD-3-Clause
// The iTPM: one command in process and through its registers, and an update's upload through it.
#include <algorithm>

#include "bench/board.h"
#include "emulator/factory/update_image.h"
#include "emulator/tpm/itpm.h"
#include "protocol/tpm/capability.h"
#include "protocol/tpm/crypto.h"
#include "updater/tpm/field_upgrade.h"
#include "updater/tpm/owner_commands.h"
#include "updater/tpm/tis_host.h"

namespace {

using namespace protocol::tpm;
using emulator::machine::Machine;
using updater::tpm::TisHost;
using updater::tpm::Tpm12Link;

constexpr base::Duration kLimit = std::chrono::minutes(5);
constexpr std::size_t kBlock = 1024;

/// The owner's board with an active TPM whose owner is known, and room for `code_size` bytes.
std::unique_ptr<Machine> board_with_tpm(std::int64_t code_size = 0x180000,
                                        std::size_t max_block = kBlock) {
  return bench::powered_board({{"flash.part", "\"BENCH-64MiB\"", "bench"},
                               {"flash.code_size", std::to_string(code_size), "bench"},
                               {"tpm.upgrade.max_block", std::to_string(max_block), "bench"},
                               {"tpm.state.active", "true", "bench"},
                               {"tpm.state.owner_secret", "passphrase", "bench"}});
}

/// Reports both clocks, and commands a second of each.
template <class Send>
void commands(benchmark::State& state, Machine& board, const Send& send) {
  send();  // the first one pays for libtpms' start
  bench::TwoClocks clocks;
  for (auto _ : state) {
    clocks.start(board.clock());
    const bool answered = send();
    state.SetIterationTime(clocks.stop(board.clock()));
    if (!answered) return state.SkipWithError("the TPM did not answer");
  }
  clocks.report(state);
  state.SetItemsProcessed(state.iterations());
}

/// On a board that was just switched on: libtpms starts and tests itself when it is first asked.
void TpmFirstCommand(benchmark::State& state) {
  const base::Bytes command = capability_command(CapArea::property, kCapPropManufacturer);
  bench::TwoClocks clocks;
  for (auto _ : state) {
    const auto board = board_with_tpm();
    clocks.start(board->clock());
    const bool answered = board->itpm()->transmit(0, command, kLimit).has_value();
    state.SetIterationTime(clocks.stop(board->clock()));
    if (!answered) return state.SkipWithError("the TPM did not answer");
  }
  clocks.report(state);
}
BENCHMARK(TpmFirstCommand)->Iterations(20)->UseManualTime();

/// On a board that was switched off and on again: libtpms starts with a state that it has started
/// with before.
void TpmLaterStart(benchmark::State& state) {
  const base::Bytes command = capability_command(CapArea::property, kCapPropManufacturer);
  const auto board = board_with_tpm();
  bench::TwoClocks clocks;
  for (auto _ : state) {
    board->power_cut();
    board->boot();
    clocks.start(board->clock());
    const bool answered = board->itpm()->transmit(0, command, kLimit).has_value();
    state.SetIterationTime(clocks.stop(board->clock()));
    if (!answered) return state.SkipWithError("the TPM did not answer");
  }
  clocks.report(state);
}
BENCHMARK(TpmLaterStart)->Iterations(20)->UseManualTime();

void TpmCommandInProcess(benchmark::State& state) {
  const auto board = board_with_tpm();
  const base::Bytes command = capability_command(CapArea::property, kCapPropManufacturer);
  commands(state, *board, [&] { return board->itpm()->transmit(0, command, kLimit).has_value(); });
}
BENCHMARK(TpmCommandInProcess)->UseManualTime();

void TpmCommandThroughTis(benchmark::State& state) {
  const auto board = board_with_tpm();
  TisHost host(board->itpm()->tis(), board->clock());
  const base::Bytes command = capability_command(CapArea::property, kCapPropManufacturer);
  commands(state, *board, [&] { return host.transmit(command, kLimit).has_value(); });
}
BENCHMARK(TpmCommandThroughTis)->UseManualTime();

/// OIAP and OwnerReadInternalPub, HMACs both ways: what proving the owner's secret costs.
void TpmOwnerCommandThroughTis(benchmark::State& state) {
  const auto board = board_with_tpm();
  TisHost host(board->itpm()->tis(), board->clock());
  Tpm12Link link(host, board->clock());
  const auto owner = updater::tpm::OwnerSecret::from_passphrase("owner");
  const base::Bytes params = owner_read_internal_pub_params(kHandleSrk);
  commands(state, *board, [&] {
    return run_as_owner(link, owner, Ordinal::owner_read_internal_pub, params).has_value();
  });
}
BENCHMARK(TpmOwnerCommandThroughTis)->UseManualTime();

bool succeeded(const base::Result<UpgradeOutcome>& outcome) {
  return outcome && outcome->status == 0;
}

/// Start, every block, complete; the commit and the restart go on behind it.
bool upload(Tpm12Link& link, base::ByteView image, std::size_t block) {
  const auto owner = updater::tpm::OwnerSecret::from_passphrase("owner");
  updater::tpm::FieldUpgrade upgrade(link);
  const UpgradeStart start{.image_length = static_cast<std::uint32_t>(image.size()),
                           .image_digest = sha1({image})};
  if (!succeeded(upgrade.start(start, &owner))) return false;
  for (std::size_t at = 0; at < image.size(); at += block) {
    const std::size_t size = std::min(block, image.size() - at);
    if (!succeeded(upgrade.data(image.subspan(at, size)))) return false;
  }
  return succeeded(upgrade.complete());
}

void measure_upload(benchmark::State& state, std::int64_t size, std::size_t block) {
  const auto image = emulator::factory::build_update_image(
      {.version = {5, 2, 70, 1046}, .sku = 0x83E, .size = static_cast<std::uint32_t>(size)});
  if (!image) return state.SkipWithError(image.error().doing.c_str());
  bench::TwoClocks clocks;
  for (auto _ : state) {
    const auto board = board_with_tpm(size, block);
    TisHost host(board->itpm()->tis(), board->clock());
    Tpm12Link link(host, board->clock());
    // Pays for libtpms' start.
    if (!link.run(capability_command(CapArea::version_val)))
      return state.SkipWithError("the TPM did not answer");
    clocks.start(board->clock());
    const bool done = upload(link, *image, block);
    state.SetIterationTime(clocks.stop(board->clock()));
    if (!done) return state.SkipWithError("the upload was refused");
  }
  clocks.report(state);
  state.SetBytesProcessed(state.iterations() * size);
}

void UploadThroughTpm(benchmark::State& state) {
  measure_upload(state, state.range(0), kBlock);
}
BENCHMARK(UploadThroughTpm)
    ->RangeMultiplier(4)
    ->Range(64 << 10, 4 << 20)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// 1 MiB in data commands of at most that many bytes of image.
void UploadThroughTpmByBlock(benchmark::State& state) {
  measure_upload(state, 1 << 20, static_cast<std::size_t>(state.range(0)));
}
BENCHMARK(UploadThroughTpmByBlock)
    ->RangeMultiplier(4)
    ->Range(64, 4000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
