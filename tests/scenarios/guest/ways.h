// SPDX-License-Identifier: BSD-3-Clause
// The ways a board comes to a guest, as types for typed tests. Those that scripts/setup could not
// fetch a QEMU for are not run (CMakeLists.txt).
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tests {

/// The lines of `meupdate info` that are not those of a board that was just switched on.
using Differences = std::vector<std::string>;

/// The plugin in the QEMU of this system.
struct Plugin {
  static constexpr const char* kName = "Plugin";
  static std::string options() { return "--attach plugin"; }
  static Differences differences() { return {}; }
  static Differences left_to_bios() { return {}; }
  static Differences late_warnings() { return {}; }
};

/// The plugin in Debian 13's QEMU.
struct PluginDebian13 {
  static constexpr const char* kName = "PluginDebian13";
  static std::string options() {
    return "--attach plugin --qemu " DEBIAN13_QEMU " --plugin " DEBIAN13_PLUGIN;
  }
  static Differences differences() { return {}; }
  static Differences left_to_bios() { return {}; }
  static Differences late_warnings() { return {}; }
};

/// A process of its own behind the sockets of a QEMU with vfio-user.
struct VfioUser {
  static constexpr const char* kName = "VfioUser";
  static std::string options() { return "--attach vfio-user"; }
  /// QEMU resets what is behind vfio-user as it starts.
  static Differences differences() { return {"  last reset              global system reset"}; }
  /// The TPM is behind QEMU's own tpm-tis and started by SeaBIOS, which was seen to lock physical
  /// presence and to leave it open.
  static Differences left_to_bios() { return {"  presence now "}; }
  /// The driver says so when an interrupt that was on its way reaches it after it has stopped the
  /// link (state 4 is MEI_DEV_DISABLED); a register read takes long enough here for that.
  static Differences late_warnings() { return {"FW not ready: resetting: dev_state = 4"}; }
};

using Ways = testing::Types<Plugin, PluginDebian13, VfioUser>;

struct NameOfWay {
  template <class Way>
  static std::string GetName(int /*number*/) {
    return Way::kName;
  }
};

}  // namespace tests
