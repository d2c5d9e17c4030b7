// SPDX-License-Identifier: BSD-3-Clause
// bios = [...], tpm_state = {...} and tpm = [...]: what befalls the TPM, and what a host does to
// it.
#include <fmt/format.h>

#include <limits>

#include "emulator/machine/read_profile.h"
#include "protocol/tpm/tis_registers.h"
#include "scenarios/engine/readers.h"

namespace scenarios::engine {
namespace {

using config::Named;
using emulator::tpm::TpmState;
using TpmKind = TpmAction::Kind;
namespace tis = protocol::tpm::tis;

constexpr std::string_view kTpmVerbs[] = {
    "send",     "take_ownership", "prove_owner", "clear_owner", "create_ek", "start", "data",
    "complete", "abort",          "write",       "read",        "fifo",      "wait"};
constexpr Named<TpmAction::Answer> kTpmAnswers[] = {{"reply", TpmAction::Answer::reply},
                                                    {"silence", TpmAction::Answer::silence},
                                                    {"absent", TpmAction::Answer::absent}};

struct Register {
  const char* name;
  std::uint32_t offset;
  std::uint32_t width;
};
constexpr Register kTisRegisters[] = {{"access", tis::kAccess, 1},
                                      {"int_enable", tis::kIntEnable, 4},
                                      {"int_vector", tis::kIntVector, 1},
                                      {"int_status", tis::kIntStatus, 4},
                                      {"intf_capability", tis::kIntfCapability, 4},
                                      {"sts", tis::kSts, 1},
                                      {"burst_count", tis::kSts + 1, 2},
                                      {"data_fifo", tis::kDataFifo, 1},
                                      {"did_vid", tis::kDidVid, 4},
                                      {"rid", tis::kRid, 1}};

void read_owner(StrictTable& table, std::string_view key, TpmAction& out) {
  std::string passphrase;
  if (table.read(key, passphrase)) out.owner = std::move(passphrase);
}

void read_register(StrictTable& table, std::string_view verb, TpmAction& out) {
  std::vector<std::string_view> names;
  for (const Register& row : kTisRegisters) names.emplace_back(row.name);
  const auto chosen = table.read_choice(verb, names);
  if (chosen) out.offset = kTisRegisters[*chosen].offset;
  if (chosen) out.width = kTisRegisters[*chosen].width;
  if (table.require("value", "what is written, or expected")) table.read("value", out.value);
  if (verb == "read") table.read("mask", out.mask);
}

void read_start(StrictTable table, TpmAction& out) {
  if (table.require("image", "the image that is announced")) table.read("image", out.image);
  read_owner(table, "owner", out);
  table.read("password", out.password);
}

void read_data(StrictTable table, TpmAction& out) {
  if (table.require("image", "whose bytes are sent")) table.read("image", out.image);
  table.read("from", out.from);
  std::uint32_t count = 0;
  if (table.read("count", count)) out.count = count;
  table.read("block", out.block, {.low = 1, .high = 0xFFFF});
}

void read_what(StrictTable& table, std::string_view verb, TpmAction& out) {
  switch (out.kind) {
    case TpmKind::send: {
      table.read_hex(verb, out.bytes);
      base::Bytes head;
      if (table.read_hex("reply", head)) out.head = std::move(head);
      return;
    }
    case TpmKind::take_ownership:
    case TpmKind::prove_owner:
    case TpmKind::clear_owner:
      return read_owner(table, verb, out);
    case TpmKind::start:
      if (auto fields = table.table(verb)) read_start(*fields, out);
      return;
    case TpmKind::data:
      if (auto fields = table.table(verb)) read_data(*fields, out);
      return;
    case TpmKind::create_ek:
    case TpmKind::complete:
    case TpmKind::abort:
      return read_true(table, verb);
    case TpmKind::write:
    case TpmKind::read:
      return read_register(table, verb, out);
    case TpmKind::fifo:
      table.read_hex(verb, out.bytes);
      return;
    case TpmKind::wait:
      table.read(verb, out.time);
      return;
  }
}

bool is_command(TpmKind kind) {
  return kind < TpmKind::write;
}
bool is_upgrade(TpmKind kind) {
  return kind >= TpmKind::start && kind <= TpmKind::abort;
}

TpmAction read_tpm_action(StrictTable& table) {
  TpmAction out{.place = table.place()};
  const std::string_view verb = read_one_of(table, kTpmVerbs, "what is done to the TPM");
  if (verb.empty()) return out;
  for (std::size_t i = 0; i < std::size(kTpmVerbs); ++i) {
    if (kTpmVerbs[i] == verb) out.kind = static_cast<TpmKind>(i);
  }
  read_what(table, verb, out);
  if (out.kind != TpmKind::wait)
    table.read("locality", out.locality, {.low = 0, .high = tis::kLocalities - 1});
  if (!is_command(out.kind)) return out;
  table.read("code", out.code);
  table.read_named("answer", out.answer, kTpmAnswers);
  table.read("limit", out.time);
  if (is_upgrade(out.kind)) table.read("status", out.status);
  return out;
}

}  // namespace

BiosSetUp read_bios(StrictTable& table) {
  BiosSetUp out;
  std::vector<std::string> names;
  if (table.read("bios", names) && names.empty()) table.fail("bios", "bios must name an action");
  for (const std::string& text : names) {
    const auto action = emulator::tpm::parse_bios_action(text);
    if (action) {
      out.actions.push_back(*action);
      continue;
    }
    table.fail("bios",
               fmt::format("\"{}\" is not a BIOS action; there are enable, disable, activate, "
                           "deactivate, clear, allow_owner_install, forbid_owner_install and "
                           "allow_unowned_upgrade",
                           text));
  }
  return out;
}

/// The values are read now, so that a mistake is found where it stands, and again over
/// the profile's.
PutTpm read_tpm_state(StrictTable& table) {
  PutTpm out;
  TpmState ignored;
  if (auto state = table.table("tpm_state")) emulator::machine::read_tpm_state(*state, ignored);
  if (const auto* node = table.raw("tpm_state")) out.state = *node;
  return out;
}

TpmActions read_tpm(std::vector<StrictTable> actions) {
  TpmActions out;
  for (StrictTable& table : actions) out.actions.push_back(read_tpm_action(table));
  return out;
}

}  // namespace scenarios::engine
