// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/guest_parts_options.h"

namespace scenarios::cli {

void add_guest_parts(CLI::App& command, guest::GuestParts& parts) {
  command
      .add_option("--kernel", parts.kernel,
                  "Folder with vmlinuz (or, quicker, also vmlinux), busybox and the modules "
                  "mei.ko, mei-me.ko")
      ->type_name("DIR");
  command.add_option("--qemu", parts.qemu, "QEMU's program, for the plugin")->type_name("FILE");
  command.add_option("--plugin", parts.plugin, "The plugin that is for that QEMU")
      ->type_name("FILE");
}

}  // namespace scenarios::cli
