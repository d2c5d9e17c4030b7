# SPDX-License-Identifier: BSD-3-Clause
# The two shapes a folder of this tree takes: a room (static library) and its tests.
#
# The presets release and asan compile several files of a room as one (CMAKE_UNITY_BUILD), in a third of the time; debug
# compiles each file by itself. So a private name (of an unnamed namespace) means one thing in all files of a folder.

# add_room(NAME SOURCES a.cpp ... DEPENDS room ...): a static library named after its folder.
function(add_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS" ${ARGN})
  if(ROOM_SOURCES)
    add_library(${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(${name} PUBLIC ${ROOM_DEPENDS})
    if(name MATCHES "^(base|os|config|protocol|emulator|updater|face|scenarios_(engine|program))")
      # The board is also linked into a plugin of QEMU, and both halves into the public libraries (face): compiled once,
      # for programs and for those; and nobody sees or replaces the functions of the inner rooms there.
      set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON
        CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
      target_compile_options(${name} PRIVATE -fno-semantic-interposition)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ROOM_DEPENDS})
  endif()
endfunction()

# add_room_test(NAME SOURCES a_test.cpp ... DEPENDS room ...): one GoogleTest program, known to
# ctest as add_test_program() says.
function(add_room_test name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ROOM_SOURCES})
  target_link_libraries(${name} PRIVATE ${ROOM_DEPENDS} GTest::gtest_main)
  set_target_properties(${name} PROPERTIES UNITY_BUILD_BATCH_SIZE 0)
  add_test_program(${name})
endfunction()

# add_test_program(NAME): each test of a GoogleTest program is one of ctest; or, with MEBENCH_TEST_PARTS, all of them
# are that many of ctest: NAME.part_1 ... The sanitizers take ten times as long to start a program as most tests last.
function(add_test_program name)
  if(NOT MEBENCH_TEST_PARTS)
    gtest_discover_tests(${name} DISCOVERY_TIMEOUT 120 PROPERTIES TIMEOUT 900)
    return()
  endif()
  foreach(part RANGE 1 ${MEBENCH_TEST_PARTS})
    add_test(NAME ${name}.part_${part} COMMAND ${name})
    math(EXPR index "${part} - 1")
    set_tests_properties(${name}.part_${part} PROPERTIES TIMEOUT 1800 COST 100
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${MEBENCH_TEST_PARTS};GTEST_SHARD_INDEX=${index}")
  endforeach()
endfunction()

# add_script_tests(PREFIX SCRIPT argument ...): each test of a Python script is one of ctest, PREFIX.Case.test_name. The
# script gets the arguments, then Case.test_name.
function(add_script_tests prefix script)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  file(STRINGS ${script} lines REGEX "^class |^    def test_")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${script})
  foreach(line ${lines})
    if(line MATCHES "^class ([A-Za-z]+)")
      set(case ${CMAKE_MATCH_1})
    elseif(line MATCHES "def (test_[a-z0-9_]+)")
      set(test ${case}.${CMAKE_MATCH_1})
      add_test(NAME ${prefix}.${test}
        COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/${script} ${ARGN} ${test})
      set_tests_properties(${prefix}.${test} PROPERTIES TIMEOUT 900)
    endif()
  endforeach()
endfunction()
