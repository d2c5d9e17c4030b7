// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mmio/pci_function.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

#include "base/bytes.h"
#include "os/error_meanings.h"
#include "protocol/pci/heci_functions.h"

namespace updater::mmio {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t kHostFirmwareStatus = 0x40;
constexpr std::string_view kPattern = "hhhh:hh:hh.o";  // hexadecimal and octal digits

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool fits(char c, char pattern) {
  if (pattern == 'h') return is_hex(c);
  if (pattern == 'o') return c >= '0' && c <= '7';
  return c == pattern;
}

char to_lower(char c) {
  return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
}

Error config_error(const std::string& address, int number) {
  return os::explain({}, "reading the configuration space of " + address, number);
}

Result<void> read_config(const PciFunction& function, std::size_t offset,
                         base::MutableByteView out) {
  const int file = ::open((function.folder() + "/config").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return config_error(function.address(), errno);
  const ssize_t got = ::pread(file, out.data(), out.size(), static_cast<off_t>(offset));
  const int number = errno;
  ::close(file);
  if (got < 0) return config_error(function.address(), number);
  if (static_cast<std::size_t>(got) == out.size()) return {};
  // The kernel shows the first 64 bytes to everyone and the rest to root.
  return Error{
      Errc::permission,
      fmt::format("reading the configuration space of {}: it ends before 0x{:X} - run this as root",
                  function.address(), offset + out.size())};
}

}  // namespace

std::optional<std::string> parse_pci_address(std::string_view text) {
  std::string full(text);
  if (full.size() == kPattern.size() - 5) full = "0000:" + full;
  if (full.size() != kPattern.size()) return std::nullopt;
  for (std::size_t i = 0; i < full.size(); ++i) {
    if (!fits(full[i], kPattern[i])) return std::nullopt;
    full[i] = to_lower(full[i]);
  }
  return full;
}

Result<PciFunction> PciFunction::open(std::string_view address, SystemRoots roots) {
  const auto parsed = parse_pci_address(address);
  if (!parsed) {
    return Error{
        Errc::invalid,
        fmt::format("\"{}\" is not a PCI address, which looks like 0000:00:03.0", address)};
  }
  PciFunction function(*parsed, std::move(roots));
  std::error_code ignored;
  if (fs::is_directory(function.folder(), ignored)) return function;
  return Error{
      Errc::not_found,
      fmt::format("opening {}: there is no such PCI function; the firmware setup may hide the ME",
                  *parsed)};
}

Result<std::uint16_t> PciFunction::config16(std::size_t offset) const {
  std::array<std::uint8_t, 2> bytes{};
  if (const auto read = read_config(*this, offset, bytes); !read) return read.error();
  return base::ByteReader(bytes).u16();
}

Result<std::uint32_t> PciFunction::config32(std::size_t offset) const {
  std::array<std::uint8_t, 4> bytes{};
  if (const auto read = read_config(*this, offset, bytes); !read) return read.error();
  return base::ByteReader(bytes).u32();
}

Result<std::uint32_t> PciFunction::firmware_status() const {
  const auto device = device_id();
  if (!device) return device.error();
  const protocol::pci::HeciFunction* known = protocol::pci::find_heci_function(*device);
  if (known == nullptr || !has_firmware_status(*known)) {
    return Error{Errc::unsupported, "reading the firmware status: this chipset tells none"};
  }
  return config32(kHostFirmwareStatus);
}

std::optional<std::string> PciFunction::driver() const {
  std::error_code failed;
  const fs::path target = fs::read_symlink(folder() + "/driver", failed);
  if (failed) return std::nullopt;
  return target.filename().string();
}

}  // namespace updater::mmio
