// SPDX-License-Identifier: BSD-3-Clause
// A fake /dev/mei0 made by umockdev: the real open, ioctl, read, write and poll calls of the
// driver's user run against it. Behind it sits a scripted ME client. The node is a pseudo terminal,
// so that poll() tells the truth: a byte is in it exactly while a message waits.
#pragma once

#include <umockdev.h>

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "protocol/mei/guid.h"

namespace test {

class FakeMei {
 public:
  using Answer = std::function<std::optional<base::Bytes>(base::ByteView)>;

  /// Whether umockdev's library is preloaded, without which /dev and /sys are the real ones. Asked
  /// once a FakeMei is there.
  static bool preloaded() { return umockdev_in_mock_environment() != 0; }

  FakeMei();
  ~FakeMei();
  FakeMei(const FakeMei&) = delete;
  FakeMei& operator=(const FakeMei&) = delete;

  // Set before the call that is to see it.
  void answer_with(Answer answer);
  void fail_connect(int number);
  void fail_read(int number);
  void fail_write(int number);
  void false_alarm();              ///< poll() says ready, nothing is there
  void send(base::Bytes message);  ///< a message nobody asked for

  std::vector<base::Bytes> written();
  std::optional<protocol::mei::Guid> connected_to();
  int connects();

 private:
  static gboolean on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self);
  static gboolean on_read(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self);
  static gboolean on_write(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self);
  void connect(UMockdevIoctlClient* call);
  void read(UMockdevIoctlClient* call);
  void write(UMockdevIoctlClient* call);
  void raise();  ///< makes the node readable
  void lower();
  void make_class_folder();

  UMockdevTestbed* testbed_;
  UMockdevIoctlBase* handler_;
  int node_ = -1;  ///< the node itself, to take back the byte that made it readable

  std::mutex lock_;  ///< umockdev calls from a thread of its own
  Answer answer_;
  std::deque<base::Bytes> waiting_;
  std::vector<base::Bytes> written_;
  std::optional<protocol::mei::Guid> connected_to_;
  int connects_ = 0;
  int connect_errno_ = 0;
  int read_errno_ = 0;
  int write_errno_ = 0;
};

}  // namespace test
