// SPDX-License-Identifier: BSD-3-Clause
#include "updater/image/image.h"

#include <fmt/format.h>

namespace updater::image {

const char* name(Kind kind) {
  switch (kind) {
    case Kind::update:
      return "update";
    case Kind::region:
      return "region";
    case Kind::flash:
      return "flash";
  }
  return "unknown";
}

const char* name(SigningKey key) {
  switch (key) {
    case SigningKey::intel_me4:
      return "intel-me4";
    case SigningKey::intel_me5:
      return "intel-me5";
    case SigningKey::intel_me7:
      return "intel-me7";
    case SigningKey::development:
      return "development";
    case SigningKey::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string to_text(const Defect& defect) {
  return fmt::format("offset 0x{:X}: {} {}", defect.offset, defect.field, defect.what);
}

}  // namespace updater::image
