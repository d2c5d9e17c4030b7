// SPDX-License-Identifier: BSD-3-Clause
// bus = [...]: register accesses and raw messages.
#include <fmt/format.h>

#include "protocol/heci/registers.h"
#include "scenarios/engine/readers.h"

namespace scenarios::engine {
namespace {

using config::Named;
using config::TomlKind;
using config::TomlNode;
using BusKind = BusAction::Kind;

constexpr Named<std::uint32_t> kHeciRegisters[] = {{"h_cb_ww", protocol::heci::kHCbWw},
                                                   {"h_csr", protocol::heci::kHCsr},
                                                   {"me_cb_rw", protocol::heci::kMeCbRw},
                                                   {"me_csr_ha", protocol::heci::kMeCsrHa}};

constexpr std::string_view kBusVerbs[] = {"write",   "read",    "slots", "doorbell", "send",
                                          "receive", "nothing", "wait",  "ready"};

void read_slots(StrictTable& table, std::vector<std::uint32_t>& out) {
  const TomlNode* node = table.raw("slots");
  if (node == nullptr || node->kind != TomlKind::array)
    return table.fail("slots", "slots must be a list of words");
  for (const TomlNode& item : node->array) {
    if (item.kind != TomlKind::integer || item.integer < 0 || item.integer > 0xFFFFFFFF) {
      return table.fail("slots", "every slot must be a number of 0 to 0xFFFFFFFF");
    }
    out.push_back(static_cast<std::uint32_t>(item.integer));
  }
}

void read_bus_message(StrictTable& table, std::string_view verb, BusAction& out) {
  auto message = table.table(verb);
  if (!message) return;
  message->read("me", out.me_addr);
  message->read("host", out.host_addr);
  message->read_hex("data", out.data);
  if (verb == "receive") {
    std::uint32_t size = 0;
    if (message->read("size", size)) out.size = size;
    return;
  }
  message->read("reserved", out.reserved, {.low = 0, .high = 0x3F});
  message->read("complete", out.complete);
  std::uint16_t length = 0;
  if (message->read("length", length, {.low = 0, .high = 0x1FF})) out.length = length;
}

BusAction read_bus_action(StrictTable& table) {
  BusAction out{.place = table.place()};
  const std::string_view verb = read_one_of(table, kBusVerbs, "what is done at the registers");
  if (verb == "write" || verb == "read") {
    out.kind = verb == "write" ? BusKind::write : BusKind::read;
    table.read_named(verb, out.offset, kHeciRegisters);
    if (table.require("value", "the word that is written, or expected"))
      table.read("value", out.value);
    if (verb == "read") table.read("mask", out.mask);
  } else if (verb == "slots") {
    out.kind = BusKind::slots;
    read_slots(table, out.slots);
  } else if (verb == "doorbell" || verb == "ready") {
    out.kind = verb == "ready" ? BusKind::ready : BusKind::doorbell;
    read_true(table, verb);
  } else if (verb == "send" || verb == "receive") {
    out.kind = verb == "send" ? BusKind::send : BusKind::receive;
    read_bus_message(table, verb, out);
    if (verb == "receive") table.read("within", out.time);
  } else if (verb == "nothing" || verb == "wait") {
    out.kind = verb == "wait" ? BusKind::wait : BusKind::nothing;
    table.read(verb, out.time);
  }
  return out;
}

}  // namespace

Bus read_bus(std::vector<StrictTable> actions) {
  Bus bus;
  for (StrictTable& table : actions) bus.actions.push_back(read_bus_action(table));
  return bus;
}

}  // namespace scenarios::engine
