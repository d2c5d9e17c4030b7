// SPDX-License-Identifier: BSD-3-Clause
// What MEInfo says where the engine's update client does not answer: logs of 8.1 (winraid 32655)
// and of 11.8 (a T470 whose engine had halted, winraid 32105). From CSME 12 on none is public.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace protocol::tools {

struct MeinfoFailure {
  std::uint16_t first = 0;  ///< generation of the tool
  std::uint16_t last = 0;
  std::uint32_t number = 0;
  std::string_view text;
};
inline constexpr std::array kMeinfoFailures = {
    MeinfoFailure{6, 10, 9458,
                  "Communication error between application and Intel(R) ME module (FW Update "
                  "client)"},
    MeinfoFailure{6, 10, 9459, "Internal error (Could not determine FW features information)"},
    MeinfoFailure{11, 11, 86,
                  "Communication error between application and Intel(R) ME module (FWU client)"},
    MeinfoFailure{11, 11, 81, "Internal error (Could not determine FW features information)"},
};

}  // namespace protocol::tools
