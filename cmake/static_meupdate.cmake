# SPDX-License-Identifier: BSD-3-Clause
# MEUPDATE_STATIC: meupdate as one file that needs no library of the machine it runs on. Included before any
# find_package: static archives are found in place of shared libraries. Debian has none of fmt and of toml++, whose
# headers hold all of their code: each is compiled once here, under the name that the rooms know.
# libbenchmark is shared alone, and libtpms as mesim wants it.
set(CMAKE_FIND_LIBRARY_SUFFIXES .a .so)
set(OPENSSL_USE_STATIC_LIBS TRUE)

set(generated ${PROJECT_BINARY_DIR}/static)
file(CONFIGURE OUTPUT ${generated}/fmt.cpp @ONLY CONTENT
"#define FMT_HEADER_ONLY
#include <fmt/format.h>
")
file(CONFIGURE OUTPUT ${generated}/toml.cpp @ONLY CONTENT
"#define TOML_IMPLEMENTATION
#include <toml++/toml.h>
")

add_library(static_fmt STATIC ${generated}/fmt.cpp)
# A function a section: the public libraries leave out what nobody calls, such as the standard library's threads.
target_compile_options(static_fmt PRIVATE -w -fkeep-inline-functions -ffunction-sections)
# As the shared library's users are compiled, so that both kinds of build share compiled files (ccache).
target_compile_definitions(static_fmt INTERFACE FMT_SHARED)
add_library(fmt::fmt ALIAS static_fmt)

add_library(static_toml STATIC ${generated}/toml.cpp)
target_compile_options(static_toml PRIVATE -w)
target_compile_definitions(static_toml PUBLIC TOML_HEADER_ONLY=0)
add_library(PkgConfig::TOMLPLUSPLUS ALIAS static_toml)

set_target_properties(static_fmt static_toml PROPERTIES POSITION_INDEPENDENT_CODE ON)
