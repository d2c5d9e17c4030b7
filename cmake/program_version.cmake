# SPDX-License-Identifier: BSD-3-Clause
# cmake -DSOURCE= -DVERSION= -DOUTPUT= -P: a C++ file that tells the version and the commit, written where it changed.
# An archive that git made (git archive, scripts/package) has its commit in cmake/commit.txt; a checkout is asked.
cmake_minimum_required(VERSION 3.25)
file(STRINGS ${SOURCE}/cmake/commit.txt commit LIMIT_COUNT 1)
if(commit MATCHES "^[0-9a-f]+$")
  string(SUBSTRING ${commit} 0 12 commit)
else()
  set(commit "")
  find_program(GIT_PROGRAM git)
  # A copy inside another project's checkout would be told that one's commit: there this folder has a place below its top.
  if(GIT_PROGRAM)
    execute_process(COMMAND ${GIT_PROGRAM} -C ${SOURCE} rev-parse --show-prefix RESULT_VARIABLE failed OUTPUT_VARIABLE below
      OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(NOT failed AND below STREQUAL "")
      execute_process(COMMAND ${GIT_PROGRAM} -C ${SOURCE} describe --always --abbrev=12 --exclude=* --dirty=+
        OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    endif()
  endif()
endif()

set(text ${VERSION})
if(NOT commit STREQUAL "")
  string(APPEND text " (${commit})")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT "// Made by cmake/program_version.cmake.
#include \"updater/cli/program_version.h\"

namespace updater::cli {

std::string_view program_version() {
  return \"@text@\";
}

}  // namespace updater::cli
")
