// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/image_command.h"

#include <fmt/format.h>

#include "emulator/machine/profile.h"
#include "os/read_file.h"
#include "os/report_file.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"
#include "scenarios/engine/image_builder.h"

namespace scenarios::cli {
namespace {

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

base::Result<std::string> read_key(const std::string& path) {
  const auto bytes = os::read_file(path, 1);
  if (!bytes) return wrong("the key file: " + bytes.error().doing);
  return std::string(bytes->begin(), bytes->end());
}

base::Result<base::Bytes> built(const ImageArguments& arguments) {
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
  if (arguments.key_file.empty()) return engine::build_image(spec, *profile);
  auto pem = read_key(arguments.key_file);
  if (!pem) return pem.error();
  spec.key_pem = std::move(*pem);
  return engine::build_image(spec, *profile);
}

}  // namespace

int build_image(const ImageArguments& arguments) {
  const auto bytes = built(arguments);
  if (!bytes) {
    complain(bytes.error().doing);
    return kUsage;
  }
  const auto done = os::write_report(arguments.output, *bytes);
  if (!done) {
    complain(done.error().doing);
    return kBroken;
  }
  say(fmt::format("{}: {} image {} for {}, {} bytes\n", arguments.output, arguments.kind,
                  arguments.version, arguments.machine, bytes->size()));
  return 0;
}

}  // namespace scenarios::cli
