// SPDX-License-Identifier: BSD-3-Clause
// A profile's keys, which are written once: what is read, what is written down and what the manual
// says of them agree.
#include "emulator/machine/profile_values.h"

#include <algorithm>
#include <map>
#include <optional>

#include "config/strict_toml.h"
#include "config/toml_tree.h"
#include "emulator/machine/built_in_profiles.h"
#include "os/read_file.h"
#include "tests/emulator/machine/profile_file.h"
#include "tests/source_dir.h"

namespace emulator::machine {
namespace {

using Rows = std::vector<std::string>;

Rows rows_of(const Profile& profile) {
  Rows rows;
  for (const KeyValue& value : values_of(profile))
    rows.push_back(dotted(value) + " = " + value.toml);
  return rows;
}

TEST_F(ProfileFile, WrittenDownIsReadAsTheSameBoard) {
  for (const BuiltInProfile& each : built_in_profiles()) {
    const auto loaded = load_profile(each.name);
    ASSERT_TRUE(loaded) << loaded.error().doing;
    const auto again = load_profile(write("again.toml", profile_text(*loaded)));
    ASSERT_TRUE(again) << again.error().doing;
    EXPECT_EQ(rows_of(*again), rows_of(*loaded)) << each.name;
  }
}

/// One value of each kind that is nobody's default.
TEST_F(ProfileFile, EveryKindOfValueSurvivesBeingWrittenDown) {
  Profile profile;
  profile.description = "a \"quoted\" word";
  profile.pci.firmware_status = 0x12345678;
  profile.heci.turnaround = std::chrono::microseconds(1500);
  profile.firmware.identity.version = {.major = 5, .minor = 2, .hotfix = 70, .build = 1046};
  profile.firmware.identity.crypto_fuse = false;
  profile.firmware.settings.provisioning_mode = protocol::amthi::ProvisioningMode::enterprise;
  profile.firmware.surroundings.wired.ipv4 = 0xC0A80001;
  profile.firmware.surroundings.wired.mac = {1, 2, 3, 4, 5, 6};
  profile.tpm.endorsement_key = 11;
  profile.host.system = "windows";
  profile.host.lockout_read_late = 3;
  const auto again = load_profile(write("again.toml", profile_text(profile)));
  ASSERT_TRUE(again) << again.error().doing;
  EXPECT_EQ(rows_of(*again), rows_of(profile));
  EXPECT_EQ(again->heci.turnaround, std::chrono::microseconds(1500));
  EXPECT_EQ(again->firmware.surroundings.wired.mac, profile.firmware.surroundings.wired.mac);
}

TEST(ProfileKeys, AreKnownByTheirTables) {
  EXPECT_TRUE(is_profile_key("tpm.state.enabled"));
  EXPECT_TRUE(is_profile_key("description"));
  EXPECT_TRUE(is_profile_key("host.beos.lms_version"));
  EXPECT_TRUE(is_profile_key("host.system"));
  EXPECT_FALSE(is_profile_key("tpm.enabled"));
  EXPECT_FALSE(is_profile_key("host.beos.version"));
  EXPECT_FALSE(is_profile_key("schema"));
}

// docs/machines.md.

using Documented = std::map<std::string, std::string>;  ///< dotted key to default

std::vector<std::string> split(const std::string& text, const std::string& between) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t at = text.find(between); at != text.npos; at = text.find(between, from)) {
    parts.push_back(text.substr(from, at - from));
    from = at + between.size();
  }
  parts.push_back(text.substr(from));
  return parts;
}

/// All between a pair of marks: "[tpm.tis]" or "`key`".
std::vector<std::string> marked(const std::string& text, const std::string& open,
                                const std::string& close) {
  std::vector<std::string> found;
  for (std::size_t at = text.find(open); at != text.npos; at = text.find(open, at)) {
    const std::size_t begin = at + open.size();
    const std::size_t end = text.find(close, begin);
    if (end == text.npos) break;
    found.push_back(text.substr(begin, end - begin));
    at = end + close.size();
  }
  return found;
}

/// Rows name the keys of the tables last named in a heading or in front of them; of several, the
/// one that has such a key. Both have it where they are alike, as wired and wireless are.
std::vector<std::string> keys_of(const std::string& name, const std::vector<std::string>& tables) {
  if (name.starts_with("host.system")) return {name};
  if (name.starts_with("host.NAME.") || name.starts_with("."))
    return {"host.linux." + name.substr(name.rfind('.') + 1)};
  std::vector<std::string> keys;
  for (const std::string& table : tables) {
    const std::string key = table.empty() ? name : table + "." + name;
    if (is_profile_key(key)) keys.push_back(key);
  }
  return keys;
}

class Manual {
 public:
  Manual() {
    const auto text = os::read_file(MEBENCH_SOURCE_DIR "/docs/machines.md", 1);
    EXPECT_TRUE(text);
    if (!text) return;
    for (const std::string& line : split(std::string(text->begin(), text->end()), "\n")) read(line);
  }

  Documented documented;
  std::vector<std::string> unknown;  ///< rows of keys that no profile has

 private:
  void read(const std::string& line) {
    if (line.starts_with("## Top level")) tables_ = {""};
    if (line.starts_with("## A board")) tables_.clear();
    if (line.starts_with("## [")) tables_ = {marked(line, "[", "]").front()};
    if (line.starts_with("`[")) tables_ = marked(line, "`[", "]`");
    if (line.starts_with("| `") && !tables_.empty()) read_row(split(line, " | "));
  }

  void read_row(const std::vector<std::string>& cells) {
    const std::vector<std::string> names = marked(cells.at(0), "`", "`");
    const std::vector<std::string> standard = split(cells.at(2), ", ");
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto keys = keys_of(names[i], tables_);
      if (keys.empty()) unknown.push_back(names[i]);
      const bool each = standard.size() == names.size();
      for (const std::string& key : keys) documented[key] = each ? standard[i] : cells.at(2);
    }
  }

  std::vector<std::string> tables_;
};

/// As one value is written in a profile; the manual leaves the quotes of durations and
/// versions away.
std::string as_toml(std::string standard) {
  standard = standard.substr(0, standard.find(';'));
  if (standard == "empty") return "\"\"";
  const auto node = config::parse_value(standard, "docs/machines.md");
  return node ? to_toml(*node) : standard;
}

bool is_same(const std::string& standard, const std::string& toml) {
  if (standard == "zeros") return toml.find_first_not_of("\"0") == toml.npos;
  const std::string wanted = as_toml(standard);
  const auto bare = [](const std::string& text) { return text.substr(1, text.size() - 2); };
  if (wanted == toml) return true;
  const auto duration = config::parse_duration(bare(wanted));
  return duration && duration == config::parse_duration(bare(toml));
}

TEST(ProfileManual, DocumentsEveryKeyAndNoOther) {
  const Manual manual;
  EXPECT_EQ(manual.unknown, (std::vector<std::string>{"schema", "extends"})) << "the file's own";
  for (const KeyValue& value : values_of(Profile{}))
    EXPECT_TRUE(manual.documented.contains(dotted(value))) << dotted(value);
}

TEST(ProfileManual, SaysWhatAKeyIsWhereItIsLeftOut) {
  const Manual manual;
  const std::vector<std::string> in_words = {"firmware.version",      "firmware.recovery_version",
                                             "firmware.fitc_version", "firmware.key",
                                             "firmware.key_md5",      "tpm.endorsement_key"};
  for (const KeyValue& value : values_of(Profile{})) {
    const auto told = manual.documented.find(dotted(value));
    if (told == manual.documented.end() || std::ranges::count(in_words, dotted(value)) > 0)
      continue;
    EXPECT_TRUE(is_same(told->second, value.toml))
        << dotted(value) << ": the manual says " << told->second << ", a profile has "
        << value.toml;
  }
}

}  // namespace
}  // namespace emulator::machine
