// SPDX-License-Identifier: BSD-3-Clause
// A /sys and a /dev of a test's own, with PCI functions made of plain files.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/bytes.h"
#include "tests/temporary_folder.h"
#include "updater/mmio/pci_function.h"

namespace test {

/// A function's files. Its registers are a page in "resource0", at the place in the page that
/// "resource" tells.
struct FakeFunction {
  std::string address = "0000:00:03.0";
  std::uint16_t vendor = 0x8086;
  std::uint16_t device = 0x2E14;
  std::uint16_t command = 0x0006;  ///< memory space and bus master
  std::uint32_t bar0 = 0xFEDA1234 & ~0xFu;
  std::uint32_t firmware_status = 0x3009065A;
  std::size_t config_size = 256;  ///< 64 for someone who is not root
  std::string driver;
};

class FakeSysfs {
 public:
  FakeSysfs() {
    std::filesystem::create_directories(folder_ / "sys/bus/pci/devices");
    std::filesystem::create_directories(folder_ / "dev");
  }

  updater::mmio::SystemRoots roots() const {
    return {.sys = folder_ / "sys", .dev = folder_ / "dev"};
  }
  std::filesystem::path of(const std::string& address) const {
    return folder_ / "sys/bus/pci/devices" / address;
  }

  void add(const FakeFunction& f) {
    const auto folder = of(f.address);
    std::filesystem::create_directories(folder);
    base::Bytes config(256);
    base::ByteWriter out(config);
    out.u16(f.vendor)
        .u16(f.device)
        .u16(f.command)
        .zeros(10)
        .u32(f.bar0)
        .zeros(0x40 - 0x14)
        .u32(f.firmware_status);
    config.resize(f.config_size);
    write(folder / "config", std::string(config.begin(), config.end()));
    write(folder / "resource", "0x00000000feda1230 0x00000000feda123f 0x0000000000140204\n");
    write(folder / "resource0", std::string(4096, '\0'));
    write(folder / "enable", "0");
    if (!f.driver.empty())
      std::filesystem::create_symlink("../../../bus/pci/drivers/" + f.driver, folder / "driver");
  }
  void add_node(const std::string& name) { write(folder_ / "dev" / name, ""); }

  static void write(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
  }
  static std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  const tests::TemporaryFolder temporary_;
  const std::filesystem::path folder_ = temporary_.path();
};

}  // namespace test
