// SPDX-License-Identifier: BSD-3-Clause
// What advice that was tried on the model means for the owner of a real board, today.
#pragma once

#include <string>
#include <string_view>

namespace scenarios::field {

/// Of an action or a way of the update, by its id: what the owner does instead, or has to look at
/// first; empty: what is advised is all there is to do.
std::string on_a_real_board(std::string_view id);

/// Of every plan: why the commands typed on the model are none for a real board.
inline constexpr const char* kOfRealBoards =
    "Lines with \"model:\" are what was typed on the model. On a real board `meupdate` refuses "
    "them today: how its firmware takes an update is not publicly documented, a backup of its "
    "flash is needed, and it trusts no image of ours. What its owner can do stands behind \"real "
    "board:\".";

}  // namespace scenarios::field
