// SPDX-License-Identifier: BSD-3-Clause
// What stands behind --set: typed, or in files.
#include "emulator/attach/set_values.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "config/toml_tree.h"
#include "tests/temporary_folder.h"

namespace emulator::attach {
namespace {

constexpr const char* kPassword = "settings.update_password=";
constexpr const char* kNumber = "settings.enabled_update_interfaces=";

class SetValues : public testing::Test {
 protected:
  base::Result<std::string> one(const std::string& entry) {
    auto read = read_set_values({entry}, "--set");
    if (!read) return read.error();
    return read->front();
  }
  std::string file(std::string_view text) const { return "@" + folder_.write("value", text); }
  /// The text that load_profile() makes of a value.
  static std::string text_of(const std::string& entry) {
    const auto node = config::parse_value(entry.substr(entry.find('=') + 1), "--set");
    return node ? node->string : "no value";
  }

  const tests::TemporaryFolder folder_;
};

TEST_F(SetValues, HaveOneSpelling) {
  EXPECT_EQ(one("host.system=windows").value(), "host.system=\"windows\"");
  EXPECT_EQ(one("host.system=\"windows\"").value(), "host.system=\"windows\"");
  EXPECT_EQ(one("host.system='windows'").value(), "host.system=\"windows\"");
  EXPECT_EQ(one("flash.code_size=0x10000").value(), "flash.code_size=65536");
}

TEST_F(SetValues, OfASecretAreTheTextInItsFileWhateverItIs) {
  for (const std::string_view text :
       {"12345678", "true", "\"quoted\"", "a'b\\c#d", " blanks ", "\xC3\xA4", "a=b", "@at", "[1]",
        "5.2.70", "tab\there", "\x7F", "a\"\"\"b"}) {
    const auto read = one(kPassword + file(std::string(text) + "\nnot this\n"));
    ASSERT_TRUE(read) << text << read.error().doing;
    EXPECT_EQ(text_of(*read), text);
  }
}

TEST_F(SetValues, OfAnyOtherKeyAreReadAsIfTyped) {
  EXPECT_EQ(one(kNumber + file("3\n")).value(), std::string(kNumber) + "3");
  EXPECT_EQ(one("host.system=" + file("windows")).value(), "host.system=\"windows\"");
}

TEST_F(SetValues, InNoFileAreAnErrorThatNamesKeyAndFile) {
  const auto missing = one(std::string(kPassword) + "@/nonexistent/value");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, base::Errc::not_found);
  EXPECT_EQ(missing.error().doing.find(
                "reading the value of settings.update_password from /nonexistent/value"),
            0u);
  const auto latin = one(kPassword + file("caf\xE9\n"));
  ASSERT_FALSE(latin);
  EXPECT_NE(latin.error().doing.find("not UTF-8"), std::string::npos);
  EXPECT_EQ(latin.error().doing.find("caf"), std::string::npos);
  EXPECT_FALSE(one(kPassword + file("")));
}

TEST_F(SetValues, MustBeKeyAndValue) {
  for (const char* wrong : {"settings.update_password", "=x", ""}) {
    const auto read = one(wrong);
    ASSERT_FALSE(read) << wrong;
    EXPECT_NE(read.error().doing.find("KEY=@FILE"), std::string::npos);
  }
}

TEST_F(SetValues, ThatAFolderHasKeptNameNoFile) {
  const std::string kept = kPassword + file("secret");
  EXPECT_EQ(in_one_spelling({kept, "host.system=windows", "none"}),
            (std::vector<std::string>{kept, "host.system=\"windows\"", "none"}));
}

TEST_F(SetValues, ForAnotherProgramHaveTheirSecretsInFiles) {
  const auto handed = secrets_in_files(
      {std::string(kNumber) + "1", std::string(kPassword) + "hunter2", kPassword + file("\"q\"\n")},
      "--set", folder_.path());
  ASSERT_TRUE(handed) << handed.error().doing;
  EXPECT_EQ(handed->at(0), std::string(kNumber) + "1");
  for (const std::size_t i : {1u, 2u}) {
    const std::string& entry = handed->at(i);
    ASSERT_EQ(entry.find(std::string(kPassword) + "@" + folder_.path()), 0u) << entry;
    EXPECT_EQ(text_of(one(entry).value()), i == 1 ? "hunter2" : "\"q\"");
    struct stat status {};
    ASSERT_EQ(::stat(entry.substr(entry.find('@') + 1).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u);
  }
}

}  // namespace
}  // namespace emulator::attach
