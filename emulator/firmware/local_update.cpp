// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/local_update.h"

namespace emulator::firmware {

using protocol::fwu::OverrideQualifier;

std::uint8_t effective_local_update(const Settings& s) {
  namespace mkhi = protocol::mkhi;
  const bool counted_out = s.override_counter == 0;
  switch (s.override_qualifier) {
    case OverrideQualifier::always:
      if (counted_out) return mkhi::kLocalUpdateDisabled;
      // "Always open" overrules "disabled", but a password that was set is still asked for.
      return s.local_update == mkhi::kLocalUpdatePassword ? mkhi::kLocalUpdatePassword
                                                          : mkhi::kLocalUpdateEnabled;
    case OverrideQualifier::never:
      return s.local_update;
    case OverrideQualifier::restricted:
      return counted_out ? mkhi::kLocalUpdateDisabled : s.local_update;
  }
  return mkhi::kLocalUpdateDisabled;
}

}  // namespace emulator::firmware
