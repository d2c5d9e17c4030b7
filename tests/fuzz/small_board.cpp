// SPDX-License-Identifier: BSD-3-Clause
#include "tests/fuzz/small_board.h"

#include <cstdlib>

#include "tests/fuzz/targets.h"

namespace fuzz {
namespace {

using emulator::machine::Machine;
using emulator::machine::Override;
using emulator::machine::Profile;

Profile small(std::vector<Override> more) {
  more.insert(more.end(), {{"flash.part", "\"MX25L3205D\"", ""},
                           {"flash.code_size", "0x10000", ""},
                           {"update.data_processing", "\"1ms\"", ""},
                           {"tpm.timing.upgrade_block", "\"1ms\"", ""}});
  auto profile = emulator::machine::load_profile("esprimo-e5730", more);
  promise(profile.has_value(), "the profile is one");
  return std::move(profile).value();
}

/// A board and the moment right after its first boot.
class Kept {
 public:
  explicit Kept(const Profile& profile) {
    auto built = Machine::build(profile);
    promise(built.has_value(), "the profile makes a board");
    machine_ = std::move(built).value();
    machine_->boot();
    moment_ = machine_->snapshot();
  }
  Machine& as_new() {
    promise(machine_->restore(moment_).has_value(), "a board goes back to its first moment");
    return *machine_;
  }
  base::ByteView moment() const { return moment_; }

 private:
  std::unique_ptr<Machine> machine_;
  base::Bytes moment_;
};

std::unique_ptr<Kept> kept_with_tpm;

Kept& kept() {
  if (kept_with_tpm == nullptr) kept_with_tpm = std::make_unique<Kept>(profile_with_tpm());
  return *kept_with_tpm;
}

}  // namespace

Profile profile_with_tpm() {
  return small({{"tpm.state.ownership", "\"owned\"", ""},
                {"tpm.state.owner_secret", "\"passphrase\"", ""},
                {"tpm.state.owner_passphrase", '"' + std::string(kOwnerPassphrase) + '"', ""},
                {"tpm.state.active", "true", ""}});
}

Machine& board_with_tpm() {
  return kept().as_new();
}

base::ByteView first_moment() {
  return kept().moment();
}

void drop_board_with_tpm() {
  kept_with_tpm.reset();
}

Machine& board_without_tpm() {
  static Kept board(
      small({{"tpm.fitted", "false", ""}, {"settings.enabled_update_interfaces", "1", ""}}));
  return board.as_new();
}

void boot_anew(Machine& machine) {
  machine.power_cut();
  machine.boot();
}

}  // namespace fuzz
