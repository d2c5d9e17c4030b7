// SPDX-License-Identifier: BSD-3-Clause
// Stands at the crossroads of one undisturbed update and takes every other road: at each point a
// process branches off for each thing that can strike there, lives through what comes of it, and
// leaves a record.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "emulator/sim/random.h"
#include "scenarios/explore/aftermath.h"
#include "scenarios/explore/ledger.h"
#include "scenarios/explore/stage.h"
#include "scenarios/explore/survey.h"
#include "scenarios/explore/wish.h"

namespace scenarios::explore {

class Explorer final : public emulator::sim::Crossroads {
 public:
  /// Told of each record once its process is gone.
  using Finished = std::function<void(const Record&)>;
  /// Asked between two branches: true ends the exploration.
  using Stopped = std::function<bool()>;

  Explorer(Stage& stage, const Survey& survey, const Wish& wish, Ledger& ledger, Finished finished,
           Stopped stopped);
  ~Explorer() override;
  Explorer(const Explorer&) = delete;
  Explorer& operator=(const Explorer&) = delete;

  /// Runs the update, and everything that branches off.
  void explore();
  /// Runs it once in a branch, where these strike and nothing else; told in full.
  void tell(const std::vector<Strike>& strikes, const std::function<void()>& leave);

  std::optional<emulator::sim::FaultRule> reached(FaultPoint point, std::uint64_t count) override;

  /// Records that are no histories of their own: there was no more room, or no process.
  std::size_t lost() const { return lost_; }
  bool was_stopped() const { return stopped_early_; }

 private:
  enum class Role : std::uint8_t {
    trunk,    ///< undisturbed; branches off for each first strike
    second,   ///< struck once; branches off for second ones
    mixture,  ///< strikes by draw
    listed,   ///< strikes what is on its list
    settled,  ///< nothing more strikes
  };
  struct Running {
    int id = -1;
    std::uint32_t record = 0;
  };

  std::optional<emulator::sim::FaultRule> at_trunk(const Strike& strike);
  std::optional<emulator::sim::FaultRule> at_second(const Strike& strike);
  std::optional<emulator::sim::FaultRule> at_mixture(const Strike& strike);
  std::optional<emulator::sim::FaultRule> at_listed(const Strike& strike);

  void write_files();
  void run_mixtures();
  void run_update();
  bool branch(const std::vector<Strike>& strikes);
  std::optional<emulator::sim::FaultRule> strike(const Strike& strike);
  void note_before(const Strike& strike);
  void reap(std::size_t at_most);
  bool is_branch() const { return role_ != Role::trunk; }
  emulator::firmware::SessionState phase() {
    return stage_.machine().firmware().update_session().state();
  }

  Stage& stage_;
  const Survey& survey_;
  const Wish& wish_;
  Ledger& ledger_;
  Finished finished_;
  Stopped stopped_;

  Role role_ = Role::trunk;
  std::vector<Strike> struck_;
  std::optional<Strike> goes_on_;  ///< one that strikes_on()
  std::vector<Strike> list_;       ///< Role::listed: those to come, the next one first
  Course course_;
  std::unique_ptr<Aftermath> aftermath_;

  std::size_t wanted_ = 0;  ///< first strikes met so far
  std::size_t firsts_ = 0;  ///< that there are
  std::size_t laters_ = 0;  ///< strikes that may come later, in an undisturbed update
  double first_chance_ = 1;
  double second_chance_ = 1;
  emulator::sim::Random random_{1};
  std::uint64_t until_next_ = 0;  ///< Role::mixture: passes before the next strike
  std::size_t more_ = 0;          ///< Role::mixture: strikes to come

  std::vector<Running> running_;
  std::size_t lost_ = 0;
  bool stopped_early_ = false;
};

}  // namespace scenarios::explore
