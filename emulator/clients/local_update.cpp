// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/clients/local_update.h"

namespace emulator::clients {

std::uint8_t effective_local_update(const firmware::Settings& settings) {
  using protocol::fwu::OverrideQualifier;
  const bool overrides_left = settings.override_counter > 0;
  switch (settings.override_qualifier) {
    case OverrideQualifier::always:
      return overrides_left ? protocol::mkhi::kLocalUpdateEnabled
                            : protocol::mkhi::kLocalUpdateDisabled;
    case OverrideQualifier::never:
      return settings.local_update;
    case OverrideQualifier::restricted:
      return overrides_left ? settings.local_update : protocol::mkhi::kLocalUpdateDisabled;
  }
  return protocol::mkhi::kLocalUpdateDisabled;
}

}  // namespace emulator::clients
