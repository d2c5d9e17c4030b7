// SPDX-License-Identifier: BSD-3-Clause
// QEMU's command line for a guest.
#include "scenarios/guest/virtual_machine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

namespace scenarios::guest {
namespace {

std::string words_of(const VirtualMachine& wanted) {
  const GuestParts parts{
      .qemu = "qemu", .kernel = "/k", .plugin = "/p.so", .meupdate = "/m", .machines = "/ms"};
  std::string line;
  for (const std::string& word :
       qemu_words(parts, wanted,
                  {.initramfs = "/i", .console = "/c", .control = "/s", .heci = {}, .tpm = {}}))
    line += word + " ";
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

TEST(VirtualMachine, ASemicolonInAValueIsDoubledAsThePluginWantsIt) {
  EXPECT_NE(words_of({.machine = "m", .set = {"a=\"x;y\"", "b=2"}}).find("set=a=\"x;;y\";b=2 "),
            std::string::npos);
}

TEST(VirtualMachine, ASocketsPathMayHoldAQuotationMark) {
  const auto words = qemu_words({}, {.machine = "m", .attach = Attach::vfio_user},
                                {.initramfs = {}, .console = {}, .control = {}, .heci = "/a\"b"});
  EXPECT_NE(std::ranges::find_if(
                words, [](const auto& word) { return word.find(R"("/a\"b")") != word.npos; }),
            words.end());
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

TEST(VirtualMachine, TheComputerHasTheProcessorAndMemoryThatAreAskedFor) {
  const RunFiles files{.initramfs = "/i", .console = "/c", .control = "/s", .heci = {}, .tpm = {}};
  const auto word_behind = [&](const GuestParts& parts, std::string_view option) {
    const auto words = qemu_words(parts, {.machine = "m"}, files);
    const auto at = std::ranges::find(words, option);
    return at == words.end() || at + 1 == words.end() ? std::string() : *(at + 1);
  };
  EXPECT_EQ(word_behind({}, "-cpu"), "Penryn,+rdrand");
  EXPECT_EQ(word_behind({}, "-m"), "256");
  GuestParts asked;
  asked.cpu = "host,-vmx";
  asked.memory = 1024;
  EXPECT_EQ(word_behind(asked, "-cpu"), "host,-vmx");
  EXPECT_EQ(word_behind(asked, "-m"), "1024");
}

TEST(VirtualMachine, AServedBoardIsReachedThroughItsSockets) {
  const GuestParts parts{.vfio_user_qemu = "qemu11",
                         .kernel = "/k",
                         .plugin = "/p.so",
                         .meupdate = {},
                         .machines = {}};
  std::string line;
  for (const std::string& word :
       qemu_words(parts, {.machine = "m", .attach = Attach::vfio_user},
                  {.initramfs = "/i", .console = "/c", .control = "/s", .heci = "/h", .tpm = "/t"}))
    line += word + " ";
  EXPECT_TRUE(line.starts_with("qemu11 ")) << line;
  EXPECT_NE(
      line.find(
          R"(-device {"driver":"vfio-user-pci","addr":"3.0","socket":{"type":"unix","path":"/h"}} )"),
      std::string::npos)
      << line;
  EXPECT_NE(line.find("socket,id=tpm,path=/t "), std::string::npos);
  EXPECT_EQ(line.find("-plugin"), std::string::npos);
  EXPECT_EQ(line.find("-icount"), std::string::npos);  // the board's time is not QEMU's
}

}  // namespace
}  // namespace scenarios::guest
