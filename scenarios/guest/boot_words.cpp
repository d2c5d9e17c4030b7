// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/boot_words.h"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>

#include "scenarios/guest/qemu_option.h"

namespace scenarios::guest {
namespace {

namespace fs = std::filesystem;

/// In the guest's memory: above the kernel, which is unpacked from 16 MiB on.
constexpr std::uint64_t kInitramfsAddress = 0x0800'0000;
constexpr std::uint64_t kPage = 0x1000;

constexpr std::uintmax_t kMebibyte = 1024 * 1024;
constexpr std::uintmax_t kMemory = 256;            ///< MiB of most guests
constexpr std::uintmax_t kInitramfsThatFits = 24;  ///< MiB that leave room enough in it

/// The kernel's tests of its own ciphers are none of ours, and take half a second. What shields an
/// Intel's kernel from its programs costs an emulated one at every call, and nobody attacks here.
constexpr const char* kCommandLine = "console=ttyS0 panic=-1 cryptomgr.notests nopti ";

bool exists(const std::string& file) {
  std::error_code failure;
  return fs::is_regular_file(file, failure);
}

std::uintmax_t size_of(const std::string& file) {
  std::error_code failure;
  const std::uintmax_t size = fs::file_size(file, failure);
  return failure ? 0 : size;
}

}  // namespace

std::string memory_for(const std::string& initramfs) {
  const std::uintmax_t size = size_of(initramfs) / kMebibyte + 1;
  return fmt::format("{}", size <= kInitramfsThatFits ? kMemory : kMemory + 3 * size);
}

std::vector<std::string> boot_words(const std::string& kernel, const std::string& initramfs,
                                    const std::string& append) {
  const std::string unpacked = kernel + "/vmlinux";
  if (!exists(unpacked)) {
    return {"-kernel", kernel + "/vmlinuz", "-initrd", initramfs, "-append", kCommandLine + append};
  }
  const std::uintmax_t size = size_of(initramfs);
  const std::uintmax_t pages = (size + kPage - 1) / kPage;
  // QEMU's -initrd would lay it over the ACPI tables of a guest that has a TPM with a log. The
  // kernel hears of initrdmem= too late to keep its hands off that memory by itself: memmap= does.
  return {"-kernel",
          unpacked,
          "-device",
          fmt::format("loader,file={},addr={:#x},force-raw=on", option_value(initramfs),
                      kInitramfsAddress),
          "-append",
          fmt::format("{}initrdmem={:#x},{} memmap={}${:#x} {}", kCommandLine, kInitramfsAddress,
                      size, pages * kPage, kInitramfsAddress, append)};
}

}  // namespace scenarios::guest
