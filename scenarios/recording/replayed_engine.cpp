// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/recording/replayed_engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/heci/firmware_status.h"
#include "protocol/mei/later_clients.h"
#include "protocol/pci/engine_functions.h"

namespace scenarios::recording {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using emulator::clients::RecordedClient;
using emulator::clients::RecordedScript;
namespace heci = emulator::heci;

/// What random numbers there are decide faults that strike by chance.
constexpr std::uint64_t kSeed = 1;
/// How long an engine is away that restarts; no recording tells.
constexpr base::Duration kBootTime = std::chrono::seconds(1);
/// Inferred, as for boards: hosts touch 800h from ME 11 on.
constexpr std::uint32_t kLaterBar = 4096;

/// A message that came before anything was asked answers nothing.
void add_messages(const Conversation& conversation, RecordedScript& script) {
  bool asked = false;
  for (const Message& message : conversation.messages) {
    if (message.to == Message::To::engine) {
      script.exchanges.push_back({.request = message.bytes, .answers = {}});
      asked = true;
    } else if (asked) {
      script.exchanges.back().answers.push_back(message.bytes);
    }
  }
}

/// Fixed addresses are not told by recordings, but every board has the same.
std::uint8_t fixed_address_of(const protocol::mei::Guid& client) {
  if (client == protocol::mei::kMkhiFixedGuid) return protocol::mei::kMkhiFixedAddress;
  const auto row =
      std::find_if(protocol::mei::kLaterClients.begin(), protocol::mei::kLaterClients.end(),
                   [&](const protocol::mei::LaterClient& one) { return one.guid == client; });
  return row == protocol::mei::kLaterClients.end() ? std::uint8_t{0} : row->fixed_address;
}

RecordedScript script_of(const Conversation& conversation) {
  const std::uint8_t fixed = fixed_address_of(conversation.client);
  return {.properties = {.guid = conversation.client,
                         .protocol_version = conversation.protocol_version,
                         .max_connections = static_cast<std::uint8_t>(fixed == 0 ? 1 : 0),
                         .fixed_address = fixed,
                         .single_recv_buf = 0,
                         .max_message_length = conversation.max_message_length},
          .exchanges = {}};
}

/// A client that was connected to several times goes on where it was.
std::vector<RecordedScript> scripts_of(const Recording& recording) {
  std::vector<RecordedScript> scripts;
  for (const Conversation& conversation : recording.conversations) {
    auto script = std::find_if(scripts.begin(), scripts.end(), [&](const RecordedScript& one) {
      return one.properties.guid == conversation.client;
    });
    if (script == scripts.end()) script = scripts.insert(script, script_of(conversation));
    add_messages(conversation, *script);
  }
  return scripts;
}

heci::HeciConfig link_of(const protocol::Generation& generation) {
  heci::HeciConfig config;
  config.credits = generation.credits.value;
  config.hbm = generation.hbm.value;
  if (generation.manifest > protocol::image::ManifestForm::mn2)
    config.later_registers = heci::LaterRegisters::d0i3;
  if (generation.manifest == protocol::image::ManifestForm::cpd_r2)
    config.later_registers = heci::LaterRegisters::d0i3_and_trc;
  return config;
}

emulator::pci::PciConfig function_of(const Function& function,
                                     const protocol::Generation& generation) {
  emulator::pci::PciConfig config;
  config.device_id = *function.device_id;
  config.revision = function.revision.value_or(0);
  config.subsystem_vendor = function.subsystem_vendor.value_or(0);
  config.subsystem_id = function.subsystem_id.value_or(0);
  if (generation.status_words == protocol::heci::kMostStatusWords) config.bar_size = kLaterBar;
  return config;
}

}  // namespace

Result<const protocol::Generation*> generation_of(const Recording& recording) {
  const auto device = recording.function.device_id;
  if (!device) return Error{Errc::not_found, "it does not tell the PCI device id of the engine"};
  if (const auto* generation = protocol::pci::modelled_generation_of(*device)) return generation;
  return Error{Errc::not_found,
               fmt::format("8086:{:04X} is an engine of no generation that is modelled", *device)};
}

ReplayedEngine::ReplayedEngine(const Recording& recording, const protocol::Generation& generation)
    : function_(recording.function),
      faults_(trace_, kSeed),
      heci_(link_of(generation), scheduler_, trace_, faults_, *this),
      pci_(function_of(function_, generation), heci_),
      power_cut_(scheduler_, "replay.power_cut", [this] { lose_power(); }),
      engine_reset_(scheduler_, "replay.engine_reset", [this] { reset_engine(); }),
      boot_(scheduler_, "replay.boot", [this] { come_up(); }) {
  for (RecordedScript& script : scripts_of(recording))
    clients_.push_back(std::make_unique<RecordedClient>(std::move(script), heci_.reply_port()));
  heci_.connect_interrupt(pci_);
}

void ReplayedEngine::lose_power() {
  boot_.stop();
  heci_.power_off();
  forget_clients();
  pci_.reset();
  pci_.set_firmware_status(0);
  pci_.set_later_status({});
}

void ReplayedEngine::reset() {
  lose_power();
  show_status();
  come_up();
}

/// The host stays up, and sees the engine go and come back.
void ReplayedEngine::reset_engine() {
  if (heci_.link_state() == heci::LinkState::down) return;
  heci_.set_not_ready();
  forget_clients();
  boot_.start(kBootTime);
}

void ReplayedEngine::forget_clients() {
  heci_.remove_all_clients();
  for (const auto& client : clients_) client->stopped();
}

void ReplayedEngine::come_up() {
  for (const auto& client : clients_) {
    const std::uint8_t fixed = client->properties().fixed_address;
    if (fixed == 0) {
      heci_.add_client(*client);
    } else {
      heci_.add_fixed_client(fixed, *client);
    }
  }
  heci_.set_ready();
}

void ReplayedEngine::show_status() {
  const auto& words = function_.status_words;
  pci_.set_firmware_status(words.empty() ? 0 : words[0]);
  std::array<std::uint32_t, 5> others{};
  for (std::size_t i = 1; i < std::min(words.size(), others.size() + 1); ++i)
    others[i - 1] = words[i];
  pci_.set_later_status(others);
}

std::uint32_t ReplayedEngine::unknown() const {
  std::uint32_t sum = 0;
  for (const auto& client : clients_) sum += client->unknown();
  return sum;
}

}  // namespace scenarios::recording
