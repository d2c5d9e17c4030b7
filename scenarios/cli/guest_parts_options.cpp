// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/guest_parts_options.h"

namespace scenarios::cli {

void add_guest_parts(CLI::App& command, guest::GuestParts& parts) {
  command
      .add_option(
          "--kernel", parts.kernel,
          "Folder with vmlinuz (quicker with the unpacked vmlinux beside it), a static busybox "
          "and the kernel's modules mei.ko and mei-me.ko, uncompressed")
      ->type_name("DIR");
  command
      .add_option("--cpu", parts.cpu,
                  "The guest's processor, as QEMU's -cpu has it [Penryn,+rdrand]")
      ->type_name("MODEL");
  command
      .add_option("--memory", parts.memory,
                  "The guest's memory in MiB [256, more with large files]")
      ->type_name("MIB")
      ->check(CLI::Range(192, 65536));
  command.add_option("--qemu", parts.qemu, "QEMU's program, for the plugin")->type_name("FILE");
  command.add_option("--plugin", parts.plugin, "The plugin that is for that QEMU")
      ->type_name("FILE");
}

}  // namespace scenarios::cli
