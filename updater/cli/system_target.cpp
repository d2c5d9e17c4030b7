// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/system_target.h"

#include "updater/cli/host_power.h"
#include "updater/io/simulated_board.h"

namespace updater::cli {

using update::Nature;
using update::Place;

update::Target system_target(update::Role role, const std::string& name, Found found,
                             const mmio::SystemRoots& roots) {
  update::Target target{
      .role = role, .name = name, .power = host_power(roots.sys + "/class/power_supply")};
  if (found == Found::not_proven) return target;
  target.place = Place::this_system;
  target.nature = io::on_simulated_board(roots.sys) ? Nature::simulated : Nature::may_be_real;
  return target;
}

}  // namespace updater::cli
