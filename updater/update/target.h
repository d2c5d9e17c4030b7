// SPDX-License-Identifier: BSD-3-Clause
// What an update writes to: the Management Engine always, the board's TPM where the way goes
// through it. Where each of them is, whether it is known to be simulated, and how the two are known
// to be one board (docs/meupdate.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/board_id.h"
#include "updater/update/power_source.h"

namespace updater::update {

enum class Role : std::uint8_t { me, tpm };
const char* name(Role role);

/// Where a target is, as far as its opener knows.
enum class Place : std::uint8_t {
  elsewhere,    ///< none of the others, or not known to be
  in_sim,       ///< a simulated board inside this process
  served,       ///< behind a socket
  this_system,  ///< the very ME or TPM of the computer that this program runs on
};
const char* name(Place place);

/// Whatever does not prove to be simulated may be real, and is treated so.
enum class Nature : std::uint8_t { may_be_real, simulated };

struct Target {
  Role role = Role::me;
  std::string name;  ///< how it is reached: "/dev/mei0", "swtpm:PATH"
  Place place = Place::elsewhere;
  Nature nature = Nature::may_be_real;
  PowerSource power = PowerSource::untold;  ///< of its computer
  std::optional<protocol::BoardId> board;   ///< what its socket tells
};

/// "the TPM /dev/tpm0".
std::string to_text(const Target& target);
bool may_be_real(const Target& target);

struct Targets {
  Target me;
  std::optional<Target> tpm;  ///< where the way goes through it

  /// The one that is written to first.
  std::vector<const Target*> all() const;
};

/// How an ME and a TPM are known to be parts of one board.
enum class OneBoard : std::uint8_t {
  not_known,
  one_sim,     ///< both inside one simulated board of this process
  one_served,  ///< both sockets tell the same board id
  one_system,  ///< both are this computer's
};
const char* name(OneBoard known);

OneBoard one_board(const Target& me, const Target& tpm);
/// Of the two targets; not_known where there is no TPM among them.
OneBoard one_board(const Targets& targets);

}  // namespace updater::update
