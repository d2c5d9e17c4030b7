// SPDX-License-Identifier: BSD-3-Clause
// Switches and words of the era's tools: the logs in scenarios/field-reports/.
#include "scenarios/field/advise/advise_real_board.h"

#include <algorithm>
#include <array>

namespace scenarios::field {
namespace {

struct RealBoard {
  std::string_view id;
  const char* words;
};
constexpr std::array kRealBoards = {
    RealBoard{"heci", "the update tool and the image of the board's maker, without -tpm"},
    RealBoard{"heci-password",
              "the update tool and the image of the board's maker, with -pass and the password of "
              "MEBx"},
    RealBoard{"tpm", "the update tool and the image of the board's maker, with -tpm"},
    RealBoard{"tpm-owner",
              "the update tool and the image of the board's maker, with -tpm and the TPM owner's "
              "password (Lenovo's MEUPD.CMD takes it as its argument)"},
    RealBoard{"tpm-owner-password",
              "the update tool and the image of the board's maker, with -tpm, the TPM owner's "
              "password, and -pass with that of MEBx"},
    RealBoard{"tpm-clear",
              "look first whether the BIOS set-up offers every step that follows: where it does "
              "not, the keys are lost for nothing"},
    RealBoard{"tpm-allow-unowned", "few BIOSes offer it; where yours does not, the plan ends here"},
};

}  // namespace

std::string on_a_real_board(std::string_view id) {
  const auto* row = std::find_if(kRealBoards.begin(), kRealBoards.end(),
                                 [&](const RealBoard& each) { return each.id == id; });
  return row == kRealBoards.end() ? std::string() : row->words;
}

}  // namespace scenarios::field
