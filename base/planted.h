// SPDX-License-Identifier: BSD-3-Clause
// Bugs that are put in on purpose, so that mesim explore can be seen to find each. They exist in
// the preset `planted` alone, where MEBENCH_PLANTED names the one that bites; anywhere else
// planted() is a constant, and no compiled file holds anything of them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace base {

// clang-format off
#define MEBENCH_PLANTED_BUGS_LIST(BUG)                                                            \
  BUG(header_before_body,          "code boots once its header is there, which is written first") \
  BUG(hash_skipped,                "END does not check the hashes of what was staged")            \
  BUG(recovery_erased_first,       "the commit borrows a sector of the recovery code")            \
  BUG(code_erased_before_verified, "the running code is erased while END still verifies")         \
  BUG(credit_kept_over_link_reset, "a credit from before a reset of the link counts as granted")  \
  BUG(credit_kept_over_disconnect, "the ME keeps the host's credits over a disconnect")           \
  BUG(stale_session_after_reboot,  "an update session is still open after the ME restarted")      \
  BUG(settings_in_erased_range,    "the commit erases the settings, and writes them at its end")  \
  BUG(settings_in_one_place,       "settings are erased before they are written anew")             \
  BUG(torn_erase_not_mirrored,     "an erase that is torn does not reach the state file")         \
  BUG(failed_tries_not_persisted,  "the TPM's count of failed tries is lost with the power")      \
  BUG(recovery_not_tried,          "code that does not hold halts the boot")                      \
  BUG(recovery_refuses_update,     "recovery code heeds the rules of the operational code")       \
  BUG(success_before_commit,       "exit 0 once END was accepted, whatever the commit does")      \
  BUG(end_refusal_ignored,         "exit 0 although END was refused")                             \
  BUG(resume_at_wrong_offset,      "a block that was lost on its way to the TPM is skipped")      \
  BUG(resumes_without_limit,       "a TPM that takes no block is asked for ever")                 \
  BUG(option_dropped,              "the printed command lacks --owner-well-known")                \
  BUG(unchanged_while_busy,        "\"unchanged\" is said of a device that still works")          \
  BUG(secret_on_screen,            "the printed command shows the owner's passphrase")
// clang-format on

#define MEBENCH_NAME(name, ...) name,
enum class PlantedBug : std::uint8_t { MEBENCH_PLANTED_BUGS_LIST(MEBENCH_NAME) };
#undef MEBENCH_NAME

#ifdef MEBENCH_PLANTED_BUGS
inline constexpr bool kPlantedBugs = true;
/// Whether this one was chosen. A name that is none ends the program.
bool planted(PlantedBug bug);
#else
inline constexpr bool kPlantedBugs = false;
constexpr bool planted(PlantedBug) {
  return false;
}
#endif

}  // namespace base
