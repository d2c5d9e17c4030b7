// SPDX-License-Identifier: BSD-3-Clause
// What a simulated machine keeps while it is switched off: in its folder flash.bin is its flash
// part, machine.json says which machine it is.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/attach/descriptor.h"

namespace emulator::attach {

struct KeptMachine {
  std::string machine;           ///< a profile's name or path, as it was given
  std::vector<std::string> set;  ///< the KEY=VALUE changes it was made with
  base::Bytes flash;             ///< empty: fresh from the factory
};

class StateFolder {
 public:
  /// Makes the folder where it is missing and locks it until this object goes. One that was made
  /// and into which nothing was saved goes with it. Errors: busy (another program uses it), io;
  /// each names the folder.
  static base::Result<std::unique_ptr<StateFolder>> open(const std::string& path);

  ~StateFolder();
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;

  /// Nothing in a new folder. Errors: invalid (one of the two files is missing or damaged), and
  /// those of base::read_file(); each names the file.
  base::Result<std::optional<KeptMachine>> load() const;
  /// The flash of a folder whose description is missing or damaged; empty where there is no flash,
  /// or a board that load() gives. Errors: those of base::read_file(), unsupported (another
  /// version's description).
  base::Result<base::Bytes> bare_flash() const;
  /// The file that holds the flash once a machine is saved; whoever holds the folder may write to
  /// it in place.
  std::string flash_file() const { return path_ + "/flash.bin"; }
  /// Files are replaced whole: whoever is killed meanwhile leaves the old ones. Errors: io, naming
  /// the file.
  base::Result<void> save(const KeptMachine& kept) const;

 private:
  enum class Origin : std::uint8_t { found, made };
  StateFolder(std::string path, Descriptor lock, Origin origin)
      : path_(std::move(path)), lock_(std::move(lock)), origin_(origin) {}
  std::string lock_file() const { return path_ + "/lock"; }
  std::string description_file() const { return path_ + "/machine.json"; }

  std::string path_;
  Descriptor lock_;
  Origin origin_;
};

}  // namespace emulator::attach
