// SPDX-License-Identifier: BSD-3-Clause
// An initramfs in the "newc" format of cpio, as the kernel unpacks it (kernel documentation,
// driver-api/early-userspace/buffer-format.rst).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace scenarios::guest {

class CpioArchive {
 public:
  void add_folder(std::string_view path);  ///< without a leading '/', its parent added before
  void add_file(std::string_view path, std::string_view contents);
  void add_program(std::string_view path, std::string_view contents);

  /// The archive, ended; nothing can be added any more.
  std::string finish();

 private:
  void add(std::string_view path, std::uint32_t mode, std::string_view contents);
  void align();

  std::string bytes_;
  std::uint32_t entries_ = 0;
};

}  // namespace scenarios::guest
