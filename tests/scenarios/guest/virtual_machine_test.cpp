// SPDX-License-Identifier: BSD-3-Clause
// QEMU's command line for a guest.
#include "scenarios/guest/virtual_machine.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "scenarios/guest/initramfs.h"

namespace scenarios::guest {
namespace {

std::string words_of(const VirtualMachine& wanted) {
  const GuestParts parts{
      .qemu = "qemu", .kernel = "/k", .plugin = "/p.so", .meupdate = "/m", .machines = "/ms"};
  std::string line;
  for (const std::string& word : qemu_words(parts, wanted, {"/i", "/c", "/s"})) line += word + " ";
  return line;
}

TEST(VirtualMachine, TheBoardIsThePluginsFunctionAtItsPlace) {
  const std::string line = words_of({.machine = "m", .set = {"a=1", "b=2"}, .state = "st"});
  EXPECT_NE(
      line.find("-device ich-heci,id=me,addr=3.0,machine=m,machines=/ms,set=a=1;b=2,state=st "),
      std::string::npos)
      << line;
}

TEST(VirtualMachine, ACommaInAValueIsDoubledAsQemuWantsIt) {
  EXPECT_NE(words_of({.machine = "a,b"}).find("machine=a,,b,"), std::string::npos);
}

TEST(VirtualMachine, ABoardWithoutTpmRegistersHasNoTisDevice) {
  EXPECT_NE(words_of({.machine = "m"}).find("itpm-tis"), std::string::npos);
  EXPECT_EQ(words_of({.machine = "m", .tpm = VirtualMachine::Tpm::none}).find("itpm-tis"),
            std::string::npos);
}

TEST(VirtualMachine, IdleTimeIsLeftOutUnlessTimeShallBeReal) {
  EXPECT_NE(words_of({.machine = "m"}).find("sleep=off"), std::string::npos);
  EXPECT_EQ(words_of({.machine = "m", .speed = Speed::real}).find("-icount"), std::string::npos);
}

TEST(GuestCommand, WordsReachTheShellAsTheyAre) {
  EXPECT_EQ(quoted("it's $HOME"), "'it'\\''s $HOME'");
}

}  // namespace
}  // namespace scenarios::guest
