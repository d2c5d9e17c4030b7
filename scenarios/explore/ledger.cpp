// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/ledger.h"

#include <algorithm>
#include <cstring>

namespace scenarios::explore {

static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
static_assert(sizeof(Record) % alignof(std::uint64_t) == 0);

base::Result<Ledger> Ledger::make() {
  auto memory = os::SharedMemory::make(kDiaryAt + kDiary);
  if (!memory) return memory.error();
  return Ledger(std::move(*memory));
}

std::optional<std::uint32_t> Ledger::begin() {
  const std::uint32_t index = place<Head>(0)->used.fetch_add(1);
  if (index < kMostRecords) return index;
  return std::nullopt;
}

std::uint32_t Ledger::used() const {
  return std::min(place<Head>(0)->used.load(), kMostRecords);
}

std::optional<std::uint32_t> Ledger::met(std::uint64_t key, std::uint32_t index) {
  if (key == 0) key = 1;
  Met* const table = place<Met>(kMetAt);
  for (std::size_t tries = 0; tries < kMet; ++tries) {
    Met& met = table[(key + tries) % kMet];
    std::uint64_t there = 0;
    if (met.key.compare_exchange_strong(there, key)) {
      met.index.store(index + 1);
      return std::nullopt;
    }
    if (there != key) continue;
    const std::uint32_t first = met.index.load();
    // Somebody writes it this very moment: then both are run.
    if (first == 0) return std::nullopt;
    return first - 1;
  }
  return std::nullopt;
}

void Ledger::write_diary(std::string_view text) {
  char* const diary = place<char>(kDiaryAt);
  const std::size_t size = std::min(text.size(), kDiary - 1);
  std::memcpy(diary, text.data(), size);
  diary[size] = '\0';
}

std::string Ledger::diary() const {
  return place<char>(kDiaryAt);
}

}  // namespace scenarios::explore
