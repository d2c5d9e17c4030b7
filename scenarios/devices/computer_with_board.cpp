// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/devices/computer_with_board.h"

#include <linux/mei.h>
#include <sys/ioctl.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "scenarios/devices/computer_tree.h"

namespace scenarios::devices {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

/// umockdev has these for buses; the kernel has them as classes.
void make_class(const std::string& root, const std::string& name, const std::string& device) {
  std::error_code ignored;
  const fs::path folder = root + "/sys/class/" + name;
  fs::create_directories(folder, ignored);
  fs::create_directory_symlink("../.." + device, folder / fs::path(device).filename(), ignored);
}

/// IOCTL_MEI_CONNECT_CLIENT: in the structure a GUID, out of it the client's properties.
void connect(MeiNode& node, UMockdevIoctlClient& call) {
  UMockdevIoctlData* data = umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(&call), 0,
                                                        sizeof(mei_connect_client_data), nullptr);
  if (data == nullptr) return umockdev_ioctl_client_complete(&call, -1, EFAULT);
  guint8* in = nullptr;
  gint size = 0;
  umockdev_ioctl_data_retrieve(data, &in, &size);
  protocol::mei::Guid guid;
  std::memcpy(guid.bytes.data(), in, guid.bytes.size());
  g_free(in);
  MeiNode::Client client;
  const int failure = node.connect(&call, guid, client);
  if (failure == 0) {
    mei_connect_client_data out{};
    out.out_client_properties.max_msg_length = client.max_message_length;
    out.out_client_properties.protocol_version = client.protocol_version;
    std::array<guint8, sizeof out> bytes{};
    std::memcpy(bytes.data(), &out, sizeof out);
    umockdev_ioctl_data_update(data, 0, bytes.data(), static_cast<gint>(bytes.size()));
  }
  umockdev_ioctl_data_unref(data);
  umockdev_ioctl_client_complete(&call, failure == 0 ? 0 : -1, failure);
}

bool mei_ioctl(MeiNode& node, UMockdevIoctlClient& call) {
  switch (umockdev_ioctl_client_get_request(&call)) {
    case IOCTL_MEI_CONNECT_CLIENT:
      connect(node, call);
      return true;
    case IOCTL_MEI_NOTIFY_SET:
    case IOCTL_MEI_NOTIFY_GET:
      umockdev_ioctl_client_complete(&call, -1, MeiNode::notify());
      return true;
    default:
      return false;
  }
}

bool no_ioctl(UMockdevIoctlClient&) {
  return false;
}

}  // namespace

ComputerWithBoard::ComputerWithBoard(updater::mei::MeiDevice& engine,
                                     updater::tpm::TpmTransport* tpm)
    : testbed_(umockdev_testbed_new()), mei_(engine) {
  if (tpm != nullptr) tpm_ = std::make_unique<TpmNode>(*tpm);
}

ComputerWithBoard::~ComputerWithBoard() {
  mei_file_.reset();
  tpm_file_.reset();
  g_object_unref(testbed_);
}

Result<std::unique_ptr<ComputerWithBoard>> ComputerWithBoard::make(
    updater::mei::MeiDevice& engine, updater::tpm::TpmTransport* tpm) {
  std::unique_ptr<ComputerWithBoard> computer(new ComputerWithBoard(engine, tpm));
  if (auto furnished = computer->furnish(engine); !furnished) return furnished.error();
  return computer;
}

Result<void> ComputerWithBoard::furnish(updater::mei::MeiDevice& engine) {
  Computer computer{.pci_device_id = std::nullopt,
                    .status_words = engine.firmware_status_words(),
                    .has_tpm = tpm_ != nullptr};
  if (const auto id = engine.pci_device_id()) computer.pci_device_id = *id;
  GError* failure = nullptr;
  umockdev_testbed_add_from_string(testbed_, tree_of(computer).c_str(), &failure);
  if (failure != nullptr) {
    Error error{Errc::io, std::string("making the computer's /sys: ") + failure->message};
    g_error_free(failure);
    return error;
  }
  make_class(folder(), "mei", kMeiFolder);
  auto mei = DeviceFile::make(testbed_, "/dev/mei0", mei_,
                              [this](UMockdevIoctlClient& call) { return mei_ioctl(mei_, call); });
  if (!mei) return mei.error();
  mei_file_ = std::move(*mei);
  if (!tpm_) return {};
  make_class(folder(), "tpm", kTpmFolder);
  auto tpm = DeviceFile::make(testbed_, "/dev/tpm0", *tpm_, no_ioctl);
  if (!tpm) return tpm.error();
  tpm_file_ = std::move(*tpm);
  return {};
}

std::string ComputerWithBoard::folder() const {
  gchar* text = umockdev_testbed_get_root_dir(testbed_);
  std::string folder = text;
  g_free(text);
  return folder;
}

void ComputerWithBoard::turn(pid_t program) {
  mei_file_->turn(program);
  if (tpm_file_) tpm_file_->turn(program);
}

}  // namespace scenarios::devices
