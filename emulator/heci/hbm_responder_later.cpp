// SPDX-License-Identifier: BSD-3-Clause
// Host bus messages of HBM 1.1 to 2.2. What a host may do without is not there: no capability is
// granted, the DMA ring is not allowed, which hosts take quietly (Linux mei_hbm_dispatch).
#include "emulator/heci/hbm_responder.h"

namespace emulator::heci {

using protocol::hbm::LaterCommand;
using protocol::hbm::Status;

namespace {

constexpr auto kNotAllowed = static_cast<std::uint8_t>(Status::not_allowed);

}  // namespace

/// The link stays as it is: what is sent into it is still answered.
bool HbmResponder::power_gate(base::ByteView message) {
  if (message.size() != protocol::hbm::PowerGateResponse::size) return false;
  answer(protocol::hbm::PowerGateResponse{});
  return true;
}

/// What a BIOS asks before it hands over. The link ends as with HOST_STOP.
bool HbmResponder::bus_disable(base::ByteView message) {
  if (message.size() != 4) return false;
  bus_.close_all();
  answer(protocol::hbm::ShortResponse{.command = LaterCommand::bus_disable_res, .status = 0});
  state_ = HbmState::stopped;
  return true;
}

bool HbmResponder::added_client(base::ByteView message) {
  return protocol::hbm::decode_add_client_response(message).has_value();
}

/// No client here ever has an event, but a host may ask to hear of one.
bool HbmResponder::notify(base::ByteView message) {
  const auto request = protocol::hbm::decode_notify_request(message);
  if (!request) return false;
  const bool connected = bus_.find_open({request->me_addr, request->host_addr}) != nullptr;
  const Status status = connected ? Status::success : Status::client_not_found;
  answer(protocol::hbm::NotifyResponse{.me_addr = request->me_addr,
                                       .host_addr = request->host_addr,
                                       .status = static_cast<std::uint8_t>(status),
                                       .start = request->start});
  return true;
}

bool HbmResponder::dma_setup(base::ByteView message) {
  if (!protocol::hbm::decode_dma_setup_request(message)) return false;
  answer(protocol::hbm::DmaSetupResponse{.status = kNotAllowed});
  return true;
}

bool HbmResponder::capabilities(base::ByteView message) {
  if (!protocol::hbm::decode_capabilities_request(message)) return false;
  answer(protocol::hbm::CapabilitiesResponse{});
  return true;
}

bool HbmResponder::client_dma_map(base::ByteView message) {
  if (message.size() != protocol::hbm::kClientDmaMapSize) return false;
  answer(protocol::hbm::ShortResponse{.command = LaterCommand::client_dma_map_res,
                                      .status = kNotAllowed});
  return true;
}

bool HbmResponder::client_dma_unmap(base::ByteView message) {
  if (message.size() != protocol::hbm::kClientDmaUnmapSize) return false;
  answer(protocol::hbm::ShortResponse{.command = LaterCommand::client_dma_unmap_res,
                                      .status = kNotAllowed});
  return true;
}

}  // namespace emulator::heci
