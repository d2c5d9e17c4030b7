// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/devices/computer_tree.h"

#include <fmt/format.h>

namespace scenarios::devices {
namespace {

constexpr const char* kFunctionFolder = "/devices/pci0000:00/0000:00:03.0";

/// An attribute with one line.
std::string attribute(const std::string& name, const std::string& value) {
  return fmt::format("A: {}={}\\n\n", name, value);
}

/// With the properties that the kernel tells (drivers/pci/pci-driver.c, pci_uevent).
std::string function(const Computer& computer) {
  std::string text = fmt::format(
      "P: {}\nE: SUBSYSTEM=pci\nE: DRIVER=mei_me\nE: PCI_CLASS=78000\n"
      "E: PCI_SLOT_NAME=0000:00:03.0\n",
      kFunctionFolder);
  if (computer.pci_device_id)
    text += fmt::format("E: PCI_ID=8086:{:04X}\n", *computer.pci_device_id) +
            attribute("device", fmt::format("0x{:04x}", *computer.pci_device_id));
  return text + attribute("vendor", "0x8086") + attribute("class", "0x078000") + "\n";
}

std::string engine(const Computer& computer) {
  std::string text = fmt::format(
      "P: {}\nN: mei0\nE: DEVNAME=/dev/mei0\nE: SUBSYSTEM=mei\nE: MAJOR=10\nE: MINOR=1\n",
      kMeiFolder);
  text += attribute("dev", "10:1") + attribute("dev_state", "ENABLED");
  std::string words;
  for (const std::uint32_t word : computer.status_words) words += fmt::format("{:08X}\\n", word);
  if (!words.empty()) text += fmt::format("A: fw_status={}\n", words);
  return text + "L: device=../../../0000:00:03.0\n\n";
}

std::string tpm() {
  return fmt::format(
             "P: {}\nN: tpm0\nE: DEVNAME=/dev/tpm0\nE: SUBSYSTEM=tpm\nE: MAJOR=10\nE: MINOR=224\n",
             kTpmFolder) +
         attribute("dev", "10:224") + attribute("tpm_version_major", "1") + "\n";
}

}  // namespace

std::string tree_of(const Computer& computer) {
  return function(computer) + engine(computer) + (computer.has_tpm ? tpm() : std::string());
}

}  // namespace scenarios::devices
