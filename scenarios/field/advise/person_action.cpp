// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advise/person_action.h"

#include <algorithm>
#include <array>

#include "base/promise.h"
#include "emulator/tpm/itpm.h"
#include "scenarios/field/explain/question.h"

namespace scenarios::field {
namespace {

using emulator::machine::Machine;
using emulator::tpm::BiosAction;
using protocol::amthi::ProvisioningState;

/// From the reset until the system is up and the BIOS has let go of the TPM.
constexpr base::Duration kBoot = std::chrono::seconds(20);

void wait_for_lockout(Machine& machine) {
  if (machine.itpm() == nullptr) return;
  machine.clock().sleep(machine.itpm()->status().lockout_left + std::chrono::seconds(1));
}

void unprovision(Machine& machine) {
  machine.unprovision();
}

void provision(Machine& machine) {
  machine.provision(protocol::amthi::ProvisioningMode::small_business);
}

void open_local_update(Machine& machine) {
  machine.open_local_update();
}

void take_power_away(Machine& machine) {
  machine.power_cut();
  machine.power_on();
}

void nothing(Machine&) {}

const std::array kActions = {
    PersonAction{
        "power-cycle",
        "Shut down, take all power away for half a minute (the mains plug; of a laptop the "
        "battery, too) and start again",
        "an ME that hangs goes on hanging through a restart: it runs on standby power",
        Tried::power_cycle,
        {"field-silence", "tpm-lockout-power"},
        std::nullopt,
        &take_power_away,
        [](BoardLook& look) { look.hangs = false; }},
    PersonAction{"open-local-update",
                 "In MEBx (Ctrl-P while the machine starts), switch on ME Firmware Local Update",
                 "set-up can close the way for updates from this machine",
                 Tried::open_local_update,
                 {"fw-local-rule"},
                 std::nullopt,
                 &open_local_update,
                 [](BoardLook& look) { look.local_update_open = true; }},
    PersonAction{"wait",
                 "Leave the machine switched on until the TPM's lockout has run out",
                 "wrong passwords have locked the TPM, and switching off starts the lockout anew",
                 Tried::wait,
                 {"tpm-lockout-start", "tpm-lockout-power"},
                 std::nullopt,
                 &wait_for_lockout,
                 [](BoardLook& look) { look.lockout = false; },
                 false},
    PersonAction{"tpm-enable",
                 "In BIOS set-up, enable the TPM",
                 "a disabled TPM takes no update",
                 Tried::tpm_enable,
                 {"tpm-upgrade-inactive"},
                 BiosAction::enable,
                 &nothing,
                 [](BoardLook& look) { look.enabled = true; }},
    PersonAction{"tpm-activate",
                 "In BIOS set-up, activate the TPM",
                 "an inactive TPM takes no update",
                 Tried::tpm_activate,
                 {"tpm-upgrade-inactive"},
                 BiosAction::activate,
                 &nothing,
                 [](BoardLook& look) {
                   // A disabled TPM does not let itself be activated.
                   if (look.enabled) look.active = true;
                 }},
    PersonAction{"tpm-clear",
                 "In BIOS set-up, clear the TPM (its keys are lost)",
                 "it takes the owner away, whose password is not at hand; the TPM is disabled and "
                 "inactive afterwards",
                 Tried::tpm_clear,
                 {"tpm-upgrade-unowned"},
                 BiosAction::clear,
                 &nothing,
                 [](BoardLook& look) {
                   // A disabled or inactive TPM does not let itself be cleared, not even by
                   // a person.
                   if (look.enabled && look.active)
                     look.owned = look.enabled = look.active = look.lockout = false;
                 }},
    PersonAction{
        "tpm-allow-unowned",
        "Have the BIOS allow a firmware update of the unowned TPM in the next boot (deferred "
        "physical presence)",
        "without an owner the TPM asks for physical presence, which the BIOS locks",
        Tried::tpm_allow_unowned,
        {"tpm-upgrade-unowned"},
        BiosAction::allow_unowned_upgrade,
        &nothing,
        [](BoardLook& look) { look.unowned_allowed = true; }},
    PersonAction{"tpm-disable",
                 "In BIOS set-up, disable the TPM",
                 "the tool might go another way without it",
                 Tried::tpm_disable,
                 {"tpm-upgrade-inactive"},
                 BiosAction::disable,
                 &nothing,
                 [](BoardLook& look) { look.enabled = false; }},
    PersonAction{"unprovision",
                 "In MEBx, un-provision the ME",
                 "its set-up may stand against an update",
                 Tried::unprovision,
                 {"fw-unprovision", "tpm-unprovision"},
                 std::nullopt,
                 &unprovision,
                 [](BoardLook& look) { look.provisioning = ProvisioningState::pre; },
                 true,
                 false},
    PersonAction{"provision",
                 "In MEBx, provision the ME",
                 "its set-up may stand against an update",
                 Tried::provision,
                 {"fw-unprovision"},
                 std::nullopt,
                 &provision,
                 [](BoardLook& look) { look.provisioning = ProvisioningState::post; },
                 true,
                 false},
};

const std::array kWays = {
    UpdateWay{"heci",
              "Update over HECI",
              "the plainest way",
              "meupdate update IMAGE --via heci",
              {"--via", "heci"},
              false,
              false,
              false,
              {"fwu-interfaces", "fwu-later-messages"}},
    UpdateWay{"heci-password",
              "Update over HECI, with the update password that MEBx asks for",
              "set-up asks for its password before a local update",
              "meupdate update IMAGE --via heci --password-file FILE",
              {"--via", "heci"},
              false,
              false,
              true,
              {"fwu-interfaces", "fwu-later-messages", "fw-local-rule", "fw-always-password"}},
    UpdateWay{"tpm",
              "Update through the TPM, without a password",
              "the firmware takes local updates only through the TPM",
              "meupdate update IMAGE --via tpm",
              {"--via", "tpm"},
              true,
              false,
              false,
              {"fwu-interfaces", "tpm-upgrade-shape", "tpm-upgrade-start"}},
    UpdateWay{"tpm-owner",
              "Update through the TPM, with the TPM owner's password",
              "the firmware takes local updates only through the TPM, and an owned TPM only from "
              "its owner",
              "meupdate update IMAGE --via tpm --owner-passphrase-file FILE",
              {"--via", "tpm"},
              true,
              true,
              false,
              {"fwu-interfaces", "tpm-upgrade-shape", "tpm-upgrade-start", "tpm-upgrade-auth"}},
    UpdateWay{"tpm-owner-password",
              "Update through the TPM, with the TPM owner's password and the update password that "
              "MEBx asks for",
              "the firmware takes local updates only through the TPM, an owned TPM only from its "
              "owner, and set-up asks for its password, too",
              "meupdate update IMAGE --via tpm --owner-passphrase-file FILE --password-file FILE",
              {"--via", "tpm"},
              true,
              true,
              true,
              {"fwu-interfaces", "tpm-upgrade-shape", "tpm-upgrade-start", "tpm-upgrade-auth",
               "fw-local-rule", "fw-always-password"}},
};

}  // namespace

std::span<const PersonAction> person_actions() {
  return kActions;
}

std::size_t action_called(std::string_view id) {
  return static_cast<std::size_t>(
      std::find_if(kActions.begin(), kActions.end(),
                   [&](const PersonAction& each) { return each.id == id; }) -
      kActions.begin());
}

BoardLook look_at(Machine& machine) {
  BoardLook look;
  const auto& settings = machine.firmware().settings();
  look.provisioning = settings.provisioning_state;
  look.local_update_open = settings.local_update == protocol::mkhi::kLocalUpdateEnabled;
  if (machine.itpm() == nullptr) return look;
  const emulator::tpm::ItpmStatus status = machine.itpm()->status();
  look.owned = status.owned;
  look.enabled = status.enabled;
  look.active = status.active;
  look.unowned_allowed = status.unowned_upgrade_allowed;
  look.lockout = status.lockout;
  return look;
}

BoardLook look_after(const PersonAction& action, BoardLook before) {
  if (action.restarts) before.unowned_allowed = false;
  action.change(before);
  return before;
}

void carry_out(std::span<const std::size_t> actions, Machine& machine) {
  for (const std::size_t index : actions) {
    MEBENCH_PROMISE(index < kActions.size(), "a plan is made of what a person can do");
    const PersonAction& action = kActions[index];
    action.bios ? machine.bios_setup(std::span(&*action.bios, 1)) : action.act(machine);
    if (action.restarts) machine.clock().sleep(kBoot);
  }
}

std::span<const UpdateWay> update_ways() {
  return kWays;
}

}  // namespace scenarios::field
