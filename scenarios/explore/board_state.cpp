// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/board_state.h"

#include <algorithm>
#include <array>

#include "base/promise.h"
#include "emulator/flash/parts.h"
#include "emulator/tpm/itpm.h"

namespace scenarios::explore {

using emulator::firmware::Extent;
using emulator::firmware::Layout;
using emulator::firmware::Settings;
using emulator::machine::Board;
using emulator::tpm::StateRecord;

namespace {

/// The contents of a flash, for who reads partitions: nothing is ever written through it.
class FlashContents final : public emulator::flash::Flash {
 public:
  explicit FlashContents(base::ByteView bytes) : bytes_(bytes) {}
  emulator::flash::Geometry geometry() const override {
    return {.size = static_cast<std::uint32_t>(bytes_.size()),
            .sector_size = emulator::flash::kSectorSize,
            .page_size = emulator::flash::kPageSize};
  }
  void read(std::uint32_t address, base::MutableByteView out) const override {
    const std::size_t begin = std::min<std::size_t>(address, bytes_.size());
    const std::size_t there = std::min(out.size(), bytes_.size() - begin);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(begin), there, out.begin());
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(there), out.end(), std::uint8_t{0xFF});
  }
  base::ByteView view(std::uint32_t address, std::uint32_t size) const override {
    return bytes_.subspan(address, size);
  }
  std::uint64_t last_change(std::uint32_t, std::uint32_t) const override { return 0; }
  void program(std::uint32_t, base::ByteView, emulator::flash::FlashListener&) override {
    MEBENCH_PROMISE(false, "whoever looks at a flash writes nothing");
  }
  void erase(std::uint32_t, emulator::flash::FlashListener&) override {
    MEBENCH_PROMISE(false, "whoever looks at a flash erases nothing");
  }
  bool busy() const override { return false; }
  void resume(emulator::flash::FlashListener&) override {}

 private:
  base::ByteView bytes_;
};

/// A TPM forgets failed tries while somebody waits; that it does not with the power is judged where
/// the power goes.
bool is_what_it_was(const StateRecord& now, const StateRecord& then) {
  return now.permanent == then.permanent && now.saved == then.saved &&
         now.failed_attempts <= then.failed_attempts && now.lockout == then.lockout;
}

bool is_what_it_was(const std::optional<StateRecord>& now, const std::optional<StateRecord>& then) {
  if (!now || !then) return !now && !then;
  return is_what_it_was(*now, *then);
}

}  // namespace

std::optional<Layout> layout_of(Board& board) {
  return emulator::firmware::find_layout(FlashContents(board.flash()));
}

base::ByteView partition(Board& board, const Extent& extent) {
  return board.flash().subspan(extent.base, extent.size);
}

BoardState state_of(Board& board, const Layout& layout) {
  const base::ByteView code = partition(board, layout.code);
  return {.boot = board.firmware().boot_path(),
          .version = board.firmware().running_version(),
          .code = base::Bytes(code.begin(), code.end()),
          .settings = board.firmware().settings(),
          .tpm = tpm_record(board, layout),
          .failed_tries = failed_tries(board)};
}

unsigned failed_tries(Board& board) {
  return board.itpm() == nullptr ? 0 : board.itpm()->status().failed_attempts;
}

std::optional<StateRecord> tpm_record(Board& board, const Layout& layout) {
  const std::uint32_t place = layout.tpm.size / 2;
  if (place == 0) return std::nullopt;
  const base::ByteView all = partition(board, layout.tpm);
  const std::array<base::ByteView, 2> copies = {all.first(place), all.subspan(place, place)};
  const auto newest = emulator::tpm::newest_copy(copies);
  if (!newest) return std::nullopt;
  return emulator::tpm::decode_state_record(copies.at(*newest));
}

bool is_either(const Settings& now, const Settings& before, const Settings& after) {
  Settings like = now;
  const auto [least, most] = std::minmax(before.override_counter, after.override_counter);
  if (now.override_counter < least || now.override_counter > most) return false;
  for (const Settings* wanted : {&before, &after}) {
    like.last_update_status = wanted->last_update_status;
    like.override_counter = wanted->override_counter;
    if (like == *wanted) return true;
  }
  return false;
}

bool is_either(const std::optional<StateRecord>& now, const std::optional<StateRecord>& before,
               const std::optional<StateRecord>& after) {
  return is_what_it_was(now, before) || is_what_it_was(now, after);
}

}  // namespace scenarios::explore
