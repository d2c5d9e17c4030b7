// SPDX-License-Identifier: BSD-3-Clause
// What a picture calls the messages of the bus: by their numbers, and by what a trace says of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace scenarios::page {

enum class Spoken : std::uint8_t {
  link,    ///< host bus messages, by their command
  kernel,  ///< MKHI, by group and command: 0xGGCC
};

/// "link: connect"; null: the picture has no name for it.
const char* message_name(Spoken spoken, std::uint32_t message);
/// Likewise, of a trace's words: "HBM CONNECT_REQ ...", "MKHI group 0x03 command 0x02 ...".
const char* message_name(std::string_view words);

/// "FWU: get version" for GET_VERSION (protocol::fwu::name()).
std::string update_message_name(std::string_view message);
/// Whatever AMTHI is asked.
inline constexpr const char* kSetUpQuestion = "AMT: questions about the set-up";

}  // namespace scenarios::page
