// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/read_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "scenarios/field/paste_marks.h"
#include "scenarios/field/segmenter.h"
#include "scenarios/field/text_of_file.h"

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

/// One line without quotation marks and time.
std::string unwrapped(std::string_view raw) {
  const std::string safe = visible(raw.substr(0, kLongestLine));
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

std::string reason(const fs::path& path, std::uintmax_t size) {
  if (size > kLargestFile) {
    return fmt::format(
        "has {} MiB; a log has some kilobytes, and more than {} MiB are not read: cut out "
        "the part with the tools' output",
        size >> 20, kLargestFile >> 20);
  }
  return "cannot be read: " + path.string();
}

void read_file(const fs::path& path, FieldReport& report) {
  ++report.files;
  const std::string name = path.string();
  std::error_code failure;
  const std::uintmax_t size = fs::file_size(path, failure);
  std::ifstream file(path, std::ios::binary);
  if (failure || !file || size > kLargestFile) {
    report.unusable.push_back({visible(name), visible(reason(path, failure ? 0 : size))});
    return;
  }
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  read_text(bytes, name, report);
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
