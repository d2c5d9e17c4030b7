// SPDX-License-Identifier: BSD-3-Clause
#include "os/stream.h"

#include <fcntl.h>
#include <poll.h>

#include <cerrno>
#include <charconv>
#include <string_view>

#include "os/system_error.h"

namespace os {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::chrono::milliseconds kLookAgain(20);

std::optional<int> number_behind(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = failure == std::errc{} && end == text.data() + text.size() && number >= 0;
  return whole ? std::optional(number) : std::nullopt;
}

std::optional<int> number_of(const std::string& path) {
  if (path == "/dev/stdin") return STDIN_FILENO;
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  const auto number = number_behind(path, "/dev/fd/");
  return number ? number : number_behind(path, "/proc/self/fd/");
}

}  // namespace

std::optional<Result<Descriptor>> open_already(const std::string& path) {
  const auto number = number_of(path);
  if (!number) return std::nullopt;
  Descriptor same(::fcntl(*number, F_DUPFD_CLOEXEC, 0));
  if (!same.is_open()) return Result<Descriptor>(system_error("opening " + path));
  return Result<Descriptor>(std::move(same));
}

/// A pipe that nobody reads from would be waited for without an end.
Result<Descriptor> open_stream(const std::string& path, base::Duration limit) {
  for (base::Duration waited{};; waited += kLookAgain) {
    Descriptor stream(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (stream.is_open()) {
      if (::fcntl(stream.number(), F_SETFL, 0) == 0) return stream;
      return system_error("opening " + path);
    }
    if (errno != ENXIO) return system_error("opening " + path);
    if (waited >= limit)
      return Error{Errc::timeout, "opening " + path + ": it is a pipe, and nobody reads from it"};
    ::poll(nullptr, 0, static_cast<int>(kLookAgain.count()));
  }
}

}  // namespace os
