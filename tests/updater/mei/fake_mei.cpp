// SPDX-License-Identifier: BSD-3-Clause
#include "tests/updater/mei/fake_mei.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/mei.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

/// Asked by the address sanitizer where it is built in: it wants to be the first library, and works
/// behind umockdev's as well.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "verify_asan_link_order=0";
}

namespace test {
namespace {

namespace fs = std::filesystem;

// As "udevadm info --export-db" would print a desktop with this device.
constexpr const char* kDevices =
    "P: /devices/pci0000:00/0000:00:03.0\n"
    "E: SUBSYSTEM=pci\n"
    "A: vendor=0x8086\\n\n"
    "A: device=0x2e14\\n\n"
    "\n"
    "P: /devices/pci0000:00/0000:00:03.0/mei/mei0\n"
    "N: mei0\n"
    "E: DEVNAME=/dev/mei0\n"
    "E: SUBSYSTEM=mei\n"
    "A: fw_status=3009065A\\n\n"
    "A: dev=10:1\n"
    "L: device=../../../0000:00:03.0\n";

std::string root_of(UMockdevTestbed* testbed) {
  gchar* text = umockdev_testbed_get_root_dir(testbed);
  std::string root = text;
  g_free(text);
  return root;
}

base::Bytes argument(UMockdevIoctlClient* call) {
  guint8* data = nullptr;
  gint size = 0;
  umockdev_ioctl_data_retrieve(umockdev_ioctl_client_get_arg(call), &data, &size);
  base::Bytes bytes(data, data + size);
  g_free(data);
  return bytes;
}

}  // namespace

FakeMei::FakeMei() : testbed_(umockdev_testbed_new()), handler_(umockdev_ioctl_base_new()) {
  GError* error = nullptr;
  umockdev_testbed_add_from_string(testbed_, kDevices, &error);
  EXPECT_EQ(error, nullptr) << error->message;
  g_signal_connect(handler_, "handle-ioctl", G_CALLBACK(on_ioctl), this);
  g_signal_connect(handler_, "handle-read", G_CALLBACK(on_read), this);
  g_signal_connect(handler_, "handle-write", G_CALLBACK(on_write), this);
  umockdev_testbed_attach_ioctl(testbed_, "/dev/mei0", handler_, &error);
  EXPECT_EQ(error, nullptr) << error->message;
  make_class_folder();
  const std::string terminal = fs::read_symlink(root_of(testbed_) + "/dev/mei0");
  // Past umockdev: this one must read the terminal, not the fake device.
  node_ = static_cast<int>(
      ::syscall(SYS_openat, AT_FDCWD, terminal.c_str(), O_RDWR | O_NONBLOCK | O_NOCTTY));
  EXPECT_GE(node_, 0);
}

FakeMei::~FakeMei() {
  umockdev_testbed_detach_ioctl(testbed_, "/dev/mei0", nullptr);
  if (node_ >= 0) ::close(node_);
  g_object_unref(handler_);
  g_object_unref(testbed_);
}

// umockdev takes "mei" for a bus; the kernel has it as a class.
void FakeMei::make_class_folder() {
  const fs::path classes = root_of(testbed_) + "/sys/class/mei";
  fs::create_directories(classes);
  fs::create_directory_symlink("../../devices/pci0000:00/0000:00:03.0/mei/mei0", classes / "mei0");
}

void FakeMei::answer_with(Answer answer) {
  const std::scoped_lock hold(lock_);
  answer_ = std::move(answer);
}
void FakeMei::fail_connect(int number) {
  const std::scoped_lock hold(lock_);
  connect_errno_ = number;
}
void FakeMei::fail_read(int number) {
  const std::scoped_lock hold(lock_);
  read_errno_ = number;
}
void FakeMei::fail_write(int number) {
  const std::scoped_lock hold(lock_);
  write_errno_ = number;
}
void FakeMei::false_alarm() {
  raise();
}
void FakeMei::send(base::Bytes message) {
  const std::scoped_lock hold(lock_);
  waiting_.push_back(std::move(message));
  raise();
}
std::vector<base::Bytes> FakeMei::written() {
  const std::scoped_lock hold(lock_);
  return written_;
}
std::optional<protocol::mei::Guid> FakeMei::connected_to() {
  const std::scoped_lock hold(lock_);
  return connected_to_;
}
int FakeMei::connects() {
  const std::scoped_lock hold(lock_);
  return connects_;
}

void FakeMei::raise() {
  const char byte = 'x';
  const auto written = ::write(umockdev_testbed_get_dev_fd(testbed_, "/dev/mei0"), &byte, 1);
  EXPECT_EQ(written, 1);
}

void FakeMei::lower() {
  char byte = 0;
  ::syscall(SYS_read, node_, &byte, std::size_t{1});
}

gboolean FakeMei::on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self) {
  if (umockdev_ioctl_client_get_request(call) != IOCTL_MEI_CONNECT_CLIENT) return FALSE;
  static_cast<FakeMei*>(self)->connect(call);
  return TRUE;
}
gboolean FakeMei::on_read(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self) {
  static_cast<FakeMei*>(self)->read(call);
  return TRUE;
}
gboolean FakeMei::on_write(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self) {
  static_cast<FakeMei*>(self)->write(call);
  return TRUE;
}

void FakeMei::connect(UMockdevIoctlClient* call) {
  const std::scoped_lock hold(lock_);
  ++connects_;
  if (connect_errno_ != 0) return umockdev_ioctl_client_complete(call, -1, connect_errno_);
  UMockdevIoctlData* data = umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(call), 0,
                                                        sizeof(mei_connect_client_data), nullptr);
  guint8* in = nullptr;
  gint size = 0;
  umockdev_ioctl_data_retrieve(data, &in, &size);
  protocol::mei::Guid guid;
  std::memcpy(guid.bytes.data(), in, guid.bytes.size());
  g_free(in);
  connected_to_ = guid;
  mei_connect_client_data out{};
  out.out_client_properties.max_msg_length = 512;
  out.out_client_properties.protocol_version = 1;
  umockdev_ioctl_data_update(data, 0, reinterpret_cast<guint8*>(&out), sizeof out);
  umockdev_ioctl_data_unref(data);
  umockdev_ioctl_client_complete(call, 0, 0);
}

void FakeMei::read(UMockdevIoctlClient* call) {
  const std::scoped_lock hold(lock_);
  if (read_errno_ != 0) return umockdev_ioctl_client_complete(call, -1, read_errno_);
  lower();
  if (waiting_.empty()) return umockdev_ioctl_client_complete(call, -1, EAGAIN);
  base::Bytes message = std::move(waiting_.front());
  waiting_.pop_front();
  if (!waiting_.empty()) raise();
  if (message.size() > argument(call).size())
    return umockdev_ioctl_client_complete(call, -1, EMSGSIZE);
  umockdev_ioctl_data_update(umockdev_ioctl_client_get_arg(call), 0, message.data(),
                             static_cast<gint>(message.size()));
  umockdev_ioctl_client_complete(call, static_cast<glong>(message.size()), 0);
}

void FakeMei::write(UMockdevIoctlClient* call) {
  const std::scoped_lock hold(lock_);
  if (write_errno_ != 0) return umockdev_ioctl_client_complete(call, -1, write_errno_);
  written_.push_back(argument(call));
  const base::Bytes& message = written_.back();
  if (answer_) {
    if (auto reply = answer_(message)) {
      waiting_.push_back(std::move(*reply));
      raise();
    }
  }
  umockdev_ioctl_client_complete(call, static_cast<glong>(message.size()), 0);
}

}  // namespace test
