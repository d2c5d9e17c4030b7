// SPDX-License-Identifier: BSD-3-Clause
// Where a profile is found that somebody calls by its name.
#include "emulator/machine/find_profile.h"

#include <cstdlib>
#include <filesystem>

#include "tests/emulator/machine/profile_file.h"

namespace emulator::machine {
namespace {

namespace fs = std::filesystem;

/// Four folders in which a profile could be, one of them the working folder; the variable and the
/// working folder are as before afterwards.
struct FindProfile : ProfileFile {
  FindProfile() {
    for (const char* name : {"beside", "first", "second", "shipped", "here"})
      fs::create_directories(folder.file(name));
    fs::current_path(folder.file("here"));
    list(folder.file("first") + ":" + folder.file("second"));
  }
  ~FindProfile() override {
    fs::current_path(before_);
    ::unsetenv(kMachinesVariable);
  }

  static void list(const std::string& folders) { ::setenv(kMachinesVariable, folders.c_str(), 1); }
  void put(const std::string& name) { write(name, "schema = 1\nextends = \"other\"\n"); }
  std::string found(std::string_view name, const std::string& named_in = "") {
    auto path = find_profile(name, {.named_in = named_in, .shipped = folder.file("shipped")});
    if (!path) return path.error().doing;
    return fs::weakly_canonical(path->path)
        .lexically_relative(fs::weakly_canonical(folder.path()))
        .string();
  }

 private:
  const fs::path before_ = fs::current_path();
};

TEST_F(FindProfile, LooksBesideTheVariableAmongTheShippedAndInTheWorkingFolderInThisOrder) {
  const std::string story = write("beside/story.toml", "title = \"x\"\nmachine = \"own\"\n");
  put("here/own.toml");
  EXPECT_EQ(found("own", story), "here/own.toml");
  put("shipped/own.toml");
  EXPECT_EQ(found("own", story), "shipped/own.toml");
  put("second/own.toml");
  EXPECT_EQ(found("own", story), "second/own.toml");
  put("first/own.toml");
  EXPECT_EQ(found("own", story), "first/own.toml");
  put("beside/own.toml");
  EXPECT_EQ(found("own", story), "beside/own.toml");
  EXPECT_EQ(found("own"), "first/own.toml");
}

TEST_F(FindProfile, AnEmptyPartOfTheVariableIsNoFolder) {
  list("::" + folder.file("second") + ":");
  put("here/own.toml");
  put("second/own.toml");
  EXPECT_EQ(found("own"), "second/own.toml");
}

TEST_F(FindProfile, AStoryOfThatNameIsNoProfile) {
  const std::string story = write("beside/story.toml", "title = \"x\"\n");
  write("beside/own.toml", "schema = 1\ntitle = \"a story\"\nmachine = \"own\"\n");
  write("first/own.toml", "schema = 1\nextends = \"b\"\nstep = []\n");
  put("shipped/own.toml");
  EXPECT_EQ(found("own", story), "shipped/own.toml");
}

TEST_F(FindProfile, AProfileExtendsTheOneWhoseNameItHas) {
  put("shipped/own.toml");
  put("beside/own.toml");
  EXPECT_EQ(found("own", folder.file("beside/own.toml")), "shipped/own.toml");
}

TEST_F(FindProfile, APathCountsFromTheFileItStandsIn) {
  put("beside/own.toml");
  EXPECT_EQ(found("own.toml", folder.file("beside/story.toml")), "beside/own.toml");
  EXPECT_EQ(found("../beside/own.toml"), "beside/own.toml");
  EXPECT_EQ(found(folder.file("beside/own.toml"), folder.file("first/story.toml")),
            "beside/own.toml");
}

TEST_F(FindProfile, WhoFindsNoneIsToldTheNamesAndWhereAnOwnOneMayBe) {
  put("shipped/desktop.toml");
  put("second/mine.toml");
  put("here/other.toml");
  const std::string told = found("mime");
  EXPECT_TRUE(told.starts_with("no machine \"mime\"; did you mean \"mine\"? known: desktop, "))
      << told;
  EXPECT_NE(told.find(" mine, "), told.npos) << told;
  EXPECT_EQ(told.find(" other"), told.npos) << told;
  EXPECT_TRUE(
      told.ends_with("; an own mime.toml is found in the working folder, beside the file "
                     "that names it, or in a folder of $MEBENCH_MACHINES"))
      << told;
}

TEST_F(FindProfile, ListsOnceWhatEachNameMeans) {
  put("shipped/own.toml");
  put("first/own.toml");
  put("shipped/stock.toml");
  put("here/stock.toml");
  put("here/mine.toml");
  write("here/story.toml", "schema = 1\ntitle = \"x\"\n");
  write("here/Cargo.toml", "[package]\n");
  write("here/notes.txt", "schema = 1\n");
  std::vector<std::string> names;
  for (const FoundProfile& found : find_profiles(folder.file("shipped"))) {
    if (found.path.starts_with("built-in ")) continue;
    names.push_back(found.name + ' ' + fs::path(found.path).parent_path().filename().string() +
                    ' ' + std::to_string(static_cast<int>(found.in)));
  }
  EXPECT_EQ(names, (std::vector<std::string>{"mine  2", "own first 0", "stock shipped 1"}));
}

}  // namespace
}  // namespace emulator::machine
