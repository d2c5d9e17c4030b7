// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/page/message_names.h"

#include "protocol/heci/hbm.h"

namespace scenarios::page {
namespace {

using protocol::hbm::Command;

struct NamedMessage {
  Spoken spoken;
  std::uint32_t message;
  std::string_view begins;  ///< in a trace
  const char* name;
};
constexpr NamedMessage link(Command command, std::string_view begins, const char* name) {
  return {Spoken::link, static_cast<std::uint32_t>(command), begins, name};
}

constexpr NamedMessage kNamedMessages[] = {
    {Spoken::kernel, 0xFF02, "MKHI group 0xff command 0x02", "MKHI: firmware version?"},
    {Spoken::kernel, 0x0302, "MKHI group 0x03 command 0x02", "MKHI: a rule?"},
    {Spoken::kernel, 0x0303, "MKHI group 0x03 command 0x03", "MKHI: set a rule"},
    {Spoken::kernel, 0x0602, "MKHI group 0x06 command 0x02", "MKHI: how is the update?"},
    link(Command::host_start_req, "HBM HOST_START", "link: start"),
    link(Command::host_enum_req, "HBM HOST_ENUM", "link: which clients?"),
    link(Command::client_props_req, "HBM CLIENT_PROPS", "link: which clients?"),
    link(Command::connect_req, "HBM CONNECT", "link: connect"),
    link(Command::disconnect_req, "HBM DISCONNECT", "link: disconnect"),
    link(Command::host_stop_req, "HBM HOST_STOP", "link: stop"),
};

}  // namespace

const char* message_name(Spoken spoken, std::uint32_t message) {
  for (const NamedMessage& row : kNamedMessages) {
    if (row.spoken == spoken && row.message == message) return row.name;
  }
  return nullptr;
}

const char* message_name(std::string_view words) {
  for (const NamedMessage& row : kNamedMessages) {
    if (words.starts_with(row.begins)) return row.name;
  }
  return nullptr;
}

std::string update_message_name(std::string_view message) {
  std::string small(message);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '_') c = ' ';
  }
  return "FWU: " + small;
}

}  // namespace scenarios::page
