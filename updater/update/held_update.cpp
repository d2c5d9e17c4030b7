// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/held_update.h"

#include <fmt/format.h>

#include "base/hex.h"
#include "protocol/tpm/crypto.h"

namespace updater::update {

using protocol::tpm::UpgradeFeeder;
using protocol::tpm::UpgradeState;
using protocol::tpm::UpgradeStatus;

UpgradeState session_state(const inventory::TpmInventory& tpm) {
  return tpm.upload ? tpm.upload->state : tpm.upgrade->state;
}

bool holds_part_of(const UpgradeStatus& status, const image::Image& image) {
  if (status.layout < protocol::tpm::kUpgradeLayout) return false;
  if (status.state != UpgradeState::staging || status.feeder != UpgradeFeeder::tpm) return false;
  const bool fits = status.announced == image.code_size && status.received <= status.announced;
  return fits && status.digest == protocol::tpm::sha1({image.code()});
}

std::string described(const UpgradeStatus& status) {
  const std::string bytes =
      fmt::format("{} bytes announced, {} of them received", status.announced, status.received);
  if (status.layout < protocol::tpm::kUpgradeLayout) return bytes + ", of an image not told";
  return bytes + ", SHA-1 " + base::to_hex(status.digest);
}

}  // namespace updater::update
