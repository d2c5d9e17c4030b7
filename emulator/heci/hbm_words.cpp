// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/heci/hbm_words.h"

#include <fmt/format.h>

#include "base/hex.h"
#include "protocol/heci/hbm.h"
#include "protocol/heci/hbm_later.h"

namespace emulator::heci {
namespace {

namespace hbm = protocol::hbm;

struct CommandName {
  hbm::Command command;
  const char* name;
};
constexpr CommandName kHbmNames[] = {{hbm::Command::host_start_req, "HOST_START_REQ"},
                                     {hbm::Command::host_start_res, "HOST_START_RES"},
                                     {hbm::Command::host_stop_req, "HOST_STOP_REQ"},
                                     {hbm::Command::host_stop_res, "HOST_STOP_RES"},
                                     {hbm::Command::me_stop_req, "ME_STOP_REQ"},
                                     {hbm::Command::host_enum_req, "HOST_ENUM_REQ"},
                                     {hbm::Command::host_enum_res, "HOST_ENUM_RES"},
                                     {hbm::Command::client_props_req, "CLIENT_PROPS_REQ"},
                                     {hbm::Command::client_props_res, "CLIENT_PROPS_RES"},
                                     {hbm::Command::connect_req, "CONNECT_REQ"},
                                     {hbm::Command::connect_res, "CONNECT_RES"},
                                     {hbm::Command::disconnect_req, "DISCONNECT_REQ"},
                                     {hbm::Command::disconnect_res, "DISCONNECT_RES"},
                                     {hbm::Command::flow_control, "FLOW_CONTROL"}};

struct LaterName {
  hbm::LaterCommand command;
  const char* name;
};
constexpr LaterName kLaterNames[] = {
    {hbm::LaterCommand::power_gate_req, "POWER_GATE_REQ"},
    {hbm::LaterCommand::power_gate_res, "POWER_GATE_RES"},
    {hbm::LaterCommand::bus_disable_req, "BUS_DISABLE_REQ"},
    {hbm::LaterCommand::bus_disable_res, "BUS_DISABLE_RES"},
    {hbm::LaterCommand::add_client_req, "ADD_CLIENT_REQ"},
    {hbm::LaterCommand::add_client_res, "ADD_CLIENT_RES"},
    {hbm::LaterCommand::notify_req, "NOTIFY_REQ"},
    {hbm::LaterCommand::notify_res, "NOTIFY_RES"},
    {hbm::LaterCommand::dma_setup_req, "DMA_SETUP_REQ"},
    {hbm::LaterCommand::dma_setup_res, "DMA_SETUP_RES"},
    {hbm::LaterCommand::capabilities_req, "CAPABILITIES_REQ"},
    {hbm::LaterCommand::capabilities_res, "CAPABILITIES_RES"},
    {hbm::LaterCommand::client_dma_map_req, "CLIENT_DMA_MAP_REQ"},
    {hbm::LaterCommand::client_dma_map_res, "CLIENT_DMA_MAP_RES"},
    {hbm::LaterCommand::client_dma_unmap_req, "CLIENT_DMA_UNMAP_REQ"},
    {hbm::LaterCommand::client_dma_unmap_res, "CLIENT_DMA_UNMAP_RES"}};

template <class Row, std::size_t N>
const char* name_among(const Row (&rows)[N], std::uint8_t command) {
  for (const Row& row : rows) {
    if (static_cast<std::uint8_t>(row.command) == command) return row.name;
  }
  return nullptr;
}

std::string say_hbm(base::ByteView message, std::size_t) {
  if (message.empty()) return "nothing";
  const char* known = name_among(kHbmNames, message[0]);
  if (known == nullptr) known = name_among(kLaterNames, message[0]);
  if (known != nullptr) {
    const base::ByteView rest = message.subspan(1, message.size() < 4 ? message.size() - 1 : 3);
    return fmt::format("{} {}", known, base::to_hex(rest));
  }
  return fmt::format("unknown command {:#04x}", message[0]);
}

}  // namespace

constinit const sim::MessageWords kHbmWords = {.name = "HBM", .says = &say_hbm};

}  // namespace emulator::heci
