// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/state_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "updater/io/read_file.h"

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

/// Has the names in `folder` reach the disk.
Result<void> sync_folder(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return system_error("opening " + folder);
  Result<void> synced;
  if (::fsync(file) != 0) synced = system_error("writing " + folder);
  ::close(file);
  return synced;
}

/// New contents beside the old ones: on the disk, and not yet in their place.
class FreshFile {
 public:
  explicit FreshFile(std::string path) : path_(std::move(path)), fresh_(path_ + ".new") {}
  /// What was not put in its place is of no use to anybody.
  ~FreshFile() { ::unlink(fresh_.c_str()); }
  FreshFile(const FreshFile&) = delete;
  FreshFile& operator=(const FreshFile&) = delete;

  Result<void> write(ByteView data) const {
    const int file = ::open(fresh_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return system_error("writing " + fresh_);
    Result<void> written;
    if (!write_all(file, data)) written = system_error("writing " + fresh_);
    if (::close(file) != 0 && written) written = system_error("writing " + fresh_);
    return written;
  }
  Result<void> put_in_place() const {
    if (::rename(fresh_.c_str(), path_.c_str()) != 0) return system_error("replacing " + path_);
    return sync_folder(fs::path(path_).parent_path());
  }

 private:
  std::string path_;
  std::string fresh_;
};

Error damaged(const std::string& path, const char* what) {
  return {Errc::invalid,
          fmt::format("{} {}; remove the folder to begin with a fresh machine", path, what)};
}

Result<KeptMachine> read_description(const std::string& path, ByteView text) {
  const auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
  const bool described = json.is_object() && json.contains("schema") && json["schema"] == kSchema &&
                         json.contains("machine") && json["machine"].is_string() &&
                         json.contains("set") && json["set"].is_array();
  if (!described) return damaged(path, "does not describe a machine");
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
  std::error_code unseen;
  if (!fs::exists(flash, unseen)) return std::optional<KeptMachine>();
  if (!fs::exists(description, unseen)) return damaged(description, "is missing");
  const Result<Bytes> text = io::read_file(description);
  if (!text) return text.error();
  Result<KeptMachine> kept = read_description(description, *text);
  if (!kept) return kept.error();
  Result<Bytes> contents = io::read_file(flash);
  if (!contents) return contents.error();
  kept->flash = std::move(contents).value();
  return std::optional<KeptMachine>(std::move(kept).value());
}

/// Both files are whole on the disk before either takes its place: a full disk changes neither. The
/// description goes first: alone, it is a machine that was never switched on.
Result<void> StateFolder::save(const KeptMachine& kept) const {
  const nlohmann::ordered_json json = {
      {"schema", kSchema}, {"machine", kept.machine}, {"set", kept.set}};
  const std::string text =
      json.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  const FreshFile flash(flash_file());
  const FreshFile description(path_ + "/machine.json");
  if (auto done = flash.write(kept.flash); !done) return done;
  if (auto done = description.write(base::as_bytes(text)); !done) return done;
  if (auto done = description.put_in_place(); !done) return done;
  return flash.put_in_place();
}

}  // namespace updater::cli
