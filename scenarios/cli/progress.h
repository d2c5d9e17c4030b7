// SPDX-License-Identifier: BSD-3-Clause
// Results for the person who waits for them: as they come, on the stream that no report has to
// itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "scenarios/cli/print.h"
#include "scenarios/engine/result.h"

namespace scenarios::cli {

enum class Loudness : std::uint8_t {
  quiet,    ///< what did not pass, and the summary
  normal,   ///< a line a scenario
  verbose,  ///< and a line a step, and how many there are to come
};

class Progress {
 public:
  Progress(Stream stream, Loudness loudness, std::size_t scenarios)
      : stream_(stream), loudness_(loudness), scenarios_(scenarios) {}

  /// Of one scenario. A terminal also gets "[12/307]", and colours (print.h).
  void tell(const engine::ScenarioResult& result);
  /// Whatever else there is to say to that person.
  void say_plainly(std::string_view text) const { say_in(stream_, Ink::plain, text); }

 private:
  void tell_count() const;

  Stream stream_;
  Loudness loudness_;
  std::size_t scenarios_;
  std::size_t told_ = 0;
};

}  // namespace scenarios::cli
