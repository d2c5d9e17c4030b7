// SPDX-License-Identifier: GPL-2.0-or-later
#include "emulator/attach/qemu/state_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace emulator::attach::qemu {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

constexpr int kSchema = 1;

Error system_error(const std::string& doing) {
  return {Errc::io, fmt::format("{}: {}", doing, std::strerror(errno)),
          static_cast<std::uint32_t>(errno)};
}

Error damaged(const std::string& path, const char* what) {
  return {Errc::invalid,
          fmt::format("{} {}; remove the folder to begin with a fresh machine", path, what)};
}

Result<base::Bytes> read_whole(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return system_error("reading " + path);
  return base::Bytes(text.begin(), text.end());
}

bool describes_a_machine(const nlohmann::json& json) {
  return json.is_object() && json.contains("schema") && json["schema"] == kSchema &&
         json.contains("machine") && json["machine"].is_string() && json.contains("set") &&
         json["set"].is_array();
}

Result<KeptBoard> read_description(const std::string& path) {
  std::ifstream file(path);
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (!describes_a_machine(json)) return damaged(path, "does not describe a machine");
  KeptBoard kept{.machine = json["machine"].get<std::string>(), .set = {}, .flash = {}};
  for (const auto& entry : json["set"]) {
    if (!entry.is_string()) return damaged(path, "holds a \"set\" entry that is not text");
    kept.set.push_back(entry.get<std::string>());
  }
  return kept;
}

Result<void> write_description(const std::string& path, const KeptBoard& kept) {
  const nlohmann::ordered_json json = {
      {"schema", kSchema}, {"machine", kept.machine}, {"set", kept.set}};
  std::ofstream file(path, std::ios::trunc);
  file << json.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  file.close();
  if (!file) return Error{Errc::io, "cannot write " + path};
  return {};
}

bool write_at(int file, base::ByteView data, std::uint32_t offset) {
  while (!data.empty()) {
    const ssize_t written = ::pwrite(file, data.data(), data.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    data = data.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::uint32_t>(written);
  }
  return true;
}

}  // namespace

Result<std::unique_ptr<StateFiles>> StateFiles::open(const std::string& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed)
    return Error{Errc::io, fmt::format("making the state folder {}: {}", folder, failed.message())};
  Descriptor lock(::open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!lock.is_open()) return system_error("opening " + folder + "/lock");
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
    return Error{Errc::busy,
                 "the state folder " + folder + " is used by another program; wait for it to end"};
  }
  return std::unique_ptr<StateFiles>(new StateFiles(folder, std::move(lock)));
}

Result<KeptBoard> StateFiles::load(const KeptBoard& wanted) const {
  const std::string description = folder_ + "/machine.json";
  const std::string flash = folder_ + "/flash.bin";
  if (!fs::exists(description) && !fs::exists(flash)) return wanted;
  if (!fs::exists(description)) return damaged(description, "is missing");
  Result<KeptBoard> kept = read_description(description);
  if (!kept) return kept.error();
  if (!wanted.machine.empty() && wanted.machine != kept->machine) {
    return Error{Errc::invalid, fmt::format("{} keeps the machine {}, not {}", folder_,
                                            kept->machine, wanted.machine)};
  }
  if (!wanted.set.empty() && wanted.set != kept->set) {
    return Error{Errc::invalid, fmt::format("{} keeps a machine made with other values of set; "
                                            "leave set out, or give another folder",
                                            folder_)};
  }
  Result<base::Bytes> contents = read_whole(flash);
  if (!contents) return contents.error();
  if (contents->empty()) return damaged(flash, "is empty");
  kept->flash = std::move(contents).value();
  return kept;
}

Result<void> StateFiles::begin(const KeptBoard& kept, base::ByteView flash) {
  const std::string path = folder_ + "/flash.bin";
  file_ = Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!file_.is_open()) return system_error("opening " + path);
  if (kept.flash.empty() && !write_at(file_.number(), flash, 0))
    return system_error("writing " + path);
  on_disk_.assign(flash.begin(), flash.end());
  return write_description(folder_ + "/machine.json", kept);
}

void StateFiles::record(const sim::TraceRecord& record) {
  using sim::TraceKind;
  if (record.kind != TraceKind::flash_program && record.kind != TraceKind::flash_erase) return;
  touched_.push_back({.address = record.a, .length = record.b});
}

Result<void> StateFiles::keep(base::ByteView flash) {
  for (const Range& range : touched_) {
    if (auto kept = keep(flash, range); !kept) return kept;
  }
  // The flash does one operation at a time: all but the last have ended.
  if (touched_.size() > 1) touched_.erase(touched_.begin(), touched_.end() - 1);
  return {};
}

Result<void> StateFiles::replace(base::ByteView flash) {
  touched_.clear();
  return keep(flash, {.address = 0, .length = static_cast<std::uint32_t>(flash.size())});
}

Result<void> StateFiles::keep(base::ByteView flash, const Range& range) {
  const base::ByteView now = flash.subspan(range.address, range.length);
  const auto before = on_disk_.begin() + range.address;
  if (std::ranges::equal(now, std::span(before, before + range.length))) return {};
  if (!write_at(file_.number(), now, range.address))
    return system_error("writing " + folder_ + "/flash.bin");
  std::ranges::copy(now, before);
  return {};
}

}  // namespace emulator::attach::qemu
