// SPDX-License-Identifier: BSD-3-Clause
// How long an update will take on a machine: the update is carried out on the simulated board, by
// the code that would do it on the real one, and the board's own time is read.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "emulator/machine/profile.h"
#include "scenarios/forecast/time_spent.h"
#include "updater/image/image.h"
#include "updater/update/way.h"

namespace scenarios::forecast {

/// Whose update: a profile's name or file, with values of it changed.
struct Subject {
  std::string machine;
  std::vector<emulator::machine::Override> set;
};

struct Forecast {
  updater::update::Way way = updater::update::Way::heci;
  std::size_t bytes = 0;            ///< of code, transferred and written
  std::size_t message_payload = 0;  ///< of it, in one message or command
  base::Duration total{};           ///< simulated, from the first message to the last look
  Shares shares{};                  ///< of it
};

/// The profile with what keeps an update from this way out of the way: local updates are open, and
/// for the TPM it is active and its owner's secret known. Errors: those of load_profile().
base::Result<emulator::machine::Profile> open_profile(const Subject& subject,
                                                      updater::update::Way way);

/// An image as large as the machine's code partition, of the next version.
base::Result<updater::image::Image> next_image(const emulator::machine::Profile& profile);

/// `profile` is an open one. Errors: unsupported (the board has no TPM and the way needs one),
/// refused (the update would be, and why), and what keeps a machine from being made.
base::Result<Forecast> forecast(const emulator::machine::Profile& profile,
                                const updater::image::Image& image, updater::update::Way way);

/// open_profile(), and forecast() on it.
base::Result<Forecast> forecast(const Subject& subject, const updater::image::Image& image,
                                updater::update::Way way);

}  // namespace scenarios::forecast
