// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/read_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/ipv4.h"
#include "emulator/factory/flash_image.h"
#include "emulator/flash/parts.h"
#include "emulator/machine/describe_profile.h"
#include "emulator/machine/signing_key.h"
#include "emulator/machine/tpm_storage.h"
#include "emulator/machine/version_key.h"

namespace emulator::machine {
namespace {

using config::StrictTable;
using protocol::FirmwareVersion;

constexpr std::uint8_t kAsItsGeneration = 0;  ///< credits until the firmware's version is known

/// The board's own key: code is signed with it, and its ROM takes it.
void read_key(StrictTable& t, std::string_view name, Profile& profile) {
  std::string path;
  if (!t.read(name, path) || path.empty()) return;
  auto key = read_signing_key(path_beside(t.place_of(name), path));
  if (!key) return t.fail(name, key.error().doing);
  std::string& taken = profile.firmware.identity.key_md5;
  if (!taken.empty() && taken != key->md5) {
    return t.fail("key_md5", fmt::format("key_md5 is \"{}\", but the key in {} has {}; leave "
                                         "key_md5 out",
                                         taken, path, key->md5));
  }
  taken = std::move(key->md5);
  profile.signing_key_pem = std::move(key->private_key_pem);
}

/// The visitor that fills a profile from one table of its document.
class ReadTable {
 public:
  explicit ReadTable(StrictTable& table) : table_(table) {}

  template <class T>
  void key(std::string_view name, T& out) {
    read(name, out);
  }
  template <class T>
  void key(std::string_view name, T& out, Range range) {
    table_.read(name, out, range);
  }
  void key(std::string_view name, std::optional<std::uint8_t>& out, Range range) {
    if (std::uint8_t number = 0; table_.read(name, number, range)) out = number;
  }
  template <class T>
  void key(std::string_view name, T& out, Check<T> wrong) {
    if (read(name, out)) complain(name, wrong(name, out));
  }
  template <class T>
  void key(std::string_view name, T& out, Range range, Check<T> wrong) {
    if (table_.read(name, out, range)) complain(name, wrong(name, out));
  }
  template <class T, std::size_t N>
  void key(std::string_view name, T& out, const Named<T> (&words)[N]) {
    table_.read_named(name, out, words);
  }

  void required(std::string_view name, FirmwareVersion& out, std::string_view such_as) {
    table_.require(name, such_as);
    read(name, out);
  }
  void key_or(std::string_view name, FirmwareVersion& out, const FirmwareVersion& otherwise,
              std::string_view) {
    if (!read(name, out)) out = otherwise;
  }
  void bytes(std::string_view name, base::MutableByteView out) { table_.read_hex(name, out); }
  void ipv4(std::string_view name, std::uint32_t& out) {
    std::string text;
    if (!table_.read(name, text)) return;
    if (const auto parsed = base::parse_ipv4(text)) {
      out = *parsed;
      return;
    }
    complain(name, fmt::format("{} is \"{}\"; it must be an address such as \"192.168.0.1\"", name,
                               text));
  }
  template <class Complaint>
  void check(std::string_view name, const Complaint& complaint) {
    complain(name, complaint());
  }

  template <class T>
  void table(std::string_view name, T&& out) {
    auto inner = table_.table(name);
    if (!inner) return;
    ReadTable reader(*inner);
    describe(reader, out);
  }
  template <class T>
  void required_table(std::string_view name, T&& out, std::string_view why) {
    if (table_.require(name, why)) table(name, out);
  }

  void signing_key(std::string_view name, Profile& profile) { read_key(table_, name, profile); }
  void about(std::string_view name, std::string& out) { table_.read(name, out); }
  template <class T>
  void follows(T&) {}

 private:
  template <class T>
  bool read(std::string_view name, T& out) {
    if constexpr (std::same_as<T, FirmwareVersion>) {
      return read_version(table_, name, out);
    } else {
      return table_.read(name, out);
    }
  }

  void complain(std::string_view name, std::string what) {
    if (!what.empty()) table_.fail(name, std::move(what));
  }

  StrictTable& table_;
};

/// Once the TPM, which has a partition of its own, is known.
void check_flash_room(StrictTable& document, const Profile& profile) {
  const flash::Part* part = flash::find_part(profile.flash.part);
  if (part == nullptr) return;
  const std::uint32_t tpm = profile.tpm.fitted ? kTpmPartitionSize : 0;
  if (factory::flash_layout(
          *part, factory::shape_of(profile.firmware.identity, profile.flash.code_size, tpm)))
    return;
  auto t = document.table("flash");
  if (!t) return;
  t->fail("code_size",
          fmt::format("code_size is 0x{:X}; twice that, and what else the ME needs, does not fit "
                      "the part {}",
                      profile.flash.code_size, part->name));
}

/// [host] names one of the [host.NAME] tables; all of them are checked, one is used.
void read_host(StrictTable t, HostConfig& out) {
  t.read("system", out.system);
  std::vector<std::string> systems;
  for (const std::string& key : t.keys()) {
    if (key == "system") continue;
    auto facts = t.table(key);
    if (!facts) continue;
    systems.push_back(key);
    HostConfig described;
    described.system = key;
    ReadTable reader(*facts);
    describe(reader, described);
    if (key == out.system) out = described;
  }
  if (systems.empty() || std::find(systems.begin(), systems.end(), out.system) != systems.end())
    return;
  t.fail("system", fmt::format("host.system is \"{}\"; this profile describes {}", out.system,
                               fmt::join(systems, ", ")));
}

/// Tables whose values hang on one another, too.
class ReadDocument : public ReadTable {
 public:
  ReadDocument(StrictTable& document, Profile& profile)
      : ReadTable(document), document_(document), profile_(profile) {}

  void host(HostConfig& out) {
    check_flash_room(document_, profile_);
    if (const auto t = document_.table("host")) read_host(*t, out);
  }

 private:
  StrictTable& document_;
  Profile& profile_;
};

}  // namespace

void read_profile(StrictTable document, Profile& profile) {
  document.has("schema");
  document.has("extends");
  profile.heci.credits = kAsItsGeneration;
  ReadDocument reader(document, profile);
  describe(reader, profile);
  const FirmwareVersion& version = profile.firmware.identity.version;
  if (profile.heci.credits == kAsItsGeneration)
    profile.heci.credits = heci::usual_credits(version.major);
  profile.tpm.version = version;
}

void read_tpm_state(StrictTable& table, tpm::TpmState& out) {
  ReadTable reader(table);
  describe(reader, out);
}

}  // namespace emulator::machine
