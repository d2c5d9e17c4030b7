// SPDX-License-Identifier: BSD-3-Clause
// Declared images into bytes: made by the factory, then spoilt as the story says.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/machine/profile.h"
#include "scenarios/engine/image_spec.h"

namespace scenarios::engine {

/// `machine` is whose image it is, unless the recipe names another. The same recipe gives the same
/// bytes. Errors: invalid (file:line:col and why it cannot be made).
base::Result<base::Bytes> build_image(const ImageSpec& spec,
                                      const emulator::machine::Profile& machine);

}  // namespace scenarios::engine
