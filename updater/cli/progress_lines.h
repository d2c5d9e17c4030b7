// SPDX-License-Identifier: BSD-3-Clause
// Lines of an update's progress for another program. No reader can hold the update up or end it.
#pragma once

#include <chrono>
#include <string_view>

namespace updater::cli {

class ProgressLines {
 public:
  /// How long one line waits for a reader who was quick until then; lines after it do not wait
  /// until the reader reads again.
  static constexpr std::chrono::milliseconds kPatience{1000};
  /// How long the last line waits, whatever the reader did before: the update is over then.
  static constexpr std::chrono::milliseconds kLastPatience{5000};

  /// `fd` is open and stays the caller's.
  explicit ProgressLines(int fd) : fd_(fd) {}

  /// Writes the line; or drops it when the reader does not read. Nothing more is written to a
  /// reader who went away, nor after a line that could be written in part only.
  void write(std::string_view line);

  /// The line that tells how it ended; a slow reader gets it, too.
  void write_last(std::string_view line);

 private:
  void write(std::string_view line, std::chrono::milliseconds patience);
  bool reader_is_ready(std::chrono::milliseconds patience);

  int fd_;
  bool reader_stalls_ = false;
  bool ended_ = false;
};

}  // namespace updater::cli
