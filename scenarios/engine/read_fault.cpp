// SPDX-License-Identifier: BSD-3-Clause
// fault = {...}: where it strikes, what goes wrong, when and how often.
#include "scenarios/engine/readers.h"

namespace scenarios::engine {
namespace {

/// Point and action have one list of names each, in emulator/sim.
template <class Enum>
void read_enum(StrictTable& table, std::string_view key, std::size_t count, Enum& out) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < count; ++i) names.emplace_back(name(static_cast<Enum>(i)));
  if (const auto chosen = table.read_choice(key, names)) out = static_cast<Enum>(*chosen);
}

}  // namespace

ArmFault read_fault(StrictTable& owner) {
  ArmFault out{.rule = {}, .place = owner.place()};
  auto table = owner.table("fault");
  if (!table) return out;
  if (table->require("point", "where it strikes"))
    read_enum(*table, "point", emulator::sim::kFaultPointCount, out.rule.point);
  if (table->require("action", "what goes wrong"))
    read_enum(*table, "action", emulator::sim::kFaultActionCount, out.rule.action);
  table->read("occurrence", out.rule.occurrence, {.low = 1, .high = 0xFFFFFFFF});
  table->read("repeat", out.rule.repeat, {.low = 1, .high = 0xFFFFFFFF});
  if (takes_delay(out.rule.action) && table->require("delay", "how much longer it takes"))
    table->read("delay", out.rule.delay);
  table->read("status", out.rule.status, {.low = 1, .high = 0xFFFFFFFF});
  table->read("bits", out.rule.bits, {.low = 1, .high = 0xFFFF});
  table->read("from", out.rule.from, {.low = 0, .high = 0xFFFFFFFF});
  table->read("to", out.rule.to, {.low = 1, .high = 0xFFFFFFFF});
  table->read("chance", out.rule.chance, {.low = 1, .high = 100});
  if (const auto wrong = objection(out.rule)) table->fail(wrong->key, wrong->what);
  return out;
}

}  // namespace scenarios::engine
