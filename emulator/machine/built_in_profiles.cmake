# SPDX-License-Identifier: BSD-3-Clause
# Writes the source of built_in_profiles(): cmake -DFOLDER=scenarios/machines -DOUTPUT=FILE -P built_in_profiles.cmake
file(GLOB files ${FOLDER}/*.toml)
list(SORT files)
set(rows "")
foreach(file ${files})
  get_filename_component(name ${file} NAME_WLE)
  file(READ ${file} text)
  string(APPEND rows "    {.name = \"${name}\",\n     .text = R\"profile(${text})profile\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made by built_in_profiles.cmake.
#include \"emulator/machine/built_in_profiles.h\"

namespace emulator::machine {
namespace {

constexpr BuiltInProfile kBuiltInProfiles[] = {
${rows}};

}  // namespace

std::span<const BuiltInProfile> built_in_profiles() {
  return kBuiltInProfiles;
}

}  // namespace emulator::machine
")
