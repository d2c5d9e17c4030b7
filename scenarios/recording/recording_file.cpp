// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/recording/recording_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "os/read_file.h"
#include "os/report_file.h"
#include "scenarios/measured/archive.h"
#include "scenarios/measured/measured_board.h"
#include "scenarios/recording/fwupd.h"
#include "scenarios/recording/read_log.h"
#include "scenarios/recording/zip_archive.h"

namespace scenarios::recording {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t kMostMebibytes = 64;
constexpr const char* kSetup = "setup.json";
/// fwupd's phases of an update, in their order (fu-engine.rs, FuEngineEmulatorPhase).
constexpr std::array<std::string_view, 9> kPhases = {
    "setup",  "install",           "attach",           "detach", "prepare", "cleanup",
    "reload", "composite-prepare", "composite-cleanup"};

/// "install-2.json" belongs to install; the first of an update are behind each other.
std::size_t place_of(const ZippedFile& file) {
  const std::string_view name = std::string_view(file.name).substr(file.name.find(':') + 1);
  const std::string_view phase = name.substr(0, name.find_first_of(".0123456789"));
  const auto found = std::find_if(kPhases.begin(), kPhases.end(), [&](std::string_view one) {
    return phase == one || (phase.ends_with('-') && phase.substr(0, phase.size() - 1) == one);
  });
  return static_cast<std::size_t>(found - kPhases.begin());
}

Result<Recording> of_zip(base::ByteView bytes) {
  auto files = unzip(bytes);
  if (!files) return files.error();
  std::stable_sort(files->begin(), files->end(), [](const ZippedFile& a, const ZippedFile& b) {
    return place_of(a) < place_of(b);
  });
  Recording recording;
  std::size_t documents = 0;
  for (const ZippedFile& file : *files) {
    if (!file.name.ends_with(".json")) continue;
    ++documents;
    if (const auto done = read_fwupd(file.text, recording); !done)
      return Error{done.error().code, fmt::format("{}: {}", file.name, done.error().doing)};
  }
  if (documents == 0) return Error{Errc::invalid, "no .json is in this zip archive"};
  return recording;
}

template <class T>
std::optional<T> value_of(const measured::MeasuredBoard& board, std::string_view key) {
  const auto found = std::find_if(board.values.begin(), board.values.end(),
                                  [&](const auto& one) { return one.key == key; });
  if (found == board.values.end() || !found->value.starts_with("0x")) return std::nullopt;
  T value{};
  const char* const begin = found->value.data() + 2;
  const auto parsed = std::from_chars(begin, found->value.data() + found->value.size(), value, 16);
  return parsed.ec == std::errc() ? std::optional(value) : std::nullopt;
}

Result<Recording> of_archive(const std::string& path) {
  const auto archive = measured::Archive::open(path);
  if (!archive) return archive.error();
  auto recording = read_log(archive->text("info.log"));
  if (!recording) return Error{recording.error().code, "info.log: " + recording.error().doing};
  const measured::MeasuredBoard board = measured::measure(*archive);
  Function& function = recording->function;
  if (board.device_id) function.device_id = board.device_id;
  function.subsystem_vendor = value_of<std::uint16_t>(board, "pci.subsystem_vendor");
  function.subsystem_id = value_of<std::uint16_t>(board, "pci.subsystem_id");
  function.revision = value_of<std::uint8_t>(board, "pci.revision");
  if (const std::string versions = archive->text(archive->first("mei/", "/fw_ver"));
      !versions.empty())
    recording->firmware_versions = versions;
  return recording;
}

bool begins(base::ByteView bytes, std::string_view with) {
  return bytes.size() >= with.size() && std::equal(with.begin(), with.end(), bytes.begin());
}

bool is_tar(base::ByteView bytes) {
  constexpr std::size_t magic_at = 257;
  return bytes.size() > magic_at && begins(bytes.subspan(magic_at), "ustar");
}

Result<Recording> told_apart(const std::string& path, base::ByteView bytes) {
  if (begins(bytes, "PK")) return of_zip(bytes);
  if (is_tar(bytes)) return of_archive(path);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::size_t first = text.find_first_not_of(" \r\n\t");
  if (first == text.npos || text[first] != '{') return read_log(text);
  Recording recording;
  if (const auto done = read_fwupd(text, recording); !done) return done.error();
  return recording;
}

}  // namespace

Result<Recording> read_recording(const std::string& path) {
  const auto bytes = os::read_file(path, kMostMebibytes);
  if (!bytes) return bytes.error();
  auto recording = told_apart(path, *bytes);
  if (recording) return recording;
  const std::string& doing = recording.error().doing;
  return Error{recording.error().code,
               doing.starts_with(path) ? doing : fmt::format("{}: {}", path, doing)};
}

Result<void> write_recording(const Recording& recording, const std::string& path) {
  const auto json = write_fwupd(recording);
  if (!json) return json.error();
  if (!path.ends_with(".zip")) return os::write_report(path, *json);
  const auto archive = zip({{.name = kSetup, .text = *json}});
  if (!archive) return archive.error();
  return os::write_report(path, *archive);
}

}  // namespace scenarios::recording
