// SPDX-License-Identifier: BSD-3-Clause
// Faults to come: at the n-th time the machine reaches a named point, something goes wrong, and
// that it did is recorded.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/fault_kinds.h"
#include "emulator/sim/trace.h"

namespace emulator::sim {

/// FaultRule::chance of a rule that strikes wherever it may.
inline constexpr std::uint32_t kCertain = 100;

struct FaultRule {
  FaultPoint point = FaultPoint::flash_operation;
  std::uint32_t occurrence = 1;  ///< counted from the moment the rule was armed
  FaultAction action = FaultAction::fail;
  base::Duration delay{};    ///< FaultAction::delay only
  std::uint32_t repeat = 1;  ///< strikes on this many occurrences in a row
  /// FaultAction::fail of an FWU message: the number it is refused with; 0: 8707, an internal
  /// error. Of a TPM command: the return code; 0: TPM_FAIL.
  std::uint32_t status = 0;
  /// In a hundred: at each occurrence it may strike on, it does with this probability. Which ones
  /// is the plan's seed's to say. 1 to 100.
  std::uint32_t chance = kCertain;
  /// FaultAction::flip_bits only: how many, and between which addresses of the flash (`to` is not
  /// among them; 0: its end). Which ones is the plan's seed's to say.
  std::uint32_t bits = 1;
  std::uint32_t from = 0;
  std::uint32_t to = 0;

  auto operator<=>(const FaultRule&) const = default;
};

/// All that a rule says, for keys and messages: "fwu_data 3 fail 0 1 8707 100 1 0 0", in the order
/// of its members, the delay in nanoseconds. Two rules have one text exactly when they are equal.
std::string to_text(const FaultRule& rule);

/// What does not go together in a rule: of which of its values, and why.
struct FaultObjection {
  const char* key;
  const char* what;
};
/// Nothing: the rule can strike.
std::optional<FaultObjection> objection(const FaultRule& rule);
/// Whether the action takes FaultRule::delay.
bool takes_delay(FaultAction action);
/// Whether the action takes FaultRule::bits, from and to.
bool takes_bits(FaultAction action);

/// Tells armed rules apart, equal ones too; it is of this plan, and of those restored from it.
enum class FaultId : std::uint32_t {};

struct ArmedFault {
  FaultId id{};
  FaultRule rule;
};

/// Somebody who is asked at every point what is to go wrong there, before anything that is armed:
/// whoever explores a history decides on the spot.
class Crossroads {
 public:
  virtual ~Crossroads() = default;
  /// `count`: how often `point` was reached since power was first applied, this time included.
  virtual std::optional<FaultRule> reached(FaultPoint point, std::uint64_t count) = 0;
};

class FaultPlan {
 public:
  explicit FaultPlan(Trace& trace, std::uint64_t seed = 1) : trace_(trace), seed_(seed) {}

  FaultId arm(const FaultRule& rule);
  void disarm_all() { armed_.clear(); }
  /// Asked from now on; not saved. It outlives the plan, or is taken away with leave().
  void stand_at(Crossroads& crossroads) { crossroads_ = &crossroads; }
  void leave() { crossroads_ = nullptr; }

  /// A chip says it is at `point`; the answer is what must go wrong there, if anything.
  std::optional<FaultRule> reach(FaultPoint point);

  std::uint64_t seed() const { return seed_; }

  /// Rules that never struck: a scenario that armed one of these has proved nothing.
  std::vector<ArmedFault> unfired() const;
  /// How often `point` was reached since power was first applied.
  std::uint64_t reached(FaultPoint point) const {
    return reached_[static_cast<std::size_t>(point)];
  }

  void serialize(Archive& a);

 private:
  struct Armed {
    FaultId id{};
    FaultRule rule;
    std::uint32_t seen = 0;
    std::uint32_t fired = 0;
  };
  bool strikes(const Armed& armed) const;

  Trace& trace_;
  std::uint64_t seed_;
  Crossroads* crossroads_ = nullptr;
  std::vector<Armed> armed_;
  std::uint32_t ever_armed_ = 0;  ///< the next one's id
  std::uint64_t reached_[kFaultPointCount] = {};
};

}  // namespace emulator::sim
