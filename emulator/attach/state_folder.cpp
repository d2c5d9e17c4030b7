// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/state_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/read_file.h"
#include "emulator/attach/file_writing.h"

namespace emulator::attach {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

constexpr int kSchema = 1;
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

bool is_of_another_schema(const nlohmann::json& json) {
  return json.is_object() && json.contains("schema") && json["schema"].is_number_integer() &&
         json["schema"] != kSchema;
}

bool describes_a_machine(const nlohmann::json& json) {
  return json.is_object() && json.contains("schema") && json["schema"] == kSchema &&
         json.contains("machine") && json["machine"].is_string() && json.contains("set") &&
         json["set"].is_array();
}

Result<KeptMachine> read_description(const std::string& path) {
  const auto text = base::read_file(path, kMostOfDescription);
  if (!text) return text.error();
  const auto json = nlohmann::json::parse(text->begin(), text->end(), nullptr, false);
  if (is_of_another_schema(json)) {
    return Error{Errc::unsupported,
                 fmt::format("{} has schema {}, this program knows {}: another version of it wrote "
                             "the folder",
                             path, json["schema"].dump(), kSchema)};
  }
  if (!describes_a_machine(json)) return undescribed(path, "does not describe a machine");
  KeptMachine kept{.machine = json["machine"].get<std::string>(), .set = {}, .flash = {}};
  for (const auto& entry : json["set"]) {
    if (!entry.is_string()) return undescribed(path, "holds a \"set\" entry that is not text");
    kept.set.push_back(entry.get<std::string>());
  }
  return kept;
}

std::string description_of(const KeptMachine& kept) {
  const nlohmann::ordered_json json = {
      {"schema", kSchema}, {"machine", kept.machine}, {"set", kept.set}};
  return json.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

Result<std::unique_ptr<StateFolder>> StateFolder::open(const std::string& path) {
  std::error_code failed;
  const Origin origin = fs::create_directories(path, failed) ? Origin::made : Origin::found;
  if (failed)
    return Error{Errc::io, fmt::format("making the state folder {}: {}", path, failed.message())};
  Descriptor lock(::open((path + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock.is_open()) {
    Error error = system_error("opening " + path + "/lock");
    error.doing += "; a state folder must be one that can be written to";
    return error;
  }
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
    return Error{Errc::busy,
                 "the state folder " + path + " is used by another program; wait for it to end"};
  }
  return std::unique_ptr<StateFolder>(new StateFolder(path, std::move(lock), origin));
}

StateFolder::~StateFolder() {
  std::error_code kept;
  if (origin_ == Origin::found || fs::exists(description_file(), kept)) return;
  fs::remove(lock_file(), kept);
  fs::remove(path_, kept);
}

Result<std::optional<KeptMachine>> StateFolder::load() const {
  std::error_code unseen;
  if (!fs::exists(flash_file(), unseen)) return std::optional<KeptMachine>();
  if (!fs::exists(description_file(), unseen)) return undescribed(description_file(), "is missing");
  Result<KeptMachine> kept = read_description(description_file());
  if (!kept) return kept.error();
  Result<base::Bytes> contents = base::read_file(flash_file(), kMostOfFlash);
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
  return base::read_file(flash_file(), kMostOfFlash);
}

/// Both files are whole on the disk before either takes its place: a full disk changes neither. The
/// description goes first: alone, it is a machine that was never switched on.
Result<void> StateFolder::save(const KeptMachine& kept) const {
  const FreshFile flash(flash_file());
  const FreshFile description(description_file());
  if (auto done = flash.write(kept.flash); !done) return done;
  if (auto done = description.write(base::as_bytes(description_of(kept))); !done) return done;
  if (auto done = description.put_in_place(); !done) return done;
  return flash.put_in_place();
}

}  // namespace emulator::attach
