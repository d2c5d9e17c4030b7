// SPDX-License-Identifier: BSD-3-Clause
// Reasons that lie in the file: it is damaged, or signed by somebody the device cannot be expected
// to trust.
#include <algorithm>

#include "updater/update/checks.h"

namespace updater::update {
namespace {

using image::SigningKey;

/// The row of the file's defects that has this number; the first one for another number.
const RefusalRow& row_of(protocol::update::ToolError error) {
  const auto found = std::ranges::find_if(rows::kRefusals, [&](const RefusalRow& each) {
    return each.asked == Asked::file && each.tool_error == error;
  });
  return found == rows::kRefusals.end() ? row("invalid-image") : *found;
}

std::string more(std::size_t defects) {
  if (defects < 2) return "";
  return " (and " + std::to_string(defects - 1) + " more)";
}

}  // namespace

std::optional<Refusal> check_soundness(const Question& question) {
  if (question.defects.empty()) return std::nullopt;
  const image::Defect& first = question.defects.front();
  Refusal refusal = refuse(
      row_of(first.tool_error),
      "The image is not sound: " + to_text(first) + more(question.defects.size()) + ".",
      "Fetch the file again from the board's maker and compare its checksum; `meupdate image "
      "FILE` lists every defect.");
  refusal.tool_error = first.tool_error;
  return refusal;
}

std::optional<Refusal> check_sent_as_it_is(const Question& question) {
  const image::Image& file = question.image;
  const bool may_be_part = file.form == protocol::image::ManifestForm::man;
  if (may_be_part || file.kind == image::Kind::update) return std::nullopt;
  return refuse(row("image-not-supported"),
                std::string("The file is a whole ") + name(file.kind) +
                    ", and no update can be made of one for firmware " + to_text(file.version()) +
                    ".",
                "Find the update file that the board's maker offers.");
}

// The ROM of a simulated board names its own key, and decides.
std::optional<Refusal> check_key(const Question& question) {
  const SigningKey key = question.image.key;
  if (key != SigningKey::development && key != SigningKey::unknown) return std::nullopt;
  const RefusalRow& about =
      key == SigningKey::development ? row("development-key") : row("unknown-key");
  const Target* real = objecting(about, question.targets, may_be_real);
  if (real == nullptr) return std::nullopt;
  const std::string ending = ", and " + to_text(*real) + " is not known to be simulated.";
  if (key == SigningKey::development) {
    return refuse(about,
                  "The image is signed with this project's public development key, which no real "
                  "device trusts" +
                      ending,
                  "Use such an image with a simulated machine (--device sim:MACHINE) only.");
  }
  return refuse(about,
                "The image is signed with a key that is not known (MD5 " + question.image.key_md5 +
                    ")" + ending,
                "Use an image from the board's maker.");
}

}  // namespace updater::update
