// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/heci/hbm_responder.h"

#include "base/reached.h"

namespace emulator::heci {

using protocol::hbm::Command;
using protocol::hbm::Status;

namespace {

template <class Name>
constexpr std::uint8_t number_of(Name command) {
  return static_cast<std::uint8_t>(command);
}

}  // namespace

const HbmResponder::Row* HbmResponder::find_row(std::uint8_t command) const {
  using protocol::hbm::LaterCommand;
  static constexpr std::array<Row, 16> kRows = {{
      {number_of(Command::host_start_req), &HbmResponder::host_start},
      {number_of(Command::host_stop_req), &HbmResponder::host_stop},
      {number_of(Command::host_enum_req), &HbmResponder::host_enum},
      {number_of(Command::client_props_req), &HbmResponder::client_properties},
      {number_of(Command::connect_req), &HbmResponder::connect},
      {number_of(Command::disconnect_req), &HbmResponder::disconnect},
      {number_of(Command::flow_control), &HbmResponder::flow_control},
      {number_of(Command::disconnect_res), &HbmResponder::disconnect_answer},
      {number_of(LaterCommand::power_gate_req), &HbmResponder::power_gate, {1, 1}},
      {number_of(LaterCommand::bus_disable_req), &HbmResponder::bus_disable, {1, 1}},
      {number_of(LaterCommand::add_client_res), &HbmResponder::added_client, {2, 0}},
      {number_of(LaterCommand::notify_req), &HbmResponder::notify, {2, 0}},
      {number_of(LaterCommand::dma_setup_req), &HbmResponder::dma_setup, {2, 1}},
      {number_of(LaterCommand::capabilities_req), &HbmResponder::capabilities, {2, 2}},
      {number_of(LaterCommand::client_dma_map_req), &HbmResponder::client_dma_map, {2, 2}},
      {number_of(LaterCommand::client_dma_unmap_req), &HbmResponder::client_dma_unmap, {2, 2}},
  }};
  for (const Row& row : kRows) {
    if (row.command == command && row.since <= agreed_) return &row;
  }
  return nullptr;
}

void HbmResponder::handle(base::ByteView message) {
  if (state_ == HbmState::stopped) return bad_input_.count(&BadInput::message_after_stop);
  const Row* row = find_row(message[0]);
  if (row == nullptr) base::reached(base::Place::hbm_unknown);
  if (row == nullptr) return bad_input_.count(&BadInput::hbm_unknown_command);
  if (state_ == HbmState::idle && row->command != number_of(Command::host_start_req)) {
    return bad_input_.count(&BadInput::hbm_before_start);
  }
  if (!(this->*row->handler)(message)) bad_input_.count(&BadInput::hbm_malformed);
}

void HbmResponder::refuse(base::ByteView message, Status status) {
  const auto request = protocol::hbm::decode_connect_request(message);
  if (!request) return;
  answer(protocol::hbm::ConnectResponse{.me_addr = request->me_addr,
                                        .host_addr = request->host_addr,
                                        .status = static_cast<std::uint8_t>(status)});
}

void HbmResponder::close_from_me(Connection connection) {
  base::reached(base::Place::hbm_closed_by_me);
  answer(protocol::hbm::DisconnectRequest{.me_addr = connection.me_addr,
                                          .host_addr = connection.host_addr});
}

bool HbmResponder::host_start(base::ByteView message) {
  const auto request = protocol::hbm::decode_host_start_request(message);
  if (!request) return false;
  // A newer host goes on with the version offered here without asking again
  // (Linux mei_hbm_dispatch).
  base::reached(state_ == HbmState::started ? base::Place::hbm_starts_again
                                            : base::Place::hbm_starts);
  state_ = HbmState::started;
  const protocol::HbmVersion asked{request->major, request->minor};
  const bool supported = asked >= protocol::HbmVersion{1, 0} && asked <= offered_;
  agreed_ = supported ? asked : offered_;
  if (!supported) base::reached(base::Place::hbm_other_version);
  answer(protocol::hbm::HostStartResponse{
      .version_supported = supported, .max_minor = offered_.minor, .max_major = offered_.major});
  return true;
}

bool HbmResponder::host_stop(base::ByteView message) {
  if (!protocol::hbm::decode_host_stop_request(message)) return false;
  bus_.close_all();
  answer(protocol::hbm::HostStopResponse{});
  base::reached(base::Place::hbm_stops);
  state_ = HbmState::stopped;
  return true;
}

bool HbmResponder::host_enum(base::ByteView message) {
  if (!protocol::hbm::decode_host_enum_request(message)) return false;
  answer(bus_.enumerate());
  return true;
}

bool HbmResponder::client_properties(base::ByteView message) {
  const auto request = protocol::hbm::decode_client_properties_request(message);
  if (!request) return false;
  protocol::hbm::ClientPropertiesResponse response{.me_addr = request->me_addr};
  const ClientEntry* client = bus_.find_client(request->me_addr);
  if (client != nullptr && client->is_listed()) {
    response.properties = client->properties;
  } else {
    response.status = static_cast<std::uint8_t>(Status::client_not_found);
    response.properties = {.guid = {}, .protocol_version = 0, .max_connections = 0};
    bad_input_.count(&BadInput::properties_unknown, request->me_addr);
  }
  answer(response);
  return true;
}

bool HbmResponder::connect(base::ByteView message) {
  const auto request = protocol::hbm::decode_connect_request(message);
  if (!request) return false;
  const Status status = bus_.connect({request->me_addr, request->host_addr});
  answer(protocol::hbm::ConnectResponse{.me_addr = request->me_addr,
                                        .host_addr = request->host_addr,
                                        .status = static_cast<std::uint8_t>(status)});
  if (status != Status::success) {
    base::reached(base::Place::hbm_refuses);
    bad_input_.count(&BadInput::connect_refused, request->me_addr, request->host_addr);
  }
  return true;
}

bool HbmResponder::disconnect(base::ByteView message) {
  const auto request = protocol::hbm::decode_disconnect_request(message);
  if (!request) return false;
  if (!bus_.disconnect({request->me_addr, request->host_addr})) {
    bad_input_.count(&BadInput::disconnect_unknown, request->me_addr, request->host_addr);
  }
  base::reached(base::Place::hbm_disconnects);
  answer(protocol::hbm::DisconnectResponse{.me_addr = request->me_addr,
                                           .host_addr = request->host_addr});
  return true;
}

bool HbmResponder::flow_control(base::ByteView message) {
  const auto grant = protocol::hbm::decode_flow_control(message);
  if (!grant) return false;
  if (!bus_.add_host_credit({grant->me_addr, grant->host_addr})) {
    bad_input_.count(&BadInput::flow_control_unknown, grant->me_addr, grant->host_addr);
  }
  return true;
}

bool HbmResponder::disconnect_answer(base::ByteView message) {
  return protocol::hbm::decode_disconnect_response(message).has_value();
}

void HbmResponder::serialize(sim::Archive& a) {
  a.section("heci.hbm");
  a.value(state_);
  if (offered_ == protocol::HbmVersion{1, 0}) return;
  a.value(agreed_.major);
  a.value(agreed_.minor);
}

}  // namespace emulator::heci
