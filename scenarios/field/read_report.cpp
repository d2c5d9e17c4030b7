// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/read_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "scenarios/field/paste_marks.h"
#include "scenarios/field/segmenter.h"
#include "scenarios/field/text_of_file.h"
#include "scenarios/field/typography.h"

namespace scenarios::field {
namespace {

namespace fs = std::filesystem;

/// No tool prints such a line; what is cut off is not shown.
constexpr std::size_t kLongestLine = 2000;

struct RawLine {
  std::string text;
  std::uint32_t number = 0;
};

/// The next line of `text` from `at` on, which moves behind its end.
std::string_view next_line(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  const std::string_view line = text.substr(at, end - at);
  at = end + 1;
  if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++at;
  return line;
}

/// Without the colours of a captured terminal ("\\x1b[31m"). Other escapes are shown.
std::string without_colours(std::string_view raw) {
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    const bool begins = raw.substr(at).starts_with("\x1b[");
    const std::size_t end = begins ? raw.find_first_not_of("0123456789;", at + 2) : raw.npos;
    const bool colour = end != raw.npos && raw[end] == 'm';
    if (colour) {
      at = end + 1;
    } else {
      out += raw[at++];
    }
  }
  return out;
}

/// One line without quotation marks and time.
std::string unwrapped(std::string_view raw) {
  const std::string safe =
      as_printed_by_tool(visible(without_colours(raw.substr(0, kLongestLine))));
  std::string_view text = without_quotes(safe);
  text = without_quotes(without_time(text));
  return std::string(text);
}

/// A number in front is a line number when a neighbour carries the one before or after it.
bool follow(const std::string& before, const std::string& after) {
  const auto first = line_number(before);
  const auto second = line_number(after);
  return first && second && second->number == first->number + 1;
}

std::string without_number(const std::string& text) {
  const auto numbered = line_number(text);
  return numbered ? std::string(without_time(without_quotes(numbered->rest))) : text;
}

class FileReader {
 public:
  FileReader(const std::string& name, FieldReport& report)
      : name_(std::make_shared<const std::string>(visible(name))), lines_(report) {}

  void read(std::string_view text) {
    std::size_t at = 0;
    std::uint32_t number = 0;
    while (at < text.size()) push({unwrapped(next_line(text, at)), ++number});
    pass_on();
    lines_.finish();
  }

 private:
  /// A line is passed on once the one behind it is known.
  void push(RawLine next) {
    const bool numbered = follow(held_.text, next.text);
    if (numbered) held_is_numbered_ = true;
    pass_on();
    held_ = std::move(next);
    held_is_numbered_ = numbered;
  }

  void pass_on() {
    if (held_.number == 0) return;
    const std::string text = held_is_numbered_ ? without_number(held_.text) : held_.text;
    lines_.take({name_, held_.number, collapsed(text), LineKind::unknown});
  }

  std::shared_ptr<const std::string> name_;
  Segmenter lines_;
  RawLine held_;
  bool held_is_numbered_ = false;
};

std::string too_long(const std::string& has) {
  return fmt::format(
      "has {}; a log has some kilobytes, and more than {} MiB are not read: cut out the part with "
      "the tools' output",
      has, kLargestFile >> 20);
}

/// What may be a pipe ends where it ends: no more than the limit is taken from it.
std::string read_stream(std::istream& in) {
  std::string bytes;
  constexpr std::size_t kStep = 1u << 16;
  while (in && bytes.size() <= kLargestFile) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kStep);
    in.read(bytes.data() + before, kStep);
    bytes.resize(before + static_cast<std::size_t>(in.gcount()));
  }
  return bytes;
}

void read_stream(std::istream& in, const std::string& name, FieldReport& report) {
  const std::string bytes = read_stream(in);
  if (bytes.size() <= kLargestFile) return read_text(bytes, name, report);
  report.unusable.push_back(
      {visible(name), too_long(fmt::format("more than {} MiB", kLargestFile >> 20))});
}

void read_file(const fs::path& path, FieldReport& report) {
  ++report.files;
  const std::string name = path.string();
  std::error_code failure;
  const std::uintmax_t size = fs::file_size(path, failure);
  if (!failure && size > kLargestFile) {
    report.unusable.push_back({visible(name), too_long(fmt::format("{} MiB", size >> 20))});
    return;
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (file) return read_stream(file, name, report);
  const std::string why = std::generic_category().message(errno);
  report.unusable.push_back({visible(name), visible("cannot be read: " + why)});
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failure;
  for (fs::recursive_directory_iterator at(folder, failure), end; at != end && !failure;
       at.increment(failure)) {
    const bool hidden = at->path().filename().string().starts_with('.');
    if (at->is_regular_file(failure) && !hidden) found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

void read_text(std::string_view text, const std::string& name, FieldReport& report) {
  const auto plain = as_text(text);
  if (!plain) {
    report.unusable.push_back({visible(name), plain.error().doing});
    return;
  }
  FileReader(name, report).read(*plain);
}

base::Result<FieldReport> read_report(const std::vector<std::string>& paths) {
  FieldReport report;
  for (const std::string& path : paths) {
    if (path == "-") {
      ++report.files;
      read_stream(std::cin, "(standard input)", report);
      continue;
    }
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (!fs::exists(status))
      return base::Error{base::Errc::not_found,
                         visible(path) + ": there is no such file or folder"};
    if (!fs::is_directory(status)) {
      read_file(path, report);
      continue;
    }
    for (const fs::path& file : files_below(path)) read_file(file, report);
  }
  return report;
}

}  // namespace scenarios::field
