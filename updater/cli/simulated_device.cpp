// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/simulated_device.h"

#include <fmt/format.h>

#include "emulator/attach/kept_board.h"
#include "emulator/machine/secret_keys.h"
#include "emulator/tpm/itpm.h"
#include "updater/cli/board_facts.h"
#include "updater/cli/open_tpm.h"
#include "updater/mei/heci_host.h"
#include "updater/tpm/tis_host.h"

namespace updater::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using emulator::attach::KeptBoard;
using emulator::machine::Machine;

constexpr base::Duration kIdleBeforeOff = std::chrono::seconds(2);

class SimulatedDevice final : public OpenDevice {
 public:
  SimulatedDevice(KeptBoard board, const std::string& tpm)
      : board_(std::move(board)),
        tpm_choice_(tpm),
        tpm_([this, tpm] { return tpm == "auto" ? own_tpm() : open_tpm(tpm, clock()); }) {
    machine().power_on();
    host_ =
        std::make_unique<mei::HeciHost>(machine().bar0(), machine().clock(),
                                        board_facts([this]() -> Machine& { return machine(); }));
  }

  mei::MeiDevice& device() override { return *host_; }
  base::Clock& clock() override { return machine().clock(); }
  Result<tpm::TpmTransport*> tpm() override { return tpm_.get(); }
  update::Target me_target() override { return inside(update::Role::me); }
  inventory::EraTools era_tools() override { return cli::era_tools(machine().profile()); }
  update::Target tpm_target() override {
    return tpm_choice_ == "auto" ? inside(update::Role::tpm) : tpm_target_of(tpm_choice_);
  }

  /// The host lets go of the link, the board comes to rest and is switched off; its flash is what
  /// is left.
  Result<void> close() override {
    if (!board_.folder) return {};
    host_.reset();
    machine().clock().sleep(kIdleBeforeOff);
    auto saved = board_.save();
    if (saved) return saved;
    Error error = saved.error();
    error.doing += "; what this command changed is lost, and the state folder is as it was before";
    return error;
  }

 private:
  Machine& machine() { return *board_.machine; }

  update::Target inside(update::Role role) {
    return {.role = role,
            .name = "sim:" + machine().profile().name,
            .place = update::Place::in_sim,
            .nature = update::Nature::simulated};
  }

  Result<std::unique_ptr<tpm::TpmTransport>> own_tpm() {
    if (machine().itpm() == nullptr) {
      return Error{Errc::not_found, "the machine " + machine().profile().name + " has no TPM"};
    }
    base::Mmio& registers = machine().itpm()->tis();
    await_bios(machine());
    return std::unique_ptr<tpm::TpmTransport>(std::make_unique<tpm::TisHost>(
        registers, clock(), tpm::TisOptions{.name = "sim:" + machine().profile().name}));
  }

  KeptBoard board_;
  std::unique_ptr<mei::HeciHost> host_;
  std::string tpm_choice_;
  TpmSlot tpm_;
};

}  // namespace

Result<std::unique_ptr<OpenDevice>> open_simulated(const std::string& machine,
                                                   const DeviceChoice& choice) {
  auto board = emulator::attach::open_kept_board(
      {.machine = machine, .set = choice.set, .state_dir = choice.state_dir});
  if (!board) return board.error();
  return std::unique_ptr<OpenDevice>(
      std::make_unique<SimulatedDevice>(std::move(board).value(), choice.tpm));
}

std::string without_secret(const std::string& word) {
  return emulator::machine::without_secret(word);
}

}  // namespace updater::cli
