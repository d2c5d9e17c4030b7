// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mmio/physical_mmio.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <array>
#include <cerrno>

#include "os/descriptor.h"
#include "os/error_meanings.h"

namespace updater::mmio {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using os::Meaning;

constexpr const char* kRoot = "run this as root; a locked-down kernel forbids it even then";
constexpr const char* kNoSuchDevice = "this kernel was built without it (CONFIG_DEVMEM)";
constexpr const char* kStrict =
    "the kernel keeps device memory that a driver has claimed, or all of it, to itself "
    "(CONFIG_STRICT_DEVMEM, CONFIG_IO_STRICT_DEVMEM); free it with \"modprobe -r tpm_tis\", or "
    "start the kernel with iomem=relaxed";

constexpr std::array kOpenMeanings = {
    Meaning{.number = EACCES, .code = Errc::permission, .advice = kRoot},
    Meaning{.number = EPERM, .code = Errc::permission, .advice = kRoot},
    Meaning{.number = ENOENT, .code = Errc::unsupported, .advice = kNoSuchDevice},
    Meaning{.number = ENXIO, .code = Errc::unsupported, .advice = kNoSuchDevice},
};
constexpr std::array kMapMeanings = {
    Meaning{.number = EPERM, .code = Errc::permission, .advice = kStrict},
    Meaning{.number = EACCES, .code = Errc::permission, .advice = kStrict},
    Meaning{.number = EINVAL,
            .code = Errc::invalid,
            .advice = "this computer has no such address, or it does not begin a page"},
};

}  // namespace

Result<std::unique_ptr<PhysicalMmio>> PhysicalMmio::open(std::uint64_t address, std::size_t size,
                                                         const SystemRoots& roots) {
  const std::string path = roots.dev + "/mem";
  const os::Descriptor file(::open(path.c_str(), O_RDWR | O_SYNC | O_CLOEXEC));
  if (!file.is_open()) return os::explain(kOpenMeanings, "opening " + path, errno);
  void* pages = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file.number(),
                       static_cast<off_t>(address));
  if (pages == MAP_FAILED) {
    return os::explain(kMapMeanings, fmt::format("mapping {:X}h through {}", address, path), errno);
  }
  return std::unique_ptr<PhysicalMmio>(new PhysicalMmio(pages, size));
}

PhysicalMmio::~PhysicalMmio() {
  ::munmap(pages_, size_);
}

bool PhysicalMmio::inside(std::uint32_t offset, std::size_t width) const {
  return offset % width == 0 && offset < size_ && size_ - offset >= width;
}

volatile std::uint32_t* PhysicalMmio::word(std::uint32_t offset) const {
  return static_cast<volatile std::uint32_t*>(pages_) + offset / sizeof(std::uint32_t);
}

volatile std::uint8_t* PhysicalMmio::byte(std::uint32_t offset) const {
  return static_cast<volatile std::uint8_t*>(pages_) + offset;
}

std::uint32_t PhysicalMmio::read32(std::uint32_t offset) {
  return inside(offset, sizeof(std::uint32_t)) ? *word(offset) : 0xFFFFFFFF;
}

void PhysicalMmio::write32(std::uint32_t offset, std::uint32_t value) {
  if (inside(offset, sizeof(std::uint32_t))) *word(offset) = value;
}

std::uint8_t PhysicalMmio::read8(std::uint32_t offset) {
  return inside(offset, sizeof(std::uint8_t)) ? *byte(offset) : 0xFF;
}

void PhysicalMmio::write8(std::uint32_t offset, std::uint8_t value) {
  if (inside(offset, sizeof(std::uint8_t))) *byte(offset) = value;
}

}  // namespace updater::mmio
