// SPDX-License-Identifier: BSD-3-Clause
// The file of --log: always full, whatever the chosen format shows. Appended to, so that a second
// try keeps the first.
#pragma once

#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "os/descriptor.h"

namespace updater::cli {

/// Bytes that an entry shows of a piece of an image, which is at hand itself.
inline constexpr std::size_t kShownData = 32;

class LogFile {
 public:
  /// An empty path gives a log that keeps nothing. Only its owner may read the file. Errors: those
  /// of os::open_private().
  static base::Result<std::unique_ptr<LogFile>> open(const std::string& path);
  /// In no file: behind what `text` holds, which outlives it.
  static std::unique_ptr<LogFile> kept_in(std::string& text);

  /// Times are told by `clock` from now on; it must outlive its use. Before, lines carry none.
  void use_clock(const base::Clock* clock) { clock_ = clock; }
  bool on() const { return file_.has_value() || text_ != nullptr; }
  /// Whether all of it was written: the disk may be full.
  bool complete() const { return written_; }

  /// One entry: "[   1.234567] KIND text"; a text of several lines is indented below.
  void note(std::string_view kind, std::string_view text);
  /// The same of a text that is only made where somebody keeps it.
  template <std::invocable<> Made>
  void note(std::string_view kind, const Made& made) {
    if (!on()) return;
    const std::string text = made();
    note(kind, std::string_view(text));
  }

 private:
  std::string stamp() const;

  std::optional<os::Descriptor> file_;
  std::string* text_ = nullptr;
  bool written_ = true;
  std::string path_;
  const base::Clock* clock_ = nullptr;
};

}  // namespace updater::cli
