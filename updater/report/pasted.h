// SPDX-License-Identifier: BSD-3-Clause
// Numbers as people paste them: "Error 8721", "(8721)", "0x2211", "fw status = 94000242 ...", whole
// lines of a tool. Which number is meant depends on what stands around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace updater::report {

enum class SaidAs : std::uint8_t {
  bare,         ///< nothing stands around it
  error,        ///< behind a word for an error, or in brackets
  exit_status,  ///< behind "exit status" or the like
  hexadecimal,
};
/// Whose words stand in its line, or in those before it.
enum class SaidBy : std::uint8_t { nobody, flash_tool, other_tool };

struct SaidNumber {
  std::uint32_t value = 0;
  SaidAs as = SaidAs::bare;
  SaidBy by = SaidBy::nobody;
};

/// What the text tells about a board beside its numbers.
enum class Sign : std::uint8_t {
  none,
  local_update_disabled,
  other_major_version,  ///< image and board
  nonsense_version,
  image_cleaned,
  version_missing,  ///< 0.0.0.0, N/A
  recovery,
  image_failure,
  alternate_disable,
  jumper,
  halted,
  server_firmware,  ///< SPS
  status_all_zero,
  manufacturing,
  file_system_damaged,
  driver_out_of_turn,     ///< the engine answered what Linux did not ask
  driver_saw_restart,     ///< the engine was ready and is not any more
  connect_unanswered,     ///< Linux', of a client
  driver_reset_link,      ///< while it was in use; the reason is not there
  driver_has_disabled,    ///< the driver's own state of the engine
  driver_not_ready,       ///< Linux waited for the engine
  driver_gave_up,         ///< after link resets that the engine began
  driver_start_failed,    ///< no more than that: the reason is not there
  no_interface,           ///< Linux found no engine that it could speak with
  version_in_older_form,  ///< Linux cannot read the version that the engine tells
  waits_for_its_end,      ///< MEInfo's "Disabled and waiting to timeout"
  switches_off,           ///< half an hour after it was switched on
  tpm_inactive,
  tpm_disabled,
  bios_cannot_reach,   ///< the BIOS says that it got no answer, or an error, from the engine
  unconfiguring,       ///< MEBx un-configures, at every start
  write_lock_failed,   ///< the BIOS says that it could not open the engine's region
  windows_code_10,     ///< Windows' driver got no answer: device manager, event log
  wants_newer,         ///< the BIOS finds the engine's firmware too old for itself
  bios_update_failed,  ///< the BIOS's own update of the engine
  wrong_processor,     ///< the engine's firmware does not allow this processor on this chipset
  hangs_in_bring_up,   ///< of the status words: an error, and it never came further
  not_run_on_reboot,   ///< fwupd's: the program that writes did not, or wrote nothing new
  too_old_for_hsi,     ///< fwupd's: the version has known holes
  tpm_comes_and_goes,
  tpm_silent,  ///< Linux could not speak with it
};

struct Pasted {
  std::vector<SaidNumber> numbers;  ///< as they stand, each once
  std::vector<std::uint32_t> status_words;
  std::vector<Sign> signs;
  /// Of the tool or the firmware, from a version in the text; 0: none is told.
  std::uint16_t generation = 0;
  /// Whether it is that one or a later one: no version tells which.
  bool or_later = false;
  std::string board_version;  ///< "7.1"; empty: not told
  std::string image_version;  ///< "8.1", perhaps guessed from a file's name; empty: not told

  bool has(Sign sign) const;
  bool has_number(std::uint32_t value) const;
  /// Whether a line names more than numbers: words for an error, a tool, a status.
  bool speaks = false;
};

/// `text`: any number of lines, at most a megabyte is looked at.
Pasted read_pasted(std::string_view text);

/// The error number for which a tool's own words stand where it prints none (firmware 2); 0: none.
std::uint32_t number_of_words(std::string_view line);
/// The sign that a line gives, in whichever tool's words; `Sign::none`: it gives none.
Sign sign_of(std::string_view line);

}  // namespace updater::report
