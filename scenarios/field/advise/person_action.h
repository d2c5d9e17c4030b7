// SPDX-License-Identifier: BSD-3-Clause
// What a person at the machine can do, each with why one would and which modelled behaviour it
// leans on.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/machine/machine.h"
#include "emulator/tpm/itpm.h"
#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// What the actions change, as far as they can be told apart: sequences that lead to the same are
/// played only once.
struct BoardLook {
  bool owned = false;
  bool enabled = false;
  bool active = false;
  bool unowned_allowed = false;  ///< in this boot
  bool lockout = false;
  bool hangs = false;             ///< the ME falls silent in an update until it loses power
  bool local_update_open = true;  ///< as MEBx shows it
  protocol::amthi::ProvisioningState provisioning = protocol::amthi::ProvisioningState::pre;

  auto operator<=>(const BoardLook&) const = default;
};
BoardLook look_at(emulator::machine::Machine& machine);

struct PersonAction {
  const char* id;
  const char* what;
  const char* why;
  std::optional<Tried> tried;         ///< how reports speak of it
  std::vector<const char*> leans_on;  ///< rows of docs/fidelity.md
  /// A visit to BIOS set-up of its own, for some only take effect in the next boot; nothing: `act`
  /// does it.
  std::optional<emulator::tpm::BiosAction> bios;
  void (*act)(emulator::machine::Machine& machine);
  void (*change)(BoardLook& look);
  bool restarts = true;  ///< what holds for one boot ends
  /// Others come before and after it; provisioning meets none of them.
  bool mixes = true;
};
/// What a board that looks like `before` looks like behind `action`.
BoardLook look_after(const PersonAction& action, BoardLook before);
/// In the order in which they are tried. Each ends with the board up again.
std::span<const PersonAction> person_actions();
/// Index of one that is there.
std::size_t action_called(std::string_view id);

/// Does `actions` (indices into person_actions()) one after the other.
void carry_out(std::span<const std::size_t> actions, emulator::machine::Machine& machine);

/// How the update is then done.
struct UpdateWay {
  const char* id;
  const char* what;
  const char* why;
  const char* command;                 ///< for a person to type
  std::vector<std::string> arguments;  ///< of `meupdate update`
  bool through_tpm;
  bool needs_secret;           ///< the TPM owner's password
  bool needs_update_password;  ///< the board's own, of MEBx
  std::vector<const char*> leans_on;
};
std::span<const UpdateWay> update_ways();

}  // namespace scenarios::field
