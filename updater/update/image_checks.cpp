// SPDX-License-Identifier: BSD-3-Clause
// Reasons that lie in the file: it is damaged, or signed by somebody the device cannot be expected
// to trust.
#include "updater/update/checks.h"

namespace updater::update {
namespace {

using image::SigningKey;
using protocol::update::ToolError;

const char* defect_id(ToolError error) {
  switch (error) {
    case ToolError::invalid_header:
      return "invalid-header";
    case ToolError::invalid_length:
      return "invalid-length";
    case ToolError::image_not_supported:
      return "image-not-supported";
    case ToolError::partition_layout:
      return "partition-layout";
    default:
      return "invalid-image";
  }
}

std::string more(std::size_t defects) {
  if (defects < 2) return "";
  return " (and " + std::to_string(defects - 1) + " more)";
}

}  // namespace

std::optional<Refusal> check_soundness(const Question& question) {
  if (question.defects.empty()) return std::nullopt;
  const image::Defect& first = question.defects.front();
  return Refusal{
      .tool_error = first.tool_error,
      .id = defect_id(first.tool_error),
      .what = "The image is not sound: " + to_text(first) + more(question.defects.size()) + ".",
      .next_step =
          "Fetch the file again from the board's maker and compare its checksum; `meupdate image "
          "FILE` lists every defect."};
}

std::optional<Refusal> check_key(const Question& question) {
  if (question.device.simulated) return std::nullopt;  // its ROM names its own key, and decides
  const SigningKey key = question.image.key;
  if (key == SigningKey::development) {
    return Refusal{
        .tool_error = ToolError::invalid_image,
        .id = "development-key",
        .what =
            "The image is signed with this project's public development key, which no real device "
            "trusts.",
        .next_step = "Use such an image with a simulated machine (--device sim:MACHINE) only."};
  }
  if (key != SigningKey::unknown) return std::nullopt;
  return Refusal{.tool_error = ToolError::invalid_image,
                 .id = "unknown-key",
                 .what = "The image is signed with a key that is not known (MD5 " +
                         question.image.key_md5 + ").",
                 .next_step = "Use an image from the board's maker."};
}

}  // namespace updater::update
