// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/heci/hbm_words.h"

#include <fmt/format.h>

#include "base/hex.h"
#include "protocol/heci/hbm.h"

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

std::string say_hbm(base::ByteView message, std::size_t) {
  if (message.empty()) return "nothing";
  for (const CommandName& row : kHbmNames) {
    if (static_cast<std::uint8_t>(row.command) != message[0]) continue;
    const base::ByteView rest = message.subspan(1, message.size() < 4 ? message.size() - 1 : 3);
    return fmt::format("{} {}", row.name, base::to_hex(rest));
  }
  return fmt::format("unknown command {:#04x}", message[0]);
}

}  // namespace

constinit const sim::MessageWords kHbmWords = {.name = "HBM", .says = &say_hbm};

}  // namespace emulator::heci
