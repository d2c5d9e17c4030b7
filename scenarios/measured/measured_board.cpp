// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/measured/measured_board.h"

#include <fmt/format.h>

namespace scenarios::measured {
namespace {

/// Of SMBIOS: "FUJITSU ESPRIMO E720, BIOS V4.6.5.4 R1.35.0".
std::string described(const Archive& archive) {
  const std::string product = archive.text("dmi/product_name");
  if (product.empty()) return {};
  std::string text = archive.text("dmi/sys_vendor") + " " + product;
  if (const std::string bios = archive.text("dmi/bios_version"); !bios.empty())
    text += ", BIOS " + bios;
  return text;
}

}  // namespace

MeasuredBoard measure(const Archive& archive) {
  MeasuredBoard board;
  board.description = described(archive);
  measure_function(archive, board);
  measure_answers(archive, board);
  measure_link(archive, board);
  if (board.simulated) board.rows.clear();
  return board;
}

}  // namespace scenarios::measured
