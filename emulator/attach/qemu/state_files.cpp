// SPDX-License-Identifier: GPL-2.0-or-later
#include "emulator/attach/qemu/state_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/read_file.h"
#include "emulator/attach/file_writing.h"

namespace emulator::attach::qemu {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

constexpr int kSchema = 1;
constexpr std::size_t kMostMebibytes = 64;  ///< of flash

Error damaged(const std::string& path, const char* what) {
  return {Errc::invalid,
          fmt::format("{} {}; remove the folder to begin with a fresh machine", path, what)};
}

bool describes_a_machine(const nlohmann::json& json) {
  return json.is_object() && json.contains("schema") && json["schema"] == kSchema &&
         json.contains("machine") && json["machine"].is_string() && json.contains("set") &&
         json["set"].is_array();
}

Result<KeptBoard> read_description(const std::string& path) {
  const auto text = base::read_file(path, 1);
  if (!text) return text.error();
  const auto json = nlohmann::json::parse(text->begin(), text->end(), nullptr, false);
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
  const std::string text =
      json.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + '\n';
  return replace_file(path, base::as_bytes(text));
}

bool is_there(const std::string& path) {
  std::error_code unseen;
  return fs::exists(path, unseen);
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
  const bool described = is_there(description_path());
  const bool filled = is_there(flash_path());
  if (!described && !filled) return wanted;
  if (!described) return damaged(description_path(), "is missing");
  if (!filled) return damaged(flash_path(), "is missing");
  Result<KeptBoard> kept = read_description(description_path());
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
  Result<base::Bytes> contents = base::read_file(flash_path(), kMostMebibytes);
  if (!contents) return contents.error();
  if (contents->empty()) return damaged(flash_path(), "is empty");
  kept->flash = std::move(contents).value();
  return kept;
}

/// A folder that has a board describes it already.
Result<void> StateFiles::begin(const KeptBoard& kept, base::ByteView flash) {
  if (kept.flash.empty()) {
    if (auto made = replace_file(flash_path(), flash); !made) return made;
    if (auto described = write_description(description_path(), kept); !described) return described;
  }
  auto file = FlashFile::open(flash_path());
  if (!file) return file.error();
  flash_.emplace(std::move(file).value());
  return {};
}

}  // namespace emulator::attach::qemu
