// SPDX-License-Identifier: BSD-3-Clause
// How one interrupted update ended, in a fixed number of bytes: the process that lived through it
// writes this into memory that it shares with the explorer, and is gone.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "emulator/firmware/update_session.h"
#include "scenarios/explore/strike.h"

namespace scenarios::explore {

enum class Ending : std::uint8_t {
  never_struck,  ///< it was to be struck, and its moment did not come
  updated,       ///< it runs the new code
  unchanged,     ///< it runs the old code, and that was said
  met,           ///< power went, and what survives that was met before: not run twice
  violation,
};
inline constexpr std::size_t kEndingCount = 5;
const char* name(Ending ending);

/// The invariants.
enum class Rule : std::uint8_t {
  none,
  boots,     ///< operational or recovery, after every loss of power
  whole,     ///< code that runs is the old or the new, every byte of it
  way_home,  ///< whoever follows the words ends with an updated or an unchanged board
  truth,     ///< what was printed is true
  settings,  ///< they are what they were, or what an undisturbed update leaves
  tpm,       ///< so are its owner, keys, NV areas and counters
  secret,    ///< none was printed
  story,     ///< what the story adds
  runs,      ///< the program neither breaks nor hangs
  kept,      ///< what strikes before the commit costs no code that runs
  arrives,   ///< what only loses or delays something keeps no update from going through
  credits,   ///< neither side sends what the other has no room for, or never may
  mirror,    ///< whoever keeps the flash in a file is told of every change
};
inline constexpr std::size_t kRuleCount = 14;
const char* name(Rule rule);
/// For people: "the code that runs is the old or the new one, every byte of it".
const char* words(Rule rule);

struct alignas(8) Record {
  static constexpr std::size_t kMostStrikes = 8;

  Ending ending = Ending::never_struck;
  Rule broken = Rule::none;
  std::uint8_t strike_count = 0;
  std::uint8_t runs = 0;                     ///< of the updater after the first strike
  emulator::firmware::SessionState phase{};  ///< of the update when it was struck first
  std::uint32_t same_as = 0;                 ///< Ending::met: the record of the one it equals
  std::array<Strike, kMostStrikes> strikes{};
  std::array<char, 160> what{};  ///< of a violation, cut off where it is longer

  void say(std::string_view text);
  std::string said() const { return what.data(); }
  std::vector<Strike> list() const { return {strikes.begin(), strikes.begin() + strike_count}; }
  void list_is(const std::vector<Strike>& list);
};
static_assert(std::is_trivially_copyable_v<Record>);

}  // namespace scenarios::explore
