// SPDX-License-Identifier: BSD-3-Clause
// Somebody in front of the machine who does what the updater's words say, and nothing else: waits
// when told to, takes the power away when told to, runs the command that is printed. Reads the text
// as it stands on the screen, and knows none of the program's tables.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/engine/world.h"

namespace scenarios::explore {

using engine::Meupdate;
using engine::World;

/// What words on the screen tell a person to do.
enum class Order { keep_power, wait_ten_minutes, cycle_power, restart_computer, run };

/// The orders of `text`, as they stand there. What stands behind "Is it the same then" counts where
/// the same text was on the screen `before`, and then instead of what stands in front of it.
std::vector<Order> orders_in(const std::string& text, const std::string& before = "");

/// It claims that the firmware is what it was, and stays so.
bool claims_unchanged(const std::string& text);

/// A refusal: its command has done nothing.
bool says_it_wrote_nothing(const std::string& text);

class Follower {
 public:
  /// `first` is the command that stopped, `screen` what it left there.
  Follower(World& world, Meupdate first, std::string screen)
      : world_(world), first_(std::move(first)), screen_(std::move(screen)) {}

  /// Is told of every screen that a command of this person leaves.
  void when_read(std::function<void(const std::string&)> read) { read_ = std::move(read); }

  /// Is told before each command of this person begins.
  void when_it_begins(std::function<void()> begins) { begins_ = std::move(begins); }

  /// The command died without a word of how to go on: it is run again, as it said before it wrote.
  void run_again() { obey(Order::run); }
  /// Does what the screen says until it says nothing more, or `most` things were done in all.
  void follow(int most);

  const std::string& screen() const { return screen_; }
  /// What is wrong with the orders themselves; empty: nothing.
  const std::string& complaint() const { return complaint_; }
  /// What was done, and what came of it.
  const std::string& diary() const { return diary_; }
  int steps() const { return steps_; }
  /// Of the command that was run last; nothing before one was.
  std::optional<int> last_exit() const { return last_exit_; }
  /// Something was to befall one of the runs, and its moment did not come.
  bool missed() const { return missed_; }

 private:
  void obey(Order order);
  void carry_out(Order order);
  void run();
  void cycle_power();
  void see_to_the_power();

  World& world_;
  const Meupdate first_;
  std::string screen_;
  std::string before_;
  std::string complaint_;
  std::string diary_;
  std::function<void(const std::string&)> read_;
  std::function<void()> begins_;
  bool keeps_power_ = false;
  int steps_ = 0;
  std::optional<int> last_exit_;
  bool missed_ = false;
};

}  // namespace scenarios::explore
