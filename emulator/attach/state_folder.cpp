// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/state_folder.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "emulator/attach/set_values.h"
#include "os/fresh_file.h"
#include "os/private_file.h"
#include "os/read_file.h"

namespace emulator::attach {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t kMostOfFlash = 64;       ///< MiB, four times the largest part of the era
constexpr std::size_t kMostOfDescription = 1;  ///< MiB

/// What is left of a board may be all that there is of it: nobody is told to throw it away.
Error damaged(const std::string& path, const char* what, const std::string& next) {
  return {Errc::invalid, fmt::format("{} {}; {}", path, what, next)};
}

Error undescribed(const std::string& description, const char* what) {
  const std::string folder = fs::path(description).parent_path();
  return damaged(description, what,
                 fmt::format("`mesim board import {0}/flash.bin --machine MACHINE --state {0}` "
                             "describes the board anew",
                             folder));
}

Error in_use(const std::string& path, const Error& locked) {
  if (locked.code != Errc::busy) return locked;
  return {Errc::busy, fmt::format("the state folder {} is used by another program: {}; wait for it "
                                  "to end",
                                  path, locked.doing)};
}

Error with(Error error, const char* more) {
  error.doing += more;
  return error;
}

/// Of a member that numbers a format; 0 where it is not there or no such number.
std::int64_t number_of(const nlohmann::json& json, const char* member) {
  if (!json.is_object() || !json.contains(member)) return 0;
  return json[member].is_number_integer() ? json[member].get<std::int64_t>() : 0;
}

/// A folder had no number of its own before machine.json's second format.
std::int64_t folder_format_of(const nlohmann::json& json) {
  return number_of(json, "schema") == 1 ? 1 : number_of(json, "folder");
}

Error of_a_later_program(const std::string& path, const char* member, std::int64_t number,
                         int known) {
  return {Errc::unsupported,
          fmt::format("{} has {} {}, this program knows 1 to {}: a later version of it wrote the "
                      "folder; use that, or another folder",
                      path, member, number, known)};
}

bool describes_a_machine(const nlohmann::json& json) {
  return number_of(json, "schema") >= 1 && folder_format_of(json) >= 1 &&
         json.contains("machine") && json["machine"].is_string() && json.contains("set") &&
         json["set"].is_array();
}

Result<KeptMachine> read_description(const std::string& path) {
  const auto text = os::read_file(path, kMostOfDescription);
  if (!text) return text.error();
  const auto json = nlohmann::json::parse(text->begin(), text->end(), nullptr, false);
  if (const auto schema = number_of(json, "schema"); schema > kDescriptionFormat)
    return of_a_later_program(path, "schema", schema, kDescriptionFormat);
  if (const auto folder = folder_format_of(json); folder > kFolderFormat)
    return of_a_later_program(path, "folder", folder, kFolderFormat);
  if (!describes_a_machine(json)) return undescribed(path, "does not describe a machine");
  KeptMachine kept{.machine = json["machine"].get<std::string>(), .set = {}, .flash = {}};
  for (const auto& entry : json["set"]) {
    if (!entry.is_string()) return undescribed(path, "holds a \"set\" entry that is not text");
    kept.set.push_back(entry.get<std::string>());
  }
  kept.set = in_one_spelling(kept.set);
  return kept;
}

std::string description_of(const KeptMachine& kept) {
  const nlohmann::ordered_json json = {{"schema", kDescriptionFormat},
                                       {"folder", kFolderFormat},
                                       {"machine", kept.machine},
                                       {"set", kept.set}};
  return json.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

Result<std::unique_ptr<StateFolder>> StateFolder::open(const std::string& path) {
  const auto origin = os::private_folder(path);
  if (!origin) return origin.error();
  auto lock = os::open_private_file(path + "/lock", os::Begin::behind_what_is_there);
  if (!lock) return with(lock.error(), "; a state folder must be one that can be written to");
  auto taken = os::FileLock::take(std::move(lock).value(), path + "/lock");
  if (!taken) return in_use(path, taken.error());
  std::unique_ptr<StateFolder> folder(new StateFolder(path, std::move(taken).value(), *origin));
  folder->remove_left_over();
  return folder;
}

/// A program that was killed while it saved left what it had not put in place.
void StateFolder::remove_left_over() const {
  std::error_code unseen;
  for (const auto& entry : fs::directory_iterator(path_, unseen)) {
    const std::string name = entry.path().filename().string();
    const bool left = os::FreshFile::is_left_over(name, "flash.bin") ||
                      os::FreshFile::is_left_over(name, "machine.json");
    if (left && entry.is_regular_file(unseen)) fs::remove(entry.path(), unseen);
  }
}

StateFolder::~StateFolder() {
  std::error_code kept;
  if (origin_ == os::Origin::found || fs::exists(description_file(), kept)) return;
  fs::remove(lock_file(), kept);
  fs::remove(path_, kept);
}

Result<std::optional<KeptMachine>> StateFolder::load() const {
  std::error_code unseen;
  if (!fs::exists(flash_file(), unseen)) return std::optional<KeptMachine>();
  if (!fs::exists(description_file(), unseen)) return undescribed(description_file(), "is missing");
  Result<KeptMachine> kept = read_description(description_file());
  if (!kept) return kept.error();
  Result<base::Bytes> contents = os::read_file(flash_file(), kMostOfFlash);
  if (!contents) return contents.error();
  if (contents->empty())
    return damaged(flash_file(), "is empty", "begin with a fresh board in another folder");
  kept->flash = std::move(contents).value();
  return std::optional<KeptMachine>(std::move(kept).value());
}

Result<base::Bytes> StateFolder::bare_flash() const {
  std::error_code unseen;
  if (!fs::exists(flash_file(), unseen)) return base::Bytes();
  if (fs::exists(description_file(), unseen)) {
    const auto described = read_description(description_file());
    if (described) return base::Bytes();
    if (described.error().code != Errc::invalid) return described.error();
  }
  return os::read_file(flash_file(), kMostOfFlash);
}

/// Both files are whole on the disk before either takes its place: a full disk changes neither. The
/// description goes first: alone, it is a machine that was never switched on.
Result<void> StateFolder::save(const KeptMachine& kept) const {
  os::FreshFile flash(flash_file(), os::Readers::owner);
  os::FreshFile description(description_file(), os::Readers::owner);
  if (auto done = flash.write(kept.flash); !done) return done;
  if (auto done = description.write(base::as_bytes(description_of(kept))); !done) return done;
  if (auto done = description.put_in_place(); !done) return done;
  return flash.put_in_place();
}

}  // namespace emulator::attach
