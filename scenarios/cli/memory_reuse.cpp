// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/memory_reuse.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <limits>

namespace scenarios::cli {

#ifdef __GLIBC__
namespace {

constexpr int kLargestThreshold = 32 << 20;  ///< bytes; glibc takes no more (mallopt(3))
constexpr int kReserve = 128 << 20;          ///< bytes of address space, not of memory

char* end_of_heap() {
  return static_cast<char*>(::sbrk(0));
}

}  // namespace

void reuse_freed_memory() {
  ::mallopt(M_MMAP_THRESHOLD, kLargestThreshold);
  ::mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  ::mallopt(M_TOP_PAD, kReserve);
  char* const before = end_of_heap();
  void* volatile first = std::malloc(kLargestThreshold / 2);  // volatile: else none is taken
  std::free(first);
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  char* const whole_page = before + (page - reinterpret_cast<std::uintptr_t>(before) % page) % page;
  ::madvise(whole_page, static_cast<std::size_t>(end_of_heap() - whole_page), MADV_HUGEPAGE);
}
#else
void reuse_freed_memory() {}
#endif

}  // namespace scenarios::cli
