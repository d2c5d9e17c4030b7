// SPDX-License-Identifier: BSD-3-Clause
#include "tests/fuzz/targets.h"
#include "updater/image/image.h"

namespace fuzz {

void image(base::ByteView bytes) {
  const auto out = updater::image::parse(base::Bytes(bytes.begin(), bytes.end()));
  promise(out.image.has_value() != out.defect.has_value(), "parse gives an image or a defect");
  if (out.defect) {
    promise(!out.defect->field.empty() && !out.defect->what.empty(), "a defect names its field");
    return;
  }
  promise(out.image->code_offset + out.image->code_size <= bytes.size(),
          "the code lies inside the file");
  for (const auto& defect : updater::image::verify(*out.image)) {
    promise(defect.offset < bytes.size(), "a defect lies inside the file");
  }
}

}  // namespace fuzz
