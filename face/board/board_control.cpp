// SPDX-License-Identifier: BSD-3-Clause
// The board of the public face: what goes wrong on it, what is known of it, who lives in it. Words
// in, words out.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/nearest.h"
#include "emulator/heci/heci_device.h"
#include "emulator/machine/facts.h"
#include "emulator/tpm/itpm.h"
#include "face/board/parts.h"
#include "face/convert.h"
#include "protocol/mei/clients.h"

namespace mebench {
namespace {

using emulator::sim::FaultAction;
using emulator::sim::FaultPoint;
using emulator::sim::FaultRule;

constexpr std::size_t kMostClients = 32;

Error invalid(std::string what) {
  return {Errc::invalid, std::move(what), 0};
}

template <class Enum>
std::string known_words(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i)
    out += fmt::format("{}{}", i == 0 ? "" : ", ", name(static_cast<Enum>(i)));
  return out;
}

Result<FaultRule> rule_of(const Fault& fault) {
  const auto point = emulator::sim::parse_fault_point(fault.point);
  if (!point) {
    return invalid(fmt::format("\"{}\" is no point of a fault; there are {}", fault.point,
                               known_words<FaultPoint>(emulator::sim::kFaultPointCount)));
  }
  const auto action = emulator::sim::parse_fault_action(fault.action);
  if (!action) {
    return invalid(fmt::format("\"{}\" is no action of a fault; there are {}", fault.action,
                               known_words<FaultAction>(emulator::sim::kFaultActionCount)));
  }
  const FaultRule rule{.point = *point,
                       .occurrence = fault.occurrence,
                       .action = *action,
                       .delay = fault.delay,
                       .repeat = fault.repeat,
                       .status = fault.status,
                       .chance = fault.chance};
  if (rule.occurrence == 0 || rule.repeat == 0)
    return invalid("a fault's occurrence and repeat count from 1");
  if (rule.chance == 0 || rule.chance > emulator::sim::kCertain)
    return invalid("a fault's chance is 1 to 100, in a hundred");
  if (takes_delay(rule.action) != (rule.delay > Duration::zero()))
    return invalid("a fault's delay goes with action = \"delay\", and is more than 0 there");
  if (const auto wrong = objection(rule)) return invalid(wrong->what);
  return rule;
}

Fault words_of(const FaultRule& rule) {
  return {.point = name(rule.point),
          .action = name(rule.action),
          .occurrence = rule.occurrence,
          .repeat = rule.repeat,
          .delay = rule.delay,
          .status = rule.status,
          .chance = rule.chance};
}

bool is_boards_own(const Guid& guid) {
  namespace mei = protocol::mei;
  constexpr std::array own = {mei::kAmthiGuid, mei::kFwuGuid, mei::kWatchdogGuid, mei::kMkhiGuid};
  return std::ranges::any_of(own, [&](const auto& each) { return each.bytes == guid.bytes; });
}

}  // namespace

Result<void> Board::arm(const Fault& fault) {
  const auto rule = rule_of(fault);
  if (!rule) return rule.error();
  parts_->machine->faults().arm(*rule);
  return {};
}

void Board::disarm_all() {
  parts_->machine->faults().disarm_all();
}

std::vector<Fault> Board::unfired() const {
  std::vector<Fault> out;
  for (const auto& armed : parts_->machine->faults().unfired()) out.push_back(words_of(armed.rule));
  return out;
}

std::vector<Fact> Board::facts() {
  std::vector<Fact> out;
  for (const auto& fact : emulator::machine::facts())
    out.push_back({fact.name, fact.meaning, fact.read(*parts_->machine)});
  return out;
}

Result<std::string> Board::fact(std::string_view name) {
  const auto* fact = emulator::machine::find_fact(name);
  if (fact != nullptr) return fact->read(*parts_->machine);
  std::string known;
  for (const auto& each : emulator::machine::facts())
    known += (known.empty() ? "" : ", ") + std::string(each.name);
  return Error{Errc::not_found,
               fmt::format("\"{}\" is no fact of a board; there are {}", name, known)};
}

void Board::on_trace(std::function<void(const TraceEvent&)> listener) {
  auto& trace = parts_->machine->trace();
  if (parts_->trace) trace.detach(*parts_->trace);
  parts_->trace.reset();
  if (!listener) return;
  parts_->trace.emplace(std::move(listener));
  trace.attach(*parts_->trace);
}

Result<void> Board::bios_setup(std::span<const std::string> actions) {
  if (parts_->machine->itpm() == nullptr)
    return Error{Errc::unsupported, "this board has no TPM, whose actions these are"};
  std::vector<emulator::tpm::BiosAction> known;
  for (const std::string& text : actions) {
    const auto action = emulator::tpm::parse_bios_action(text);
    if (!action) return invalid(fmt::format("\"{}\" is not a BIOS action", text));
    known.push_back(*action);
  }
  parts_->machine->bios_setup(known);
  return {};
}

Result<void> Board::add_client(MeClient& client) {
  const MeClientProperties properties = client.properties();
  const std::string text = face::to_text(properties.guid);
  const auto wrong = [&](const std::string& what) {
    return invalid(fmt::format("the ME client {}: {}", text, what));
  };
  if (const auto what = face::objection(properties); !what.empty()) return wrong(what);
  auto& clients = parts_->clients;
  const bool there = std::ranges::any_of(
      clients, [&](const auto& other) { return other->guid() == properties.guid; });
  if (there || is_boards_own(properties.guid)) return wrong("the board has one already");
  if (clients.size() == kMostClients)
    return wrong(fmt::format("a board takes {} clients beside its own", kMostClients));
  auto& machine = *parts_->machine;
  clients.push_back(std::make_unique<face::UsersClient>(
      client, properties, machine.heci().reply_port(), machine.clock()));
  machine.add_client(*clients.back());
  return {};
}

}  // namespace mebench

namespace face {

void UsersTrace::record(const emulator::sim::TraceRecord& record) {
  listener_({.at = record.at,
             .kind = name(record.kind),
             .text = record.text,
             .me_addr = record.me_addr,
             .host_addr = record.host_addr,
             .a = record.a,
             .b = record.b,
             .data = record.data});
}

}  // namespace face
