// SPDX-License-Identifier: BSD-3-Clause
// What a simulated machine keeps while it is switched off: in its folder flash.bin is its flash
// part, machine.json says which machine it is, and which format both have.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "os/file_lock.h"
#include "os/private_folder.h"

namespace emulator::attach {

/// Of machine.json. Raise it when its members change; an older one is read, a later one is refused
/// in words. 2: entries of "set" are in the spelling of read_set_values(), and "folder" is there.
inline constexpr int kDescriptionFormat = 2;
/// Of the folder: which files are in it, and what they hold. The same rule.
inline constexpr int kFolderFormat = 1;

struct KeptMachine {
  std::string machine;           ///< a profile's name or path, as it was given
  std::vector<std::string> set;  ///< the KEY=VALUE changes it was made with (read_set_values())
  base::Bytes flash;             ///< empty: fresh from the factory
};

class StateFolder {
 public:
  /// Makes the folder where it is missing, for its owner alone, and locks it until this object
  /// goes. One that was made and into which nothing was saved goes with it. Errors: busy (another
  /// program uses it), permission (it is another user's, or others may write to it), invalid (no
  /// folder), io; each names the folder.
  static base::Result<std::unique_ptr<StateFolder>> open(const std::string& path);

  ~StateFolder();
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;

  /// Nothing in a new folder. Errors: invalid (one of the two files is missing or damaged),
  /// unsupported (a later program wrote them), and those of os::read_file(); each names the file.
  base::Result<std::optional<KeptMachine>> load() const;
  /// The flash of a folder whose description is missing or damaged; empty where there is no flash,
  /// or a board that load() gives. Errors: those of os::read_file(), unsupported (another
  /// version's description).
  base::Result<base::Bytes> bare_flash() const;
  /// The file that holds the flash once a machine is saved; whoever holds the folder may write to
  /// it in place.
  std::string flash_file() const { return path_ + "/flash.bin"; }
  /// Files are replaced whole: whoever is killed meanwhile leaves the old ones. Errors: io, naming
  /// the file.
  base::Result<void> save(const KeptMachine& kept) const;

 private:
  StateFolder(std::string path, os::FileLock lock, os::Origin origin)
      : path_(std::move(path)), lock_(std::move(lock)), origin_(origin) {}
  std::string lock_file() const { return path_ + "/lock"; }
  void remove_left_over() const;
  std::string description_file() const { return path_ + "/machine.json"; }

  std::string path_;
  os::FileLock lock_;
  os::Origin origin_;
};

}  // namespace emulator::attach
