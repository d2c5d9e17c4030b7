// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/stored_states.h"

#include <array>
#include <string_view>

#include "base/hex.h"
#include "base/promise.h"
#include "emulator/sim/random.h"
#include "emulator/tpm/libtpms_layout.h"
#include "protocol/tpm/crypto.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using protocol::tpm::PermanentFlags;
using protocol::tpm::Secret;

struct StoredTpm {
  std::string_view unowned;
  std::string_view owned;
};

constexpr std::string_view kNoEk =
#include "emulator/tpm/stored/no_ek.inc"
    ;
// Each file is one TPM.
constexpr std::array<StoredTpm, kStoredTpms> kTpms = {{
#include "emulator/tpm/stored/tpm_00.inc"
#include "emulator/tpm/stored/tpm_01.inc"
#include "emulator/tpm/stored/tpm_02.inc"
#include "emulator/tpm/stored/tpm_03.inc"
#include "emulator/tpm/stored/tpm_04.inc"
#include "emulator/tpm/stored/tpm_05.inc"
#include "emulator/tpm/stored/tpm_06.inc"
#include "emulator/tpm/stored/tpm_07.inc"
#include "emulator/tpm/stored/tpm_08.inc"
#include "emulator/tpm/stored/tpm_09.inc"
#include "emulator/tpm/stored/tpm_10.inc"
#include "emulator/tpm/stored/tpm_11.inc"
#include "emulator/tpm/stored/tpm_12.inc"
#include "emulator/tpm/stored/tpm_13.inc"
#include "emulator/tpm/stored/tpm_14.inc"
#include "emulator/tpm/stored/tpm_15.inc"
}};

Bytes from_text(std::string_view hex) {
  auto bytes = base::from_hex(hex);
  MEBENCH_PROMISE(bytes, "a stored state is hexadecimal");
  return std::move(*bytes);
}

Secret random_secret(std::uint64_t seed) {
  sim::Random random(seed);
  Secret secret{};
  for (std::uint8_t& b : secret) b = static_cast<std::uint8_t>(random.next());
  return secret;
}

Secret secret_of(const TpmState& state, std::uint64_t seed) {
  switch (state.owner_secret) {
    case OwnerSecret::passphrase:
      return protocol::tpm::secret_from_passphrase(state.owner_passphrase);
    case OwnerSecret::well_known:
      return protocol::tpm::kWellKnownSecret;
    case OwnerSecret::unknown:
      break;
  }
  return random_secret(seed ^ 0x6F776E6572);  // another stream than the TPM's own nonces
}

void apply(const TpmConfig& config, PermanentFlags& flags) {
  flags.disable = !config.state.enabled;
  flags.deactivated = !config.state.active;
  flags.ownership = config.state.owner_install;
  flags.disable_owner_clear = !config.state.owner_clear;
  flags.fips = config.fips;
  flags.nv_locked = true;  // as every TPM leaves its factory: NV areas are authorised
  flags.physical_presence_lifetime_lock = config.presence.lifetime_lock;
  flags.physical_presence_cmd_enable = config.presence.command_enabled;
  flags.physical_presence_hw_enable = config.presence.hardware_enabled;
}

}  // namespace

Bytes stored_state(Ownership ownership, std::uint8_t which) {
  MEBENCH_PROMISE(which < kStoredTpms, "there is such a stored TPM");
  switch (ownership) {
    case Ownership::no_ek:
      return from_text(kNoEk);
    case Ownership::unowned:
      return from_text(kTpms[which].unowned);
    case Ownership::owned:
      break;
  }
  return from_text(kTpms[which].owned);
}

Bytes permanent_state(const TpmConfig& config, std::uint64_t seed) {
  Bytes state = stored_state(config.state.ownership, config.endorsement_key.value_or(0));
  auto flags = layout::permanent_flags(state);
  MEBENCH_PROMISE(flags, "a stored state has its flags");
  apply(config, *flags);
  layout::set_permanent_flags(state, *flags);
  if (config.state.ownership == Ownership::owned) {
    layout::set_owner_secret(state, secret_of(config.state, seed));
  }
  return state;
}

}  // namespace emulator::tpm
