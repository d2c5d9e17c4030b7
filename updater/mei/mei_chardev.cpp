// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mei/mei_chardev.h"
#include "updater/io/simulated_board.h"

#include <fcntl.h>
#include <linux/mei.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

#include "os/open_files.h"
#include "updater/mei/chardev_errors.h"
#include "updater/mei/chardev_transport.h"

namespace updater::mei {
namespace {

using base::Errc;
using base::Error;
using base::Result;

Result<os::Descriptor> open_node(const std::string& path) {
  os::Descriptor file(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open()) return open_error(path, errno);
  return file;
}

/// First line of a sysfs attribute; nothing where it is missing or empty.
std::optional<std::string> first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line) || line.empty()) return std::nullopt;
  return line;
}

/// A hexadecimal number with or without 0x, and nothing else.
std::optional<std::uint32_t> parse_hex(std::string_view text) {
  if (text.starts_with("0x")) text.remove_prefix(2);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

MeiChardev::MeiChardev(std::string path, base::Clock& clock, ChardevRoots roots)
    : path_(std::move(path)),
      clock_(clock),
      roots_(std::move(roots)),
      simulated_(io::on_simulated_board(roots_.sys)) {}

Result<std::unique_ptr<MeiChardev>> MeiChardev::open(std::string path, base::Clock& clock,
                                                     ChardevRoots roots) {
  if (const auto tried = open_node(path); !tried) return tried.error();
  return std::unique_ptr<MeiChardev>(new MeiChardev(std::move(path), clock, std::move(roots)));
}

std::string MeiChardev::sysfs_folder() const {
  return roots_.sys + "/class/mei/" + path_.substr(path_.rfind('/') + 1);
}

// The driver ties one client to one open file, until it is closed.
Result<std::unique_ptr<MeiTransport>> MeiChardev::connect(const protocol::mei::Guid& guid) {
  auto file = open_node(path_);
  if (!file) return file.error();
  mei_connect_client_data data{};
  std::memcpy(&data.in_client_uuid, guid.bytes.data(), guid.bytes.size());
  if (::ioctl(file->number(), IOCTL_MEI_CONNECT_CLIENT, &data) != 0) {
    return os::with_holders(connect_error(path_, to_text(guid), errno), path_);
  }
  const mei_client client = data.out_client_properties;
  return std::unique_ptr<MeiTransport>(std::make_unique<ChardevTransport>(
      std::move(*file), client.max_msg_length, client.protocol_version, clock_));
}

Result<std::unique_ptr<MeiTransport>> MeiChardev::open_fixed(std::uint8_t) {
  return Error{Errc::unsupported,
               "opening a fixed ME address: the mei driver only connects clients by GUID"};
}

Result<std::uint32_t> MeiChardev::firmware_status() {
  const auto line = first_line(sysfs_folder() + "/fw_status");
  if (!line)
    return Error{Errc::unsupported, "reading the firmware status: this chipset tells none"};
  const auto value = parse_hex(*line);
  if (!value)
    return Error{Errc::io, "reading the firmware status: fw_status is not a hexadecimal number"};
  return *value;
}

std::vector<std::uint32_t> MeiChardev::firmware_status_words() {
  constexpr std::size_t kMost = 6;
  std::ifstream file(sysfs_folder() + "/fw_status");
  std::vector<std::uint32_t> words;
  for (std::string line; words.size() < kMost && std::getline(file, line);) {
    const auto word = parse_hex(line);
    if (!word) break;
    words.push_back(*word);
  }
  return words;
}

Result<std::uint16_t> MeiChardev::pci_device_id() {
  const auto line = first_line(sysfs_folder() + "/device/device");
  const auto value = line ? parse_hex(*line) : std::nullopt;
  if (!value || *value > 0xFFFF) {
    return Error{Errc::unsupported, "reading the PCI device id: " + path_ + " does not tell it"};
  }
  return static_cast<std::uint16_t>(*value);
}

HostFacts MeiChardev::host_facts() const {
  HostFacts facts;
  facts.mei_driver_version = first_line(roots_.sys + "/module/mei_me/version");
  return facts;
}

}  // namespace updater::mei
