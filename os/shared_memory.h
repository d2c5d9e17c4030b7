// SPDX-License-Identifier: BSD-3-Clause
// Memory that this process and those it forks from now on write to and read together (mmap(2),
// MAP_SHARED). What nobody touches costs nothing.
#pragma once

#include <cstddef>

#include "base/result.h"

namespace os {

class SharedMemory {
 public:
  /// All zero. Errors: io.
  static base::Result<SharedMemory> make(std::size_t bytes);
  SharedMemory(SharedMemory&& other) noexcept;
  SharedMemory& operator=(SharedMemory&&) = delete;
  ~SharedMemory();

  void* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  SharedMemory(void* data, std::size_t size) : data_(data), size_(size) {}
  void* data_;
  std::size_t size_;
};

}  // namespace os
