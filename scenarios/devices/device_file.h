// SPDX-License-Identifier: BSD-3-Clause
// A device file of umockdev's that another program has open: its calls reach a DeviceNode. The file
// is a pseudo terminal, so that poll() tells the truth: a byte is in it exactly while there is
// something to read.
#pragma once

#include <sys/types.h>
#include <umockdev.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "os/descriptor.h"
#include "scenarios/devices/device_node.h"

namespace scenarios::devices {

class DeviceFile {
 public:
  /// Completes a call of ioctl(2), or does not know it.
  using Ioctl = std::function<bool(UMockdevIoctlClient& call)>;

  /// `path` ("/dev/mei0") is of the tree that `testbed` was given. Both outlive this. Errors: io.
  static base::Result<std::unique_ptr<DeviceFile>> make(UMockdevTestbed* testbed, std::string path,
                                                        DeviceNode& node, Ioctl ioctl);
  ~DeviceFile();
  DeviceFile(const DeviceFile&) = delete;
  DeviceFile& operator=(const DeviceFile&) = delete;

  /// Lets in what came, and ends calls that waited for it. `program` is the one that has it open.
  void turn(pid_t program);

 private:
  DeviceFile(UMockdevTestbed* testbed, std::string path, DeviceNode& node, Ioctl ioctl);

  base::Result<void> attach();
  static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self);
  static gboolean on_read(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self);
  static gboolean on_write(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self);
  static void on_vanished(UMockdevIoctlBase*, UMockdevIoctlClient* file, gpointer self);
  void tell_readable();
  bool does_not_wait(pid_t program) const;

  UMockdevTestbed* testbed_;
  std::string path_;
  UMockdevIoctlBase* handler_;
  Ioctl ioctl_;
  std::string terminal_;  ///< what the program really has open
  os::Descriptor ours_;
  DeviceNode& node_;
  std::mutex lock_;  ///< umockdev calls from a thread of its own
  std::deque<UMockdevIoctlClient*> waiting_;
  bool told_ = false;  ///< the byte is in the terminal
};

}  // namespace scenarios::devices
