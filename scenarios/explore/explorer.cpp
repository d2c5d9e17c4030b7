// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/explorer.h"

#include <algorithm>
#include <chrono>

#include "scenarios/engine/actions.h"
#include "scenarios/engine/command_line.h"
#include "scenarios/explore/branch.h"

namespace scenarios::explore {

using emulator::sim::FaultRule;

namespace {

/// How many second strikes a first one that was drawn is worth: what they share is run once.
constexpr double kSecondsEach = 4;

/// Of the board's time: more than twenty waits of ten minutes and the longest delays.
constexpr auto kNoEnd = std::chrono::hours(12);

}  // namespace

Explorer::Explorer(Stage& stage, const Survey& survey, const Wish& wish, Ledger& ledger,
                   Finished finished, Stopped stopped)
    : stage_(stage),
      survey_(survey),
      wish_(wish),
      ledger_(ledger),
      finished_(std::move(finished)),
      stopped_(std::move(stopped)),
      course_{.ledger = ledger,
              .survey = survey,
              .is_settled =
                  [this] {
                    return role_ == Role::settled && wish_.pruning == Pruning::on &&
                           stage_.machine().faults().unfired().empty();
                  },
              .all_struck = [this] { return list_.empty(); },
              .struck = [this]() -> const std::vector<Strike>& { return struck_; },
              .leave = [] {}},
      firsts_(count_wanted(wish, survey.places)),
      laters_(count_wanted({.kind = wish.kind, .points = wish.later_points, .deeds = wish.deeds},
                           survey.places)) {
  if (wish.kind == Kind::pairs) course_.most_strikes = 2;
  if (wish.kind == Kind::mixtures) course_.most_strikes = Wish::kMostInMixture;
  if (wish.kind == Kind::pairs && wish.amount) {
    const auto amount = static_cast<double>(*wish.amount);
    const auto firsts = static_cast<double>(firsts_);
    first_chance_ = std::min(1.0, amount / (kSecondsEach * firsts));
    second_chance_ =
        std::min(1.0, amount / (first_chance_ * firsts * static_cast<double>(laters_)));
  }
  stage_.machine().faults().stand_at(*this);
  keep_memory();
}

Explorer::~Explorer() {
  stage_.machine().faults().leave();
}

void Explorer::explore() {
  if (wish_.kind == Kind::mixtures) {
    run_mixtures();
  } else {
    run_update();
  }
  reap(0);
}

/// Histories that run at the same time read the same files, so they are written before.
void Explorer::write_files() {
  World& world = stage_.world();
  (void)engine::arguments_of(stage_.update(), world,
                             [&world](const std::string& name) -> base::Result<std::string> {
                               if (name.starts_with(engine::kImageMark))
                                 return world.image_file(name.substr(engine::kImageMark.size()));
                               if (name.starts_with(engine::kFileMark))
                                 return world.text_file(name.substr(engine::kFileMark.size()));
                               return name;
                             });
}

void Explorer::run_mixtures() {
  write_files();
  for (std::uint64_t i = 0; i < wish_.amount.value_or(0) && firsts_ > 0; ++i) {
    if (i % wish_.shard.count != wish_.shard.index - 1) continue;
    if (!branch({})) {
      if (stopped_early_) return;
      continue;
    }
    role_ = Role::mixture;
    random_ = emulator::sim::Random(emulator::sim::mixed(wish_.seed) + i);
    until_next_ = random_.below(firsts_);
    more_ = 1 + random_.below(Wish::kMostInMixture);
    run_update();
  }
}

void Explorer::tell(const std::vector<Strike>& strikes, const std::function<void()>& leave) {
  if (branch(strikes)) {
    struck_.clear();
    list_ = strikes;
    role_ = Role::listed;
    course_.tells_all = true;
    course_.most_strikes = std::max<std::size_t>(1, strikes.size());
    course_.leave = leave;
    run_update();
  }
  reap(0);
}

/// A branch does not come back from it.
void Explorer::run_update() {
  const engine::StepOutcome outcome = perform(stage_.update(), stage_.world());
  if (is_branch()) aftermath_->program_ended(outcome);
}

std::optional<FaultRule> Explorer::reached(FaultPoint point, std::uint64_t count) {
  if (aftermath_ != nullptr && stage_.took() > kNoEnd) aftermath_->program_hangs();
  if (goes_on_ && goes_on_->point == point) return rule_of(*goes_on_);
  const Strike place{.point = point,
                     .count = static_cast<std::uint32_t>(count - stage_.reached_before(point)),
                     .deed = {}};
  for (const Deed deed : deeds_at(point)) {
    if (disturbance_of(deed) && !stage_.world().host().program_runs()) continue;
    const Strike here{.point = place.point, .count = place.count, .deed = deed};
    const Role before = role_;
    std::optional<FaultRule> rule;
    switch (role_) {
      case Role::trunk:
        rule = at_trunk(here);
        break;
      case Role::second:
        rule = at_second(here);
        break;
      case Role::mixture:
        rule = at_mixture(here);
        break;
      case Role::listed:
        rule = at_listed(here);
        break;
      case Role::settled:
        return std::nullopt;
    }
    const bool has_struck = !struck_.empty() && struck_.back() == here;
    if (rule || has_struck || role_ != before) return rule;
  }
  return std::nullopt;
}

std::optional<FaultRule> Explorer::at_trunk(const Strike& here) {
  if (stopped_early_ || !wants(wish_, here, phase())) return std::nullopt;
  if (wanted_++ % wish_.shard.count != wish_.shard.index - 1) return std::nullopt;
  if (wish_.kind == Kind::pairs && !drawn(wish_.seed, here, nullptr, first_chance_))
    return std::nullopt;
  if (!branch({here})) return std::nullopt;
  role_ = wish_.kind == Kind::pairs ? Role::second : Role::settled;
  return strike(here);
}

std::optional<FaultRule> Explorer::at_second(const Strike& here) {
  if (!wants_later(wish_, here) || !drawn(wish_.seed, struck_.front(), &here, second_chance_))
    return std::nullopt;
  if (!branch({struck_.front(), here})) return std::nullopt;
  role_ = Role::settled;
  return strike(here);
}

std::optional<FaultRule> Explorer::at_mixture(const Strike& here) {
  const bool first = struck_.empty();
  if (first ? !wants(wish_, here, phase()) : !wants_later(wish_, here)) return std::nullopt;
  if (until_next_-- > 0) return std::nullopt;
  until_next_ = random_.below(laters_);
  struck_.push_back(here);
  if (first) ledger_.at(course_.record).phase = phase();
  if (--more_ == 0) role_ = Role::settled;
  return strike(here);
}

std::optional<FaultRule> Explorer::at_listed(const Strike& here) {
  if (list_.empty() || list_.front() != here) return std::nullopt;
  list_.erase(list_.begin());
  struck_.push_back(here);
  return strike(here);
}

/// What the invariants go by.
void Explorer::note_before(const Strike& strike) {
  using emulator::firmware::SessionState;
  const SessionState now = phase();
  const bool writes = now == SessionState::committing || now == SessionState::committed;
  if (writes || strike.point == FaultPoint::boot) course_.spares_code = false;
  if (takes_all_power(strike.deed) && survey_.before.failed_tries > 0)
    course_.failed_tries = failed_tries(stage_.machine());
  if (strikes_on(strike.deed)) goes_on_ = strike;
}

std::optional<FaultRule> Explorer::strike(const Strike& strike) {
  note_before(strike);
  if (const auto disturbance = disturbance_of(strike.deed)) {
    stage_.world().host().befall(*disturbance);
    return std::nullopt;
  }
  return rule_of(strike);
}

/// True on the new branch, whose strikes these are.
bool Explorer::branch(const std::vector<Strike>& strikes) {
  stopped_early_ = stopped_early_ || stopped_();
  if (stopped_early_) return false;
  const auto record = ledger_.begin();
  if (record) {
    ledger_.at(*record).list_is(strikes);
    ledger_.at(*record).phase = is_branch() ? ledger_.at(course_.record).phase : phase();
  }
  const Fork fork = record ? branch_off() : Fork{};
  if (fork.side == Side::failed) {
    ++lost_;
    return false;
  }
  if (fork.side == Side::trunk) {
    running_.push_back({.id = fork.id, .record = *record});
    reap(is_branch() ? 0 : wish_.jobs - 1);
    return false;
  }
  running_.clear();
  struck_ = strikes;
  course_.record = *record;
  // On a branch of a branch somebody is already in the middle of it, and goes on.
  if (aftermath_ == nullptr) aftermath_ = std::make_unique<Aftermath>(stage_, course_);
  stage_.world().host().when_a_program_dies([this] { aftermath_->program_died(); });
  return true;
}

/// Waits until at most so many are left.
void Explorer::reap(std::size_t at_most) {
  while (running_.size() > at_most) {
    const Running oldest = running_.front();
    running_.erase(running_.begin());
    Record& record = ledger_.at(oldest.record);
    if (!ended_well(oldest.id)) {
      record.ending = Ending::violation;
      record.broken = Rule::runs;
      record.say("the process that lived through it broke, or did not end");
    }
    if (!is_branch() && finished_) finished_(record);
  }
}

}  // namespace scenarios::explore
