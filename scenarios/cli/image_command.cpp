// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/image_command.h"

#include <fmt/format.h>

#include "emulator/machine/profile.h"
#include "emulator/machine/signing_key.h"
#include "os/report_file.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"
#include "scenarios/engine/image_builder.h"

namespace scenarios::cli {
namespace {

using emulator::machine::Profile;
using emulator::machine::SigningKey;
using engine::ImageKind;

base::Error wrong(const std::string& what) {
  return {base::Errc::invalid, what};
}

base::Result<ImageKind> kind_of(const std::string& text) {
  if (text == "update") return ImageKind::update;
  if (text == "region") return ImageKind::region;
  if (text == "flash") return ImageKind::flash;
  return wrong(fmt::format("--kind {}: must be update, region or flash", text));
}

/// What to say of a key that somebody brought along: which boards take it.
std::string words_of(const ImageArguments& arguments, const SigningKey& key,
                     const Profile& profile) {
  const std::string signed_with =
      fmt::format("signed with {}, MD5 {}\n", arguments.key_file, key.md5);
  if (key.md5 == profile.firmware.identity.key_md5) return signed_with;
  return signed_with + fmt::format(
                           "{} does not take this key; a profile does that says under [firmware] "
                           "key = \"{}\"\n",
                           arguments.machine, arguments.key_file);
}

struct Made {
  base::Bytes image;
  std::string words;  ///< more than every image's
};

base::Result<Made> built(const ImageArguments& arguments) {
  const auto kind = kind_of(arguments.kind);
  if (!kind) return kind.error();
  const auto version = protocol::parse_firmware_version(arguments.version);
  if (!version)
    return wrong(
        fmt::format("--version {}: must be four numbers such as 5.2.70.1046", arguments.version));
  const auto profile = emulator::machine::load_profile(arguments.machine);
  if (!profile) return profile.error();
  engine::ImageSpec spec{.name = arguments.output, .kind = *kind, .version = *version};
  spec.size = arguments.size;
  spec.sku = arguments.sku;
  std::string words;
  if (!arguments.key_file.empty()) {
    auto key = emulator::machine::read_signing_key(arguments.key_file);
    if (!key) return wrong("--key: " + key.error().doing);
    words = words_of(arguments, *key, *profile);
    spec.key_pem = std::move(key->private_key_pem);
  }
  auto image = engine::build_image(spec, *profile);
  if (!image) return image.error();
  return Made{.image = std::move(*image), .words = std::move(words)};
}

}  // namespace

int build_image(const ImageArguments& arguments) {
  const auto made = built(arguments);
  if (!made) {
    complain(made.error().doing);
    return kUsage;
  }
  const base::Bytes& bytes = made->image;
  const auto done = os::write_report(arguments.output, bytes);
  if (!done) {
    complain(done.error().doing);
    return kBroken;
  }
  say(fmt::format("{}: {} image {} for {}, {} bytes\n{}", arguments.output, arguments.kind,
                  arguments.version, arguments.machine, bytes.size(), made->words));
  return 0;
}

}  // namespace scenarios::cli
