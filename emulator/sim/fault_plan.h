// SPDX-License-Identifier: BSD-3-Clause
// Faults to come: at the n-th time the machine reaches a named point, something goes wrong, and
// that it did is recorded.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/trace.h"

namespace emulator::sim {

/// Where a fault can strike. Chips report reaching a point; each kind of point counts from 1.
enum class FaultPoint : std::uint8_t {
  flash_program,    ///< a page-program operation
  flash_erase,      ///< a sector-erase operation
  flash_operation,  ///< either
  host_message,     ///< a whole message from the host has arrived at the ME
  fwu_start,        ///< FWU START has arrived
  fwu_data,         ///< FWU DATA has arrived
  fwu_end,          ///< FWU END has arrived
  link_reset,       ///< the host has reset the link
  boot,             ///< the ME begins to boot
  tpm_command,      ///< the TPM begins to work on a command
};
inline constexpr std::size_t kFaultPointCount = 10;

enum class FaultAction : std::uint8_t {
  power_cut_before,  ///< power is lost before the operation begins
  power_cut_inside,  ///< power is lost in the middle of it: it is torn (flash), or unanswered
                     ///< (messages)
  power_cut_after,   ///< power is lost once it is done, before anyone is told
  me_reset,          ///< the ME resets itself; the host stays up
  fail,              ///< flash: the operation fails; messages: refused
  ignore,            ///< the ME drops it and says nothing
  delay,             ///< it takes `delay` longer
  twice,             ///< a driver sends it again before it was answered (fwu_start, _data, _end)
};
inline constexpr std::size_t kFaultActionCount = 8;

const char* name(FaultPoint point);
const char* name(FaultAction action);
std::optional<FaultPoint> parse_fault_point(std::string_view text);
std::optional<FaultAction> parse_fault_action(std::string_view text);

struct FaultRule {
  FaultPoint point = FaultPoint::flash_operation;
  std::uint32_t occurrence = 1;  ///< counted from the moment the rule was armed
  FaultAction action = FaultAction::fail;
  base::Duration delay{};    ///< FaultAction::delay only
  std::uint32_t repeat = 1;  ///< strikes on this many occurrences in a row
  /// FaultAction::fail of an FWU message only: the number it is refused with; 0: 8707, an internal
  /// error.
  std::uint32_t status = 0;
};

/// What does not go together in a rule: of which of its values, and why.
struct FaultObjection {
  const char* key;
  const char* what;
};
/// Nothing: the rule can strike.
std::optional<FaultObjection> objection(const FaultRule& rule);

class FaultPlan {
 public:
  explicit FaultPlan(Trace& trace) : trace_(trace) {}

  void arm(const FaultRule& rule) { armed_.push_back({.rule = rule, .seen = 0, .fired = 0}); }
  void disarm_all() { armed_.clear(); }

  /// A chip says it is at `point`; the answer is what must go wrong there, if anything.
  std::optional<FaultRule> reach(FaultPoint point);

  /// Rules that never struck: a scenario that armed one of these has proved nothing.
  std::vector<FaultRule> unfired() const;
  /// How often `point` was reached since power was first applied.
  std::uint64_t reached(FaultPoint point) const {
    return reached_[static_cast<std::size_t>(point)];
  }

  void serialize(Archive& a);

 private:
  struct Armed {
    FaultRule rule;
    std::uint32_t seen = 0;
    std::uint32_t fired = 0;
  };
  Trace& trace_;
  std::vector<Armed> armed_;
  std::uint64_t reached_[kFaultPointCount] = {};
};

}  // namespace emulator::sim
