// SPDX-License-Identifier: BSD-3-Clause
// Machines that have just booted, and images for them. What takes time (profiles read, flash filled
// and signed, TPMs made) is done once for each kind and copied.
#pragma once

#include <compare>
#include <map>
#include <memory>
#include <string>

#include "emulator/machine/machine.h"
#include "scenarios/engine/image_spec.h"
#include "scenarios/field/boards/circumstances.h"

namespace scenarios::field {

class BoardMaker {
 public:
  /// A machine of `profile`, a file, as `circumstances` have it; the ME has booted. Errors: those
  /// of load_profile() and Machine::build().
  base::Result<std::unique_ptr<emulator::machine::Machine>> booted(
      const std::string& profile, const Circumstances& circumstances);

  /// Errors: invalid (the image cannot be made).
  base::Result<base::Bytes> image(const engine::ImageSpec& spec,
                                  const emulator::machine::Profile& machine);

 private:
  /// As it stands in front of the factory's gate.
  struct Kind {
    emulator::machine::Profile profile;
    base::Bytes written;  ///< of its flash, up to the last byte that is not erased
    std::size_t flash_size = 0;
  };
  /// What tells kinds apart.
  struct KindKey {
    std::string profile;
    ProfileChanges set;

    auto operator<=>(const KindKey&) const = default;
  };
  /// What tells images apart: all that is asked for but the name, and the machine where it decides.
  struct MadeImage {
    engine::ImageSpec asked;
    std::uint32_t machine_sku = 0;
    std::uint32_t code_size = 0;

    auto operator<=>(const MadeImage&) const = default;
  };
  base::Result<const Kind*> kind(const std::string& profile, const Circumstances& circumstances);

  std::map<KindKey, Kind> kinds_;
  std::map<MadeImage, base::Bytes> images_;
};

}  // namespace scenarios::field
