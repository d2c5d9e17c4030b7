// SPDX-License-Identifier: BSD-3-Clause
// The guest's computer as QEMU's command line.
#pragma once

#include <string>
#include <vector>

#include "scenarios/guest/guest_parts.h"

namespace scenarios::guest {

/// How the board comes to the guest.
enum class Attach {
  plugin,     ///< in QEMU's process
  vfio_user,  ///< in a process of its own, behind sockets; QEMU from 10.1 on
};

enum class Speed {
  fast,  ///< time while the guest has nothing to do is left out
  real,
};

struct VirtualMachine {
  std::string machine;           ///< a profile's name or path
  std::vector<std::string> set;  ///< KEY=VALUE
  std::string state;             ///< folder; empty: forgotten
  std::string trace;
  std::string faults;
  std::string append;   ///< more words for the kernel's command line
  std::string tpm_hid;  ///< ACPI hardware ID; empty: the machine's
  enum class Tpm { fitted, none } tpm = Tpm::fitted;
  Speed speed = Speed::fast;
  Attach attach = Attach::plugin;
};

/// Files of one run, in a folder of its own.
struct RunFiles {
  std::string initramfs;
  std::string console;  ///< the kernel's console goes there
  std::string control;  ///< socket that listens for ttyS2
  std::string output;   ///< the same for ttyS1; empty: it is QEMU's standard output
  std::string errors;   ///< the same for ttyS3; empty: there is none
  std::string story;    ///< socket of a board that is a story's; plugin only
  std::string heci;     ///< sockets of a served machine; vfio_user only
  std::string tpm;
};

/// The words to start. Reads the size of the initramfs.
std::vector<std::string> qemu_words(const GuestParts& parts, const VirtualMachine& wanted,
                                    const RunFiles& files);

}  // namespace scenarios::guest
