// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mmio/pci_bar_mmio.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "os/error_meanings.h"
#include "protocol/heci/registers.h"
#include "updater/mmio/pci_config.h"

namespace updater::mmio {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t kBar0 = 0x10;
constexpr std::uint32_t kIoSpace = 1u << 0;
constexpr std::uint32_t kAllOnes = 0xFFFFFFFF;

constexpr const char* kBarRoot = "run this as root; a locked-down kernel forbids it even then";
constexpr os::Meaning kBarMeanings[] = {
    {.number = EACCES, .code = Errc::permission, .advice = kBarRoot},
    {.number = EPERM, .code = Errc::permission, .advice = kBarRoot},
    {.number = ENOENT, .code = Errc::not_found, .advice = nullptr},
};

Error failed(const PciFunction& function, const std::string& doing, int number) {
  return os::explain(kBarMeanings, fmt::format("{} of {}", doing, function.address()), number);
}

Result<void> check_unbound(const PciFunction& function) {
  const auto driver = function.driver();
  if (!driver) return {};
  return Error{
      Errc::busy,
      fmt::format("opening {}: the kernel driver {} holds it; use /dev/mei0, or free it with "
                  "\"modprobe -r {}\" or \"echo {} > {}/driver/unbind\"",
                  function.address(), *driver, *driver, function.address(), function.folder())};
}

Result<void> enable_memory_space(const PciFunction& function) {
  const int file = ::open((function.folder() + "/enable").c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return failed(function, "enabling the memory space", errno);
  const ssize_t written = ::write(file, "1", 1);
  const int number = errno;
  ::close(file);
  if (written != 1) return failed(function, "enabling the memory space", number);
  return {};
}

Result<void> check_memory_space(const PciFunction& function, MemorySpace wanted) {
  const auto command = function.config16(kPciCommand);
  if (!command) return command.error();
  if ((*command & kMemorySpaceEnable) != 0) return {};
  if (wanted == MemorySpace::enable) return enable_memory_space(function);
  return Error{
      Errc::refused,
      fmt::format(
          "opening {}: its memory space is switched off; switch it on with \"echo 1 > {}/enable\"",
          function.address(), function.folder()),
      *command};
}

Result<void> check_bar(const PciFunction& function) {
  const auto bar = function.config32(kBar0);
  if (!bar) return bar.error();
  if ((*bar & kIoSpace) == 0) return {};
  return Error{Errc::unsupported,
               fmt::format("opening {}: its BAR0 is not a memory BAR", function.address()), *bar};
}

struct Extent {
  std::uint64_t start = 0;
  std::uint64_t size = 0;
};

/// First line of sysfs "resource": start, last byte and flags of BAR0, as the kernel has placed it.
Result<Extent> bar_extent(const PciFunction& function) {
  std::ifstream file(function.folder() + "/resource");
  std::uint64_t start = 0;
  std::uint64_t last = 0;
  file >> std::hex >> start >> last;
  if (file && last >= start && start != 0 && last - start + 1 >= protocol::heci::kBarSize) {
    return Extent{.start = start, .size = last - start + 1};
  }
  return Error{
      Errc::unsupported,
      fmt::format("opening {}: the system has given its BAR0 no address of 16 bytes or more",
                  function.address())};
}

Result<Extent> check(const PciFunction& function, MemorySpace memory_space) {
  if (const auto unbound = check_unbound(function); !unbound) return unbound.error();
  if (const auto enabled = check_memory_space(function, memory_space); !enabled)
    return enabled.error();
  if (const auto memory = check_bar(function); !memory) return memory.error();
  return bar_extent(function);
}

Result<void*> map_pages(const PciFunction& function, std::size_t size) {
  const int file = ::open((function.folder() + "/resource0").c_str(), O_RDWR | O_SYNC | O_CLOEXEC);
  if (file < 0) return failed(function, "opening the registers (resource0)", errno);
  void* page = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  const int number = errno;
  ::close(file);
  if (page == MAP_FAILED) return failed(function, "mapping the registers (resource0)", number);
  return page;
}

}  // namespace

// A BAR smaller than a page is mapped with the whole page around it; where it begins in there, its
// address tells.
Result<std::unique_ptr<PciBarMmio>> PciBarMmio::open(const PciFunction& function,
                                                     MemorySpace memory_space) {
  const auto bar = check(function, memory_space);
  if (!bar) return bar.error();
  const auto page_size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto bar_size = static_cast<std::size_t>(bar->size);
  const std::size_t in_page = static_cast<std::size_t>(bar->start % page_size);
  const std::size_t mapped = (in_page + bar_size + page_size - 1) / page_size * page_size;
  const auto page = map_pages(function, mapped);
  if (!page) return page.error();
  return std::unique_ptr<PciBarMmio>(new PciBarMmio(*page, mapped, in_page, bar_size));
}

PciBarMmio::PciBarMmio(void* page, std::size_t mapped, std::size_t bar_in_page,
                       std::size_t bar_size)
    : page_(page),
      mapped_(mapped),
      bar_(reinterpret_cast<volatile std::uint32_t*>(static_cast<std::uint8_t*>(page) +
                                                     bar_in_page)),
      bar_size_(bar_size) {}

PciBarMmio::~PciBarMmio() {
  ::munmap(page_, mapped_);
}

bool PciBarMmio::inside(std::uint32_t offset) const {
  return offset % 4 == 0 && offset < bar_size_ && bar_size_ - offset >= 4;
}

std::uint32_t PciBarMmio::read32(std::uint32_t offset) {
  return inside(offset) ? bar_[offset / 4] : kAllOnes;
}

void PciBarMmio::write32(std::uint32_t offset, std::uint32_t value) {
  if (inside(offset)) bar_[offset / 4] = value;
}

}  // namespace updater::mmio
