// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/devices/device_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <string_view>

#include "os/read_file.h"

namespace scenarios::devices {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

/// A text of GLib's, as one of ours.
std::string taken(gchar* text) {
  std::string copy = text;
  g_free(text);
  return copy;
}

base::Bytes buffer_of(UMockdevIoctlClient* call) {
  guint8* data = nullptr;
  gint size = 0;
  umockdev_ioctl_data_retrieve(umockdev_ioctl_client_get_arg(call), &data, &size);
  base::Bytes bytes(data, data + size);
  g_free(data);
  return bytes;
}

void complete(UMockdevIoctlClient* call, const Ending& ending) {
  if (!ending.data.empty()) {
    base::Bytes data = ending.data;
    umockdev_ioctl_data_update(umockdev_ioctl_client_get_arg(call), 0, data.data(),
                               static_cast<gint>(data.size()));
  }
  umockdev_ioctl_client_complete(call, ending.result, ending.number);
}

/// The flags that a file was opened with, as proc(5) tells them: "flags:\t0104002", octal.
int flags_in(std::string_view text) {
  constexpr std::string_view label = "flags:";
  const auto at = text.find(label);
  if (at == std::string_view::npos) return 0;
  const auto digits = text.find_first_of("01234567", at);
  int flags = 0;
  if (digits != std::string_view::npos)
    std::from_chars(text.data() + digits, text.data() + text.size(), flags, 8);
  return flags;
}

}  // namespace

DeviceFile::DeviceFile(UMockdevTestbed* testbed, std::string path, DeviceNode& node, Ioctl ioctl)
    : testbed_(testbed),
      path_(std::move(path)),
      handler_(umockdev_ioctl_base_new()),
      ioctl_(std::move(ioctl)),
      node_(node) {}

DeviceFile::~DeviceFile() {
  umockdev_testbed_detach_ioctl(testbed_, path_.c_str(), nullptr);
  for (UMockdevIoctlClient* call : waiting_) g_object_unref(call);
  g_object_unref(handler_);
}

Result<std::unique_ptr<DeviceFile>> DeviceFile::make(UMockdevTestbed* testbed, std::string path,
                                                     DeviceNode& node, Ioctl ioctl) {
  std::unique_ptr<DeviceFile> file(
      new DeviceFile(testbed, std::move(path), node, std::move(ioctl)));
  if (auto attached = file->attach(); !attached) return attached.error();
  return file;
}

Result<void> DeviceFile::attach() {
  g_signal_connect(handler_, "handle-ioctl", G_CALLBACK(on_ioctl), this);
  g_signal_connect(handler_, "handle-read", G_CALLBACK(on_read), this);
  g_signal_connect(handler_, "handle-write", G_CALLBACK(on_write), this);
  g_signal_connect(handler_, "client-vanished", G_CALLBACK(on_vanished), this);
  GError* failure = nullptr;
  umockdev_testbed_attach_ioctl(testbed_, path_.c_str(), handler_, &failure);
  if (failure != nullptr) {
    Error error{Errc::io, fmt::format("making {}: {}", path_, failure->message)};
    g_error_free(failure);
    return error;
  }
  std::error_code ignored;
  terminal_ = fs::read_symlink(taken(umockdev_testbed_get_root_dir(testbed_)) + path_, ignored);
  ours_ = os::Descriptor(::open(terminal_.c_str(), O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (ours_.is_open()) return {};
  return Error{Errc::io,
               fmt::format("making {}: its terminal {} cannot be opened", path_, terminal_),
               static_cast<std::uint32_t>(errno)};
}

gboolean DeviceFile::on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self) {
  auto& file = *static_cast<DeviceFile*>(self);
  const std::scoped_lock hold(file.lock_);
  if (!file.ioctl_(*call)) umockdev_ioctl_client_complete(call, -1, ENOTTY);
  return TRUE;
}

gboolean DeviceFile::on_read(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self) {
  auto& file = *static_cast<DeviceFile*>(self);
  const std::scoped_lock hold(file.lock_);
  const auto ending = file.node_.read(call, buffer_of(call).size());
  if (ending)
    complete(call, *ending);
  else
    file.waiting_.push_back(static_cast<UMockdevIoctlClient*>(g_object_ref(call)));
  file.tell_readable();
  return TRUE;
}

gboolean DeviceFile::on_write(UMockdevIoctlBase*, UMockdevIoctlClient* call, gpointer self) {
  auto& file = *static_cast<DeviceFile*>(self);
  const std::scoped_lock hold(file.lock_);
  const Ending ending = file.node_.write(call, buffer_of(call));
  file.tell_readable();
  complete(call, ending);
  return TRUE;
}

void DeviceFile::on_vanished(UMockdevIoctlBase*, UMockdevIoctlClient* gone, gpointer self) {
  auto& file = *static_cast<DeviceFile*>(self);
  const std::scoped_lock hold(file.lock_);
  file.node_.closed(gone);
  for (UMockdevIoctlClient* call : file.waiting_)
    if (call == gone) g_object_unref(call);
  std::erase(file.waiting_, gone);
  file.tell_readable();
}

void DeviceFile::turn(pid_t program) {
  const std::scoped_lock hold(lock_);
  node_.look();
  const bool at_once = !waiting_.empty() && does_not_wait(program);
  for (std::size_t left = waiting_.size(); left > 0; --left) {
    UMockdevIoctlClient* call = waiting_.front();
    waiting_.pop_front();
    auto ending = node_.read(call, buffer_of(call).size());
    if (!ending && at_once) ending = Ending::failed(EAGAIN);
    if (!ending) {
      waiting_.push_back(call);
      continue;
    }
    complete(call, *ending);
    g_object_unref(call);
  }
  tell_readable();
}

void DeviceFile::tell_readable() {
  const bool readable = node_.readable();
  if (readable == told_) return;
  char byte = 'x';
  const auto moved = readable
                         ? ::write(umockdev_testbed_get_dev_fd(testbed_, path_.c_str()), &byte, 1)
                         : ::read(ours_.number(), &byte, 1);
  if (moved == 1) told_ = readable;
}

/// Whether the program has it open with O_NONBLOCK: which of its files calls is not told.
bool DeviceFile::does_not_wait(pid_t program) const {
  const std::string process = fmt::format("/proc/{}", program);
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(process + "/fd", failure)) {
    std::error_code gone;
    if (fs::read_symlink(entry.path(), gone) != terminal_) continue;
    const auto told = os::read_start(process + "/fdinfo/" + entry.path().filename().string(), 1024);
    if (told &&
        (flags_in({reinterpret_cast<const char*>(told->data()), told->size()}) & O_NONBLOCK))
      return true;
  }
  return false;
}

}  // namespace scenarios::devices
