// SPDX-License-Identifier: BSD-3-Clause
#include "updater/io/simulated_board.h"

#include <fstream>
#include <iterator>

namespace updater::io {

bool on_simulated_board(const std::string& sys) {
  std::ifstream file(sys + "/firmware/dmi/tables/DMI", std::ios::binary);
  const std::string tables{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  // A whole string of a structure: a NUL ends it, and before it is the number of OEM strings, which
  // is the last byte of the structure's own part, or the NUL of the string before.
  const std::string wanted = std::string(kSimulatedBoard) + '\0';
  const std::size_t at = tables.find(wanted);
  if (at == std::string::npos || at == 0) return false;
  constexpr char kFirstPrintable = ' ';
  return tables[at - 1] >= 0 && tables[at - 1] < kFirstPrintable;
}

}  // namespace updater::io
