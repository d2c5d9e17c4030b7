# SPDX-License-Identifier: BSD-3-Clause
# left_out(WHAT): a warning now, and a line in left-out of the build folder, which scripts/test names beside its count.
file(WRITE ${PROJECT_BINARY_DIR}/left-out "")

function(left_out what)
  message(WARNING "${what}")
  file(APPEND ${PROJECT_BINARY_DIR}/left-out "${what}\n")
endfunction()
