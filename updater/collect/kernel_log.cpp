// SPDX-License-Identifier: BSD-3-Clause
#include "updater/collect/kernel_log.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "base/lines.h"
#include "os/descriptor.h"

namespace updater::collect {
namespace {

/// In lower case; of a line that has one of them.
constexpr std::string_view kWords[] = {"mei", "tpm", "heci", "dmi:", "linux version"};

bool is_wanted(std::string_view line) {
  std::string lower(line);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

/// "6,339,5140900,-;mei_me ...": behind the second comma stand microseconds.
std::string as_dmesg_shows_it(std::string_view record) {
  const std::size_t text = record.find(';');
  const std::size_t first = record.find(',');
  if (text == record.npos || first == record.npos) return {};
  const std::size_t second = record.find(',', first + 1);
  std::uint64_t micros = 0;
  if (second < text) {
    std::from_chars(record.data() + second + 1, record.data() + text, micros);
  }
  return fmt::format("[{:5}.{:06}] {}\n", micros / 1'000'000, micros % 1'000'000,
                     record.substr(text + 1));
}

/// To its end: of the device a record with each reading, of a file more.
std::string records_of(int log) {
  std::string records;
  std::array<char, 8192> part = {};  // the longest record
  for (;;) {
    const ssize_t count = ::read(log, part.data(), part.size());
    if (count > 0) records.append(part.data(), static_cast<std::size_t>(count));
    if (count < 0 && (errno == EPIPE || errno == EINTR)) continue;  // some were written over
    if (count <= 0) return records;
  }
}

}  // namespace

std::string kernel_log(const std::string& root) {
  const os::Descriptor log(::open((root + "/dev/kmsg").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!log.is_open()) return {};
  std::string text;
  for (const std::string& record : base::lines_of(records_of(log.number()))) {
    const std::string line = as_dmesg_shows_it(record);
    if (is_wanted(line)) text += line;
  }
  return text;
}

}  // namespace updater::collect
