// SPDX-License-Identifier: BSD-3-Clause
// Where all processes of an exploration write: one record a history, and which states without power
// were met already. Whoever is faster has met a state first.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "os/shared_memory.h"
#include "scenarios/explore/record.h"

namespace scenarios::explore {

class Ledger {
 public:
  static constexpr std::uint32_t kMostRecords = 1u << 20;
  static constexpr std::size_t kDiary = 1u << 16;

  /// Errors: io.
  static base::Result<Ledger> make();

  /// A new record; nothing once there are kMostRecords.
  std::optional<std::uint32_t> begin();
  Record& at(std::uint32_t index) { return records()[index]; }
  std::span<Record> all() { return {records(), used()}; }

  /// The record that met `key` before; nothing: `index` is the first, and stands for it
  /// from now on.
  std::optional<std::uint32_t> met(std::uint64_t key, std::uint32_t index);

  /// The text of the one history that is told in full.
  void write_diary(std::string_view text);
  std::string diary() const;

 private:
  static constexpr std::size_t kMet = 1u << 20;  ///< places; a full table forgets nothing, but
                                                 ///< takes nothing more
  struct Head {
    std::atomic<std::uint32_t> used;
  };
  struct Met {
    std::atomic<std::uint64_t> key;
    std::atomic<std::uint32_t> index;  ///< one more than the record's
  };

  explicit Ledger(os::SharedMemory memory) : memory_(std::move(memory)) {}
  static constexpr std::size_t kRecordsAt = 64;
  static constexpr std::size_t kMetAt = kRecordsAt + sizeof(Record) * kMostRecords;
  static constexpr std::size_t kDiaryAt = kMetAt + sizeof(Met) * kMet;

  template <class What>
  What* place(std::size_t at) const {
    return reinterpret_cast<What*>(static_cast<char*>(memory_.data()) + at);
  }
  Record* records() const { return place<Record>(kRecordsAt); }
  std::uint32_t used() const;

  os::SharedMemory memory_;
};

}  // namespace scenarios::explore
