// SPDX-License-Identifier: BSD-3-Clause
// A computer with a served board in it, as a program sees one that runs behind umockdev's library:
// /dev/mei0, /dev/tpm0 and what /sys tells of them.
#pragma once

#include <sys/types.h>
#include <umockdev.h>

#include <memory>
#include <string>

#include "scenarios/devices/device_file.h"
#include "scenarios/devices/mei_node.h"
#include "scenarios/devices/tpm_node.h"

namespace scenarios::devices {

class ComputerWithBoard {
 public:
  /// Without a TPM where `tpm` is null. Errors: io.
  static base::Result<std::unique_ptr<ComputerWithBoard>> make(updater::mei::MeiDevice& engine,
                                                               updater::tpm::TpmTransport* tpm);
  ~ComputerWithBoard();
  ComputerWithBoard(const ComputerWithBoard&) = delete;
  ComputerWithBoard& operator=(const ComputerWithBoard&) = delete;

  /// What a program wants in its environment as UMOCKDEV_DIR.
  std::string folder() const;
  /// Once every few milliseconds, while the program runs.
  void turn(pid_t program);

 private:
  ComputerWithBoard(updater::mei::MeiDevice& engine, updater::tpm::TpmTransport* tpm);
  base::Result<void> furnish(updater::mei::MeiDevice& engine);

  UMockdevTestbed* testbed_;
  MeiNode mei_;
  std::unique_ptr<TpmNode> tpm_;
  std::unique_ptr<DeviceFile> mei_file_;
  std::unique_ptr<DeviceFile> tpm_file_;
};

}  // namespace scenarios::devices
