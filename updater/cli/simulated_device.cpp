// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/simulated_device.h"

#include <fmt/format.h>

#include "emulator/machine/machine.h"
#include "emulator/tpm/itpm.h"
#include "protocol/tpm/tis_registers.h"
#include "updater/cli/board_facts.h"
#include "updater/cli/open_tpm.h"
#include "updater/cli/state_folder.h"
#include "updater/io/poll.h"
#include "updater/mei/heci_host.h"
#include "updater/tpm/tis_host.h"

namespace updater::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using emulator::machine::Machine;
using emulator::machine::Override;
using emulator::machine::Profile;

constexpr base::Duration kIdleBeforeOff = std::chrono::seconds(2);
constexpr base::Duration kBiosLimit = std::chrono::seconds(10);
constexpr std::uint8_t kFloating = 0xFF;

class SimulatedDevice final : public OpenDevice {
 public:
  SimulatedDevice(std::unique_ptr<Machine> machine, std::unique_ptr<StateFolder> folder,
                  KeptMachine kept, const std::string& tpm)
      : machine_(std::move(machine)),
        folder_(std::move(folder)),
        kept_(std::move(kept)),
        tpm_([this, tpm] { return tpm == "auto" ? own_tpm() : open_tpm(tpm, clock()); }) {
    machine_->power_on();
    host_ =
        std::make_unique<mei::HeciHost>(machine_->bar0(), machine_->clock(),
                                        board_facts([this]() -> Machine& { return *machine_; }));
  }

  mei::MeiDevice& device() override { return *host_; }
  base::Clock& clock() override { return machine_->clock(); }
  Result<tpm::TpmTransport*> tpm() override { return tpm_.get(); }

  /// The host lets go of the link, the board comes to rest and is switched off; its flash is what
  /// is left.
  Result<void> close() override {
    if (!folder_) return {};
    host_.reset();
    machine_->clock().sleep(kIdleBeforeOff);
    kept_.flash.assign(machine_->flash().begin(), machine_->flash().end());
    return folder_->save(kept_);
  }

 private:
  Result<std::unique_ptr<tpm::TpmTransport>> own_tpm() {
    if (machine_->itpm() == nullptr) {
      return Error{Errc::not_found, "the machine " + machine_->profile().name + " has no TPM"};
    }
    base::Mmio& registers = machine_->itpm()->tis();
    await_bios(registers);
    return std::unique_ptr<tpm::TpmTransport>(std::make_unique<tpm::TisHost>(
        registers, clock(), tpm::TisOptions{.name = "sim:" + machine_->profile().name}));
  }

  /// No system runs on a board before its BIOS is done, and the BIOS waits for the ME's TPM.
  void await_bios(base::Mmio& registers) {
    io::Poll poll(clock(), kBiosLimit);
    while (registers.read8(protocol::tpm::tis::kAccess) == kFloating && poll.again()) {
    }
  }

  std::unique_ptr<Machine> machine_;
  std::unique_ptr<mei::HeciHost> host_;
  std::unique_ptr<StateFolder> folder_;
  KeptMachine kept_;
  TpmSlot tpm_;
};

Result<std::vector<Override>> overrides(const std::vector<std::string>& set) {
  std::vector<Override> all;
  for (const std::string& entry : set) {
    const std::size_t equals = entry.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Error{
          Errc::invalid,
          fmt::format("--set {}: must be KEY=VALUE, such as settings.enabled_update_interfaces=1",
                      entry)};
    }
    all.push_back(
        {.key = entry.substr(0, equals), .value = entry.substr(equals + 1), .where = "--set"});
  }
  return all;
}

/// A folder keeps one machine: another name or other values would not be the machine that its flash
/// was made for.
Result<KeptMachine> reconciled(const std::string& machine, const DeviceChoice& choice,
                               std::optional<KeptMachine> kept) {
  if (!kept) return KeptMachine{.machine = machine, .set = choice.set, .flash = {}};
  if (kept->machine != machine) {
    return Error{Errc::invalid, fmt::format("{} keeps the machine {}, not {}", choice.state_dir,
                                            kept->machine, machine)};
  }
  if (!choice.set.empty() && choice.set != kept->set) {
    return Error{
        Errc::invalid,
        fmt::format(
            "{} keeps a machine made with other --set values; leave --set out to go on with it, "
            "or give another folder",
            choice.state_dir)};
  }
  return *std::move(kept);
}

Result<Profile> profile_of(const std::string& machine, const std::vector<std::string>& set) {
  const auto changes = overrides(set);
  if (!changes) return changes.error();
  return emulator::machine::load_profile(machine, *changes);
}

Result<std::unique_ptr<Machine>> build(const KeptMachine& kept) {
  Result<Profile> profile = profile_of(kept.machine, kept.set);
  if (!profile) return profile.error();
  emulator::machine::MachineOptions options;
  if (!kept.flash.empty()) {
    options.flash = kept.flash;
    // Since the profile's last reset it has been switched off, and on again now.
    profile->firmware.surroundings.reset_reason = protocol::fwu::ResetReason::power_up;
  }
  return Machine::build(*profile, options);
}

}  // namespace

Result<KeptBoard> open_kept_board(const std::string& machine, const DeviceChoice& choice) {
  // Before the folder is made: a mistyped name leaves nothing behind.
  if (const auto known = profile_of(machine, choice.set); !known) return known.error();
  std::unique_ptr<StateFolder> folder;
  std::optional<KeptMachine> found;
  if (!choice.state_dir.empty()) {
    auto opened = StateFolder::open(choice.state_dir);
    if (!opened) return opened.error();
    folder = std::move(opened).value();
    auto loaded = folder->load();
    if (!loaded) return loaded.error();
    found = std::move(loaded).value();
  }
  Result<KeptMachine> kept = reconciled(machine, choice, std::move(found));
  if (!kept) return kept.error();
  auto built = build(*kept);
  if (!built) return built.error();
  return KeptBoard{.machine = std::move(built).value(),
                   .folder = std::move(folder),
                   .kept = std::move(kept).value()};
}

Result<std::unique_ptr<OpenDevice>> open_simulated(const std::string& machine,
                                                   const DeviceChoice& choice) {
  auto board = open_kept_board(machine, choice);
  if (!board) return board.error();
  return std::unique_ptr<OpenDevice>(std::make_unique<SimulatedDevice>(
      std::move(board->machine), std::move(board->folder), std::move(board->kept), choice.tpm));
}

}  // namespace updater::cli
