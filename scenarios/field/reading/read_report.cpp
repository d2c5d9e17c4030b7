// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/read_report.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>

#include "os/descriptor.h"
#include "scenarios/field/reading/json_lines.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/markup.h"
#include "scenarios/field/reading/paste_marks.h"
#include "scenarios/field/reading/reflowed.h"
#include "scenarios/field/reading/remembered.h"
#include "scenarios/field/reading/segmenter.h"
#include "scenarios/field/reading/text_of_file.h"
#include "scenarios/field/reading/typography.h"
#include "scenarios/field/reading/wide_table.h"

namespace scenarios::field {
namespace {

namespace fs = std::filesystem;

/// No tool prints such a line, nor its whole output in one; what is cut off is not shown.
constexpr std::size_t kLongestLine = 8000;

struct RawLine {
  std::string text;
  std::uint32_t number = 0;
  bool has_end = true;
  bool begins_block = false;
  bool ends_block = false;
};

/// Where the line ends that begins at `at`. A text without line feeds is not searched to its end
/// for each of its lines.
std::size_t end_of_line(std::string_view text, std::size_t at) {
  constexpr std::size_t kOfMostLines = 1000;
  const std::string_view nearby = text.substr(at, kOfMostLines);
  const std::size_t feed = std::min(nearby.find('\n'), nearby.size());
  std::size_t end = at + std::min(nearby.substr(0, feed).find('\r'), feed);
  while (end < text.size() && text[end] != '\r' && text[end] != '\n') ++end;
  return end;
}

/// The next line of `text` from `at` on, which moves behind its end: beyond that of the text where
/// it has none.
std::string_view next_line(std::string_view text, std::size_t& at) {
  const std::size_t end = end_of_line(text, at);
  const std::string_view line = text.substr(at, end - at);
  at = end + 1;
  if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++at;
  return line;
}

/// Without the colours of a captured terminal ("\\x1b[31m") and its clearing of a line's rest
/// ("\\x1b[K"). Other escapes are shown.
std::string without_colours(std::string_view raw) {
  if (raw.find('\x1b') == raw.npos) return std::string(raw);
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    const bool begins = raw.substr(at).starts_with("\x1b[");
    const std::size_t end = begins ? raw.find_first_not_of("0123456789;", at + 2) : raw.npos;
    const bool colour = end != raw.npos && (raw[end] == 'm' || raw[end] == 'K');
    if (colour) {
      at = end + 1;
    } else {
      out += raw[at++];
    }
  }
  return out;
}

/// A tab sets columns apart, as two blanks do; one blank does not.
std::string wide_tabs(std::string text) {
  for (std::size_t at = text.find('\t'); at != text.npos; at = text.find('\t', at + 2))
    text.replace(at, 1, "  ");
  return text;
}

/// One line without quotation marks and time.
std::string unwrapped(std::string_view raw) {
  const std::string safe =
      as_printed_by_tool(visible(wide_tabs(without_colours(raw.substr(0, kLongestLine)))));
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
    while (at < text.size()) {
      const std::string_view raw = next_line(text, at);
      take_row(raw, ++number, at <= text.size());
    }
    end_table();
    pass_on();
    lines_.finish();
  }

 private:
  /// Rows of a table wait for its end: its columns are read one after the other.
  void take_row(std::string_view raw, std::uint32_t number, bool has_end) {
    constexpr std::size_t kMostRows = 1000;
    auto cells = raw.size() <= kLongestLine ? wide_cells(raw) : std::nullopt;
    const bool goes_on = cells && !table_.empty() && table_.size() < kMostRows &&
                         table_.front().cells.size() == cells->size();
    if (!goes_on) end_table();
    if (cells)
      table_.push_back({std::move(*cells), std::string(raw), number});
    else
      take(raw, number, has_end);
  }

  void end_table() {
    for (const TableLine& line : lines_of_table(table_)) take(line.text, line.number, true);
    table_.clear();
  }

  void take(std::string_view raw, std::uint32_t number, bool has_end) {
    const auto held = json_.lines_of(raw);
    if (!held) return take_text(raw, number, has_end);
    for (const std::string& line : *held) take_text(line, number, true);
  }

  void take_text(std::string_view raw, std::uint32_t number, bool has_end) {
    const std::vector<MarkupLine> lines = lines_of_markup(raw);
    for (const MarkupLine& line : lines) {
      const bool first = &line == &lines.front();
      const bool last = &line == &lines.back();
      push({unwrapped_.of(line.text, unwrapped), number, has_end || !last,
            first ? begins_block(raw) : line.begins_block, last && ends_block(raw)});
    }
  }

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
    std::vector<std::string> lines = lines_in_.of(
        text, [](std::string_view each) { return unflowed(collapsed(with_colon(each))); });
    for (std::string& line : lines) {
      const bool has_end = held_.has_end || &line != &lines.back();
      const bool behind_gap = &line == &lines.front() && (held_.begins_block || block_ended_);
      lines_.take({name_, held_.number, std::move(line), LineKind::unknown, has_end, behind_gap});
    }
    block_ended_ = held_.ends_block;
  }

  std::shared_ptr<const std::string> name_;
  Segmenter lines_;
  JsonLines json_;
  Remembered<std::string> unwrapped_;
  Remembered<std::vector<std::string>> lines_in_;
  std::vector<WideRow> table_;
  RawLine held_;
  bool held_is_numbered_ = false;
  bool block_ended_ = false;
};

std::string too_long(const std::string& has) {
  return fmt::format(
      "has {}; a log has some kilobytes, and more than {} MiB are not read: cut out the part with "
      "the tools' output",
      has, kLargestFile >> 20);
}

std::string reason() {
  return visible("cannot be read: " + std::generic_category().message(errno));
}

/// To its end, but no more than the limit and a piece: it may be a pipe. Nothing: it cannot
/// be read.
std::optional<std::string> bytes_of(int fd) {
  std::string bytes;
  constexpr std::size_t kStep = 1u << 16;
  while (bytes.size() <= kLargestFile) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kStep);
    const ssize_t count = ::read(fd, bytes.data() + before, kStep);
    bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
  }
  return bytes;
}

bool is_pipe(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

void read_open_file(int fd, const std::string& name, FieldReport& report) {
  const auto bytes = bytes_of(fd);
  const auto leave_out = [&](std::string why) {
    report.unusable.push_back({visible(name), std::move(why)});
  };
  if (!bytes) return leave_out(reason());
  if (bytes->size() > kLargestFile)
    return leave_out(too_long(fmt::format("more than {} MiB", kLargestFile >> 20)));
  if (bytes->empty() && is_pipe(fd)) return leave_out("is a pipe into which nothing was written");
  read_text(*bytes, name, report);
}

/// A pipe with nobody at its other end would be waited for without an end.
void read_file(const fs::path& path, FieldReport& report) {
  ++report.files;
  const std::string name = path.string();
  std::error_code failure;
  const std::uintmax_t size = fs::file_size(path, failure);
  if (!failure && size > kLargestFile) {
    report.unusable.push_back({visible(name), too_long(fmt::format("{} MiB", size >> 20))});
    return;
  }
  const os::Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open() || ::fcntl(file.number(), F_SETFL, 0) != 0) {
    report.unusable.push_back({visible(name), reason()});
    return;
  }
  read_open_file(file.number(), name, report);
}

/// Adds the files of one folder to `files` and its folders to `folders`. Links to folders are not
/// followed: they can go round in circles.
void look_into(const fs::path& folder, std::vector<fs::path>& files, std::vector<fs::path>& folders,
               FieldReport& report) {
  std::error_code failure;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    std::error_code unknown;  // a link that leads nowhere is no file
    const bool hidden = at->path().filename().string().starts_with('.');
    if (at->is_directory(unknown) && !at->is_symlink(unknown))
      folders.push_back(at->path());
    else if (at->is_regular_file(unknown) && !hidden)
      files.push_back(at->path());
  }
  if (failure)
    report.unusable.push_back(
        {visible(folder.string()), visible("cannot be entered: " + failure.message())});
}

std::vector<fs::path> files_below(const fs::path& folder, FieldReport& report) {
  std::vector<fs::path> found;
  std::vector<fs::path> folders = {folder};
  while (!folders.empty()) {
    const fs::path next = std::move(folders.back());
    folders.pop_back();
    look_into(next, found, folders, report);
  }
  std::sort(found.begin(), found.end());
  return found;
}

base::Error no_way_to(const std::string& path, const std::error_code& failure) {
  if (failure == std::errc::no_such_file_or_directory || !failure)
    return {base::Errc::not_found, visible(path) + ": there is no such file or folder"};
  return {base::Errc::io, visible(path + " cannot be reached: " + failure.message())};
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
      read_open_file(STDIN_FILENO, "(standard input)", report);
      continue;
    }
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (!fs::exists(status)) return no_way_to(path, failure);
    if (!fs::is_directory(status)) {
      read_file(path, report);
      continue;
    }
    for (const fs::path& file : files_below(path, report)) read_file(file, report);
  }
  return report;
}

}  // namespace scenarios::field
