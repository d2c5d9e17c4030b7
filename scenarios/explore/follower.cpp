// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/follower.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/lines.h"
#include "scenarios/engine/actions.h"

namespace scenarios::explore {

using engine::Power;
using engine::PowerAction;
using engine::StepOutcome;

namespace {

struct Phrase {
  const char* words;
  Order order;
};
constexpr std::array kPhrases = {
    Phrase{"power on until an update has gone through", Order::keep_power},
    Phrase{"wait ten minutes", Order::wait_ten_minutes},
    Phrase{"ake the power away for half a minute", Order::cycle_power},
    Phrase{"estart the computer", Order::restart_computer},
    Phrase{"Run the same command again", Order::run},
};

/// The orders of one line, in the order of its words.
std::vector<Order> orders_of_line(const std::string& line) {
  std::vector<std::pair<std::size_t, Order>> found;
  for (const Phrase& phrase : kPhrases) {
    const std::size_t at = line.find(phrase.words);
    if (at != std::string::npos) found.emplace_back(at, phrase.order);
  }
  std::sort(found.begin(), found.end());
  std::vector<Order> orders;
  for (const auto& [at, order] : found) orders.push_back(order);
  return orders;
}

void append(std::vector<Order>& orders, const std::vector<Order>& more) {
  orders.insert(orders.end(), more.begin(), more.end());
}

const char* words(Order order) {
  switch (order) {
    case Order::keep_power:
      return "keeps the power on";
    case Order::wait_ten_minutes:
      return "waits ten minutes";
    case Order::cycle_power:
      return "takes the power away";
    case Order::restart_computer:
      return "restarts the computer";
    case Order::run:
      return "runs the command";
  }
  return "";
}

constexpr const char* kCondition = "Is it the same then";
constexpr auto kBoot = std::chrono::seconds(20);

}  // namespace

std::vector<Order> orders_in(const std::string& text, const std::string& before) {
  std::vector<Order> at_once;
  std::vector<Order> in_the_end;
  bool has_command = false;
  const std::vector<std::string> lines = base::lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t condition = lines[i].find(kCondition);
    append(at_once, orders_of_line(lines[i].substr(0, condition)));
    if (condition != std::string::npos)
      append(in_the_end, orders_of_line(lines[i].substr(condition)));
    has_command = has_command || lines[i] == "To continue, run:";
  }
  std::vector<Order> orders = !in_the_end.empty() && text == before ? in_the_end : at_once;
  const bool runs = std::find(orders.begin(), orders.end(), Order::run) != orders.end();
  if (has_command && !runs) orders.push_back(Order::run);
  return orders;
}

bool claims_unchanged(const std::string& text) {
  return text.find("was not changed") != std::string::npos ||
         text.find("othing was changed") != std::string::npos ||
         text.find("nothing else was changed") != std::string::npos;
}

bool says_it_wrote_nothing(const std::string& text) {
  return text.find("Nothing was written.") != std::string::npos;
}

void Follower::follow(int most) {
  while (complaint_.empty() && steps_ < most) {
    const std::vector<Order> orders = orders_in(screen_, before_);
    const bool only_care = std::all_of(orders.begin(), orders.end(),
                                       [](Order order) { return order == Order::keep_power; });
    if (only_care) return;
    for (const Order order : orders) {
      if (complaint_.empty()) obey(order);
    }
    if (std::find(orders.begin(), orders.end(), Order::run) != orders.end()) continue;
    // Nothing new is on the screen. A refusal speaks of its own command alone: what it asked for is
    // done, and the command is given again.
    if (!says_it_wrote_nothing(screen_) || !complaint_.empty()) return;
    obey(Order::run);
  }
}

void Follower::obey(Order order) {
  diary_ += std::string("- ") + words(order) + "\n";
  if (order == Order::keep_power) {
    keeps_power_ = true;
    return;
  }
  ++steps_;
  const bool takes_power = order == Order::cycle_power || order == Order::restart_computer;
  if (takes_power && keeps_power_) {
    complaint_ = "told to keep the power on, and then to take it away";
    return;
  }
  carry_out(order);
  see_to_the_power();
}

void Follower::carry_out(Order order) {
  switch (order) {
    case Order::keep_power:
      return;
    case Order::wait_ten_minutes:
      return world_.host().sleep(std::chrono::minutes(10));
    case Order::cycle_power:
      return cycle_power();
    case Order::restart_computer:
      perform(Power{.action = PowerAction::reset_platform}, world_);
      return world_.host().sleep(kBoot);
    case Order::run:
      return run();
  }
}

/// It may have failed meanwhile. Nobody has to be told to switch a computer on.
void Follower::see_to_the_power() {
  if (world_.machine().powered()) return;
  diary_ += "- switches on\n";
  perform(Power{.action = PowerAction::on}, world_);
  world_.host().sleep(kBoot);
}

void Follower::cycle_power() {
  perform(Power{.action = PowerAction::cut}, world_);
  world_.host().sleep(std::chrono::seconds(30));
  perform(Power{.action = PowerAction::on}, world_);
  world_.host().sleep(kBoot);
}

void Follower::run() {
  Meupdate again = first_;
  again.during.clear();
  if (world_.printed_command()) again.line = Meupdate::Line::printed;
  if (begins_) begins_();
  const StepOutcome outcome = perform(again, world_);
  before_ = std::move(screen_);
  screen_ = outcome.script_error + outcome.out + outcome.err;
  diary_ += screen_ + "[exit " + std::to_string(outcome.exit.value_or(-1)) + "]\n";
  last_exit_ = outcome.exit;
  missed_ = missed_ || !outcome.mismatches.empty();
  if (read_) read_(screen_);
  if (outcome.exit == 0) keeps_power_ = false;
}

}  // namespace scenarios::explore
