// SPDX-License-Identifier: BSD-3-Clause
// Where faults can strike and what they can do: a new point or a new action is one line here (and
// a chip that reaches the point, or that does something of its own about the action). Saved
// machines have their numbers: new ones go to the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace emulator::sim {

/// What is carried over a point.
enum class Carries : std::uint8_t {
  nothing,
  update_message,  ///< of the FWU protocol: it can come twice, and be refused with a number
  me_message,      ///< it can come twice, and be damaged on the way
  start,           ///< of the ME: it can hang for good
  flash_work,      ///< it can be torn in more ways than one, and be told of that was never done
  tpm_command,     ///< it can be refused with a return code
  bus_message,     ///< a host bus message: it can be answered twice
  rest,            ///< nothing, for a while without power: bits of the flash can flip
  interrupt,       ///< of the ME, in its registers: it can be lost, late, or come without a cause
  doorbell,        ///< the host's interrupt to the ME: likewise
  interrupt_message,  ///< on the host's bus: it is lost, or comes twice
  store,  ///< of the TPM: its partition can be refused while the rest of the flash works
};

// clang-format off
/// Chips report reaching a point; each kind of point counts from 1.
#define MEBENCH_FAULT_POINTS(POINT)                                                      \
  POINT(flash_program,   flash_work,     "a page-program operation")                     \
  POINT(flash_erase,     flash_work,     "a sector-erase operation")                     \
  POINT(flash_operation, flash_work,     "either")                                       \
  POINT(host_message,    nothing,        "a whole message from the host is at the ME")   \
  POINT(fwu_start,       update_message, "FWU START has arrived")                        \
  POINT(fwu_data,        update_message, "FWU DATA has arrived")                         \
  POINT(fwu_end,         update_message, "FWU END has arrived")                          \
  POINT(link_reset,      nothing,        "the host has reset the link")                  \
  POINT(boot,            start,          "the ME begins to boot")                        \
  POINT(tpm_command,     tpm_command,    "the TPM begins to work on a command")          \
  POINT(me_message,      me_message,     "a message from the ME is about to leave it")  \
  POINT(hbm_message,     bus_message,    "a host bus message (HBM) is at the ME")        \
  POINT(power_on,        rest,           "power comes after a time without any")         \
  POINT(me_interrupt,    interrupt,      "the ME is about to interrupt the host (H_IS)") \
  POINT(doorbell,        doorbell,       "the host has interrupted the ME (H_IG)")       \
  POINT(msi,             interrupt_message, "an MSI is about to reach the host")         \
  POINT(tpm_store,       store,          "the TPM is about to store what it keeps")
// clang-format on

/// What becomes of the operation that is struck. Chips act on this, not on the action's name.
enum class Blow : std::uint8_t {
  loss,        ///< power is lost, or the ME resets itself
  failure,     ///< flash: it fails; messages: refused
  silence,     ///< it is dropped, and nobody is told
  delay,       ///< it takes longer
  repetition,  ///< it comes twice: a driver sends it again before it was answered
  pretence,    ///< flash: it is told of as done, and nothing was
  corruption,  ///< a message to the host: all bits of its first byte are inverted
  truncation,  ///< a message to the host: its second half is missing
  latch,       ///< a boot: it hangs, and so does each later one until all power has been away
  decay,       ///< flash at rest: bits flip
  adhesion,    ///< flash: it is done but for one bit, and told of as done
  runaway,     ///< the ME's write pointer jumps past what its ring holds
  eviction,    ///< TPM: all authorisation sessions are gone
  lockout,     ///< TPM: a lockout begins, as after too many failed tries
};

/// What is lost with Blow::loss; the host stays up when it is the ME alone.
enum class Loss : std::uint8_t { power, me };

/// When in the operation it is lost.
enum class Moment : std::uint8_t {
  before,    ///< it does not begin
  inside,    ///< in the middle: it is torn (flash), or unanswered (messages)
  after,     ///< it is done, and nobody has been told
  nearly,    ///< flash: all but its last word is done
  garbled,   ///< flash: what it covers holds anything
  unstable,  ///< flash: what it covers reads differently each time, until it is erased
};

// clang-format off
#define MEBENCH_FAULT_ACTIONS(ACTION)                                                    \
  ACTION(power_cut_before, loss,       power, before)                                    \
  ACTION(power_cut_inside, loss,       power, inside)                                    \
  ACTION(power_cut_after,  loss,       power, after)                                     \
  ACTION(me_reset,         loss,       me,    before)                                    \
  ACTION(fail,             failure,    power, before)                                    \
  ACTION(ignore,           silence,    power, before)                                    \
  ACTION(delay,            delay,      power, before)                                    \
  ACTION(twice,            repetition, power, before)                                    \
  ACTION(power_cut_nearly, loss,       power, nearly)                                    \
  ACTION(power_cut_garbled, loss,      power, garbled)                                   \
  ACTION(lie,              pretence,   power, before)                                    \
  ACTION(corrupt,          corruption, power, before)                                    \
  ACTION(truncate,         truncation, power, before)                                    \
  ACTION(stick,            latch,      power, before)                                    \
  ACTION(flip_bits,        decay,      power, before)                                    \
  ACTION(power_cut_unstable, loss,     power, unstable)                                  \
  ACTION(stick_bit,        adhesion,   power, before)                                    \
  ACTION(wild_pointer,     runaway,    power, before)                                    \
  ACTION(evict_session,    eviction,   power, before)                                    \
  ACTION(lock_out,         lockout,    power, before)
// clang-format on

#define MEBENCH_NAME(name, ...) name,
enum class FaultPoint : std::uint8_t { MEBENCH_FAULT_POINTS(MEBENCH_NAME) };
enum class FaultAction : std::uint8_t { MEBENCH_FAULT_ACTIONS(MEBENCH_NAME) };
#undef MEBENCH_NAME

#define MEBENCH_ONE(...) +1
inline constexpr std::size_t kFaultPointCount = 0 MEBENCH_FAULT_POINTS(MEBENCH_ONE);
inline constexpr std::size_t kFaultActionCount = 0 MEBENCH_FAULT_ACTIONS(MEBENCH_ONE);
#undef MEBENCH_ONE

struct FaultPointRow {
  FaultPoint point;
  const char* name;
  Carries carries;
  const char* meaning;
};
struct FaultActionRow {
  FaultAction action;
  const char* name;
  Blow blow;
  Loss loss;      ///< of Blow::loss
  Moment moment;  ///< of Blow::loss
};
const FaultPointRow& row_of(FaultPoint point);
const FaultActionRow& row_of(FaultAction action);

const char* name(FaultPoint point);
const char* name(FaultAction action);
std::optional<FaultPoint> parse_fault_point(std::string_view text);
std::optional<FaultAction> parse_fault_action(std::string_view text);

}  // namespace emulator::sim
