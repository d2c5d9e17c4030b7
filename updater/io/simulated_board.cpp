// SPDX-License-Identifier: BSD-3-Clause
#include "updater/io/simulated_board.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "updater/io/smbios.h"

namespace updater::io {
namespace {

bool is_qemu(const SmbiosStructure& s) {
  return s.type == kSystemInformation && s.named_by(kManufacturer) == "QEMU";
}

bool holds_our_string(const SmbiosStructure& s) {
  return s.type == kOemStrings && std::ranges::find(s.strings, kSimulatedBoard) != s.strings.end();
}

}  // namespace

bool on_simulated_board(const std::string& sys) {
  std::ifstream file(sys + "/firmware/dmi/tables/DMI", std::ios::binary);
  const std::string table{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto structures = read_smbios(base::as_bytes(table));
  return std::ranges::any_of(structures, is_qemu) &&
         std::ranges::any_of(structures, holds_our_string);
}

}  // namespace updater::io
