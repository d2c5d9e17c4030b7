// SPDX-License-Identifier: BSD-3-Clause
// The firmware status words, HFS1 to HFS6, of the engines that came after those this project
// simulates: PCI configuration space 40, 48, 60, 64, 68, 6C of the HECI function. Bits: coreboot
// (bd82x6x, lynxpoint, skylake, cse), Slim Bootloader HeciRegs.h, fwupd fu-mei. The words of
// firmware 2 to 5 are documented nowhere, and are not explained.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/registers.h"
#include "protocol/heci/status_layout.h"

namespace protocol::heci {

inline constexpr std::size_t kMostStatusWords = 6;

/// HFS1.
struct Hfs1 {
  static constexpr base::Field<Hfs1, 3, 0> state{};
  static constexpr base::Field<Hfs1, 4> manufacturing{};  ///< from 15 on: flash protection is off
  static constexpr base::Field<Hfs1, 5> bad_partition_table{};
  static constexpr base::Field<Hfs1, 8, 6> operation{};
  static constexpr base::Field<Hfs1, 9> init_complete{};
  static constexpr base::Field<Hfs1, 10> bring_up_load_failure{};
  static constexpr base::Field<Hfs1, 11> update_in_progress{};
  static constexpr base::Field<Hfs1, 15, 12> error{};
  static constexpr base::Field<Hfs1, 19, 16> mode{};
  static constexpr base::Field<Hfs1, 23, 20> resets{};  ///< from 11 on
  static constexpr base::Field<Hfs1, 29, 28> power{};   ///< from 11 on: 1 mains, 2 battery
  static constexpr base::Field<Hfs1, 31, 28> memory{};  ///< to 10: 1 once memory is set up
  static constexpr base::Field<Hfs1, 31> idle_state{};  ///< from 11 on: D0i3 is supported
};

/// HFS2.
struct Hfs2 {
  static constexpr base::Field<Hfs2, 0> second_code_failure{};  ///< from 11 on: NFTP not loaded
  static constexpr base::Field<Hfs2, 2, 1> clock_control{};     ///< ICC, as MEInfo calls it
  static constexpr base::Field<Hfs2, 6> file_system_failure{};
  static constexpr base::Field<Hfs2, 11> parts_need_update{};
  static constexpr base::Field<Hfs2, 23, 16> phase_state{};
  static constexpr base::Field<Hfs2, 27, 24> power_event{};
  static constexpr base::Field<Hfs2, 31, 28> phase{};
};

/// HFS3, from 9 on; the fields from 12 on.
struct Hfs3 {
  static constexpr base::Field<Hfs3, 6, 4> product{};  ///< 2 consumer, 3 corporate, 5 lite
};

/// HFS6, from 9 on; the fields from 12 on.
struct Hfs6 {
  static constexpr base::Field<Hfs6, 21> manufacturing_lock{};  ///< from 16 on
  static constexpr base::Field<Hfs6, 28> boot_guard_off{};
  static constexpr base::Field<Hfs6, 30> fuses_locked{};
};

/// The layout of `words`, from the firmware's major version; 0: it is not known, and the words
/// themselves tell as far as they do.
StatusLayout status_layout(std::span<const std::uint32_t> words, std::uint16_t generation);

/// How the engine runs. A value that no document names keeps its number and has no word.
struct FirmwareStatus {
  StatusLayout layout = StatusLayout::undocumented;
  std::vector<std::uint32_t> words;

  base::Register32<Hfs1> first() const { return base::Register32<Hfs1>(words[0]); }
  std::optional<base::Register32<Hfs2>> second() const;
  std::optional<base::Register32<Hfs3>> third() const;  ///< where its bits are known
  std::optional<base::Register32<Hfs6>> sixth() const;  ///< where its bits are known

  bool documented() const { return layout != StatusLayout::undocumented; }
  /// Several words, and all of them 0: no engine in use shows that.
  bool shows_nothing() const;
  /// Whether the board was left as it is while it is made; nothing where the words do not tell.
  std::optional<bool> manufacturing() const;

  // Words, null where no document has one; all of them need documented().
  const char* state_words() const;
  const char* operation_words() const;
  const char* error_words() const;
  const char* mode_words() const;
  const char* phase_words() const;
  const char* phase_state_words() const;
  const char* power_event_words() const;
  const char* product_words() const;
};

/// Of HFS1[3:0].
enum class WorkingState : std::uint8_t {
  reset,
  initialising,
  recovery,
  test,
  disabled,
  normal,
  disable_wait,
  transition,
  invalid_cpu,
  halt = 0xE,
};
/// Of HFS1[15:12].
enum class StatusError : std::uint8_t { none, uncategorised, disabled, image_failure, debug };
/// Of HFS1[19:16].
enum class OperationMode : std::uint8_t {
  normal = 0,
  alternate_disable = 2,  ///< debug, or the alternate disable mode (HAP)
  soft_disable = 3,
  jumper = 4,
  override_message = 5,
  enhanced_debug = 7,  ///< from 11 on
  server = 0xF,        ///< SPS to 4
};

/// `words`: one to six. More are left out. Nothing where there is none.
std::optional<FirmwareStatus> read_status(std::span<const std::uint32_t> words,
                                          std::uint16_t generation);

}  // namespace protocol::heci
