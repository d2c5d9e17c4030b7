// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/board_facts.h"

#include "emulator/machine/machine.h"
#include "emulator/pci/heci_function.h"
#include "emulator/tpm/itpm.h"
#include "protocol/pci/heci_functions.h"
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

bool shows_firmware_status(std::uint16_t device_id) {
  const protocol::pci::HeciFunction* function = protocol::pci::find_heci_function(device_id);
  return function != nullptr && has_firmware_status(*function);
}

}  // namespace

mei::HeciFacts board_facts(std::function<emulator::machine::Machine&()> board) {
  const emulator::machine::Profile& profile = board().profile();
  mei::HeciFacts facts{.name = "sim:" + profile.name,
                       .simulated = true,
                       .pci_device_id = profile.pci.device_id,
                       .firmware_status = nullptr,
                       .host = host_facts(profile.host)};
  if (!shows_firmware_status(profile.pci.device_id)) return facts;
  facts.firmware_status = [board = std::move(board)]() -> base::Result<std::uint32_t> {
    return board().pci().read(protocol::pci::kFirmwareStatusAt, 4);
  };
  return facts;
}

inventory::EraTools era_tools(const emulator::machine::Profile& profile) {
  return {.register_access_blocked = profile.host.register_access_blocked,
          .lockout_read_late = profile.host.lockout_read_late};
}

void await_bios(emulator::machine::Machine& board) {
  base::Mmio& registers = board.itpm()->tis();
  io::Poll poll(board.clock(), kBiosLimit);
  while (registers.read8(protocol::tpm::tis::kAccess) == kFloating && poll.again()) {
  }
}

}  // namespace updater::cli
