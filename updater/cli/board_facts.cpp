// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/board_facts.h"

#include "emulator/machine/board.h"
#include "emulator/pci/heci_function.h"
#include "emulator/tpm/itpm.h"
#include "protocol/pci/engine_functions.h"
#include "protocol/tpm/tis_registers.h"
#include "updater/io/poll.h"

namespace updater::cli {
namespace {

constexpr base::Duration kBiosLimit = std::chrono::seconds(10);
constexpr std::uint8_t kFloating = 0xFF;

std::optional<std::string> unless_empty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

mei::HostFacts host_facts(const emulator::machine::HostConfig& host) {
  return {.mei_driver_version = unless_empty(host.mei_driver_version),
          .lms_version = unless_empty(host.lms_version),
          .uns_version = unless_empty(host.uns_version)};
}

/// How many its host sees.
std::size_t status_words_of(std::uint16_t device_id) {
  if (const auto* function = protocol::pci::find_heci_function(device_id))
    return has_firmware_status(*function) ? 1 : 0;
  const auto* generation = protocol::pci::modelled_generation_of(device_id);
  return generation == nullptr ? 0 : generation->status_words;
}

std::vector<std::uint32_t> read_status_words(emulator::machine::Board& board, std::size_t count) {
  std::vector<std::uint32_t> words;
  for (std::size_t i = 0; i < count; ++i)
    words.push_back(board.pci().read(protocol::pci::kStatusWordsAt[i], 4));
  return words;
}

}  // namespace

mei::HeciFacts board_facts(std::function<emulator::machine::Board&()> board) {
  const emulator::machine::Profile& profile = board().profile();
  mei::HeciFacts facts{.name = "sim:" + profile.name,
                       .simulated = true,
                       .pci_device_id = profile.pci.device_id,
                       .firmware_status = nullptr,
                       .host = host_facts(profile.host),
                       .status_words = nullptr};
  const std::size_t words = status_words_of(profile.pci.device_id);
  if (words == 0) return facts;
  if (words > 1) facts.status_words = [board, words] { return read_status_words(board(), words); };
  facts.firmware_status = [board = std::move(board)]() -> base::Result<std::uint32_t> {
    return board().pci().read(protocol::pci::kFirmwareStatusAt, 4);
  };
  return facts;
}

inventory::EraTools era_tools(const emulator::machine::Profile& profile) {
  return {.register_access_blocked = profile.host.register_access_blocked,
          .lockout_read_late = profile.host.lockout_read_late};
}

void await_bios(emulator::machine::Board& board) {
  base::Mmio& registers = board.itpm()->tis();
  io::Poll poll(board.clock(), kBiosLimit);
  while (registers.read8(protocol::tpm::tis::kAccess) == kFloating && poll.again()) {
  }
}

}  // namespace updater::cli
