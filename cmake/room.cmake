# SPDX-License-Identifier: BSD-3-Clause
# The two shapes a folder of this tree takes: a room (static library) and its tests.

# add_room(NAME SOURCES a.cpp ... DEPENDS room ...): a static library named after its folder.
function(add_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS" ${ARGN})
  if(ROOM_SOURCES)
    add_library(${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(${name} PUBLIC ${ROOM_DEPENDS})
    if(name MATCHES "^(base|protocol|emulator)")
      # The board is also linked into a plugin of QEMU; nobody is to replace its functions there.
      set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
      target_compile_options(${name} PRIVATE -fno-semantic-interposition)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ROOM_DEPENDS})
  endif()
endfunction()

# add_room_test(NAME SOURCES a_test.cpp ... DEPENDS room ...): one GoogleTest program, each test known to ctest.
function(add_room_test name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ROOM_SOURCES})
  target_link_libraries(${name} PRIVATE ${ROOM_DEPENDS} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE MEBENCH_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 120 PROPERTIES TIMEOUT 900)
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
