// SPDX-License-Identifier: BSD-3-Clause
// The seam at persistent storage: one NOR operation at a time, each taking its time, each able to
// be cut, torn or fail.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/clock.h"

namespace emulator::flash {

struct Geometry {
  std::uint32_t size = 0;         ///< bytes
  std::uint32_t sector_size = 0;  ///< bytes erased by one operation
  std::uint32_t page_size = 0;    ///< bytes one program operation may touch, page-aligned
};

/// How an erase or program operation ended.
enum class FlashEnd : std::uint8_t {
  done,
  failed,  ///< the part reported an erase or program error
};

/// Told when the operation it started has ended.
class FlashListener {
 public:
  virtual ~FlashListener() = default;
  virtual void flash_operation_ended(FlashEnd end) = 0;
};

/// Reads are immediate. program() and erase() begin an operation and return; its effect is in the
/// array when the listener is told. One operation at a time: beginning another while busy() is our
/// own mistake.
class Flash {
 public:
  virtual ~Flash() = default;
  virtual Geometry geometry() const = 0;

  /// Reads [address, address + out.size()); beyond the end reads FFh.
  virtual void read(std::uint32_t address, base::MutableByteView out) const = 0;

  /// The bytes of [address, address + size), which lies inside the part, where they are: good until
  /// the next operation ends; of cells that read differently each time, until the next view().
  virtual base::ByteView view(std::uint32_t address, std::uint32_t size) const = 0;

  /// Numbers the last change in [address, address + size), inside the part: as long as it is the
  /// same, every byte there is.
  virtual std::uint64_t last_change(std::uint32_t address, std::uint32_t size) const = 0;

  /// Clears bits: array = array AND data, within one page.
  virtual void program(std::uint32_t address, base::ByteView data, FlashListener& listener) = 0;

  /// Sets the whole sector that holds `address` to FFh.
  virtual void erase(std::uint32_t address, FlashListener& listener) = 0;

  virtual bool busy() const = 0;

  /// After a restored snapshot: `listener` is told when the operation in progress ends.
  virtual void resume(FlashListener& listener) = 0;
};

}  // namespace emulator::flash
