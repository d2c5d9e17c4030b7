// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/state_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace updater::cli {
namespace {

namespace fs = std::filesystem;
using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;

constexpr int kSchema = 1;

Error system_error(const std::string& doing) {
  return {Errc::io, fmt::format("{}: {}", doing, std::strerror(errno)),
          static_cast<std::uint32_t>(errno)};
}

/// Writes all of `data` and has it reach the disk.
bool write_all(int file, ByteView data) {
  while (!data.empty()) {
    const ssize_t written = ::write(file, data.data(), data.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    data = data.subspan(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

Result<void> replace_file(const std::string& path, ByteView data) {
  const std::string fresh = path + ".new";
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return system_error("writing " + fresh);
  const bool written = write_all(file, data);
  const bool closed = ::close(file) == 0;
  if (!written || !closed) return system_error("writing " + fresh);
  if (::rename(fresh.c_str(), path.c_str()) != 0) return system_error("replacing " + path);
  return {};
}

Result<Bytes> read_whole(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return system_error("reading " + path);
  Bytes data(static_cast<std::size_t>(file.tellg()));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(data.data()), static_cast<std::streamsize>(data.size()));
  if (!file) return system_error("reading " + path);
  return data;
}

Error damaged(const std::string& path, const char* what) {
  return {Errc::invalid,
          fmt::format("{} {}; remove the folder to begin with a fresh machine", path, what)};
}

Result<KeptMachine> read_description(const std::string& path, ByteView text) {
  const auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
  if (!json.is_object() || json.value("schema", 0) != kSchema || !json.contains("machine") ||
      !json["machine"].is_string() || !json.contains("set") || !json["set"].is_array()) {
    return damaged(path, "does not describe a machine");
  }
  KeptMachine kept{.machine = json["machine"].get<std::string>(), .set = {}, .flash = {}};
  for (const auto& entry : json["set"]) {
    if (!entry.is_string()) return damaged(path, "holds a \"set\" entry that is not text");
    kept.set.push_back(entry.get<std::string>());
  }
  return kept;
}

}  // namespace

Result<std::unique_ptr<StateFolder>> StateFolder::open(const std::string& path) {
  std::error_code failed;
  fs::create_directories(path, failed);
  if (failed)
    return Error{Errc::io, fmt::format("making the state folder {}: {}", path, failed.message())};
  const int lock = ::open((path + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock < 0) return system_error("opening " + path + "/lock");
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return Error{Errc::busy,
                 "the state folder " + path + " is used by another command; wait for it to end"};
  }
  return std::unique_ptr<StateFolder>(new StateFolder(path, lock));
}

StateFolder::~StateFolder() {
  ::close(lock_);
}

Result<std::optional<KeptMachine>> StateFolder::load() const {
  const std::string description = path_ + "/machine.json";
  const std::string flash = path_ + "/flash.bin";
  const bool described = fs::exists(description);
  const bool filled = fs::exists(flash);
  if (!described && !filled) return std::optional<KeptMachine>();
  if (!described) return damaged(description, "is missing");
  if (!filled) return damaged(flash, "is missing");
  const Result<Bytes> text = read_whole(description);
  if (!text) return text.error();
  Result<KeptMachine> kept = read_description(description, *text);
  if (!kept) return kept.error();
  Result<Bytes> contents = read_whole(flash);
  if (!contents) return contents.error();
  kept->flash = std::move(contents).value();
  return std::optional<KeptMachine>(std::move(kept).value());
}

Result<void> StateFolder::save(const KeptMachine& kept) const {
  if (auto saved = replace_file(path_ + "/flash.bin", kept.flash); !saved) return saved;
  const nlohmann::ordered_json json = {
      {"schema", kSchema}, {"machine", kept.machine}, {"set", kept.set}};
  const std::string text =
      json.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  return replace_file(path_ + "/machine.json", base::as_bytes(text));
}

}  // namespace updater::cli
