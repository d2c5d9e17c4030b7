// SPDX-License-Identifier: BSD-3-Clause
// /dev/mei0 as Linux's driver has it (drivers/misc/mei/main.c), over a Management Engine: its
// calls, its errors. A file that is connected keeps its client until it is closed.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>

#include "protocol/mei/guid.h"
#include "scenarios/devices/device_node.h"
#include "updater/mei/mei_transport.h"

namespace scenarios::devices {

class MeiNode final : public DeviceNode {
 public:
  explicit MeiNode(updater::mei::MeiDevice& engine) : engine_(engine) {}

  struct Client {
    std::uint32_t max_message_length = 0;  ///< bytes
    std::uint8_t protocol_version = 0;
  };
  /// IOCTL_MEI_CONNECT_CLIENT. 0, or an errno: ENOTTY (no such client), EBUSY (the file or the
  /// client is connected), ENODEV (the link was reset), ETIME (no answer).
  int connect(File file, const protocol::mei::Guid& guid, Client& client);
  /// IOCTL_MEI_NOTIFY_SET and _GET: the driver's answer where the bus knows no notifications.
  static int notify();

  /// ENODEV (not connected), EFBIG (longer than the client takes), ETIME.
  Ending write(File file, base::ByteView bytes) override;
  /// A message that the buffer does not hold goes on in the next call.
  std::optional<Ending> read(File file, std::size_t size) override;
  void closed(File file) override { files_.erase(file); }
  void look() override;
  bool readable() const override;

 private:
  struct OpenFile {
    std::unique_ptr<updater::mei::MeiTransport> client;
    std::deque<base::Bytes> came;
    bool lost = false;  ///< the link was reset, or the client left
  };
  static Ending first_part(OpenFile& file, std::size_t size);

  updater::mei::MeiDevice& engine_;
  std::map<File, OpenFile> files_;
};

}  // namespace scenarios::devices
