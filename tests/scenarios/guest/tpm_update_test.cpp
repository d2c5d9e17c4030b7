// SPDX-License-Identifier: BSD-3-Clause
// The board of the field report, whose owner's passphrase is known, updated through /dev/tpm0.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;

BootedGuest updated_through_the_tpm(const std::string& attach) {
  const std::string image = tests::scratch() + "/5.2.70.1046.bin";
  const BootedGuest built = tests::run_program(
      fmt::format("{} image build --machine esprimo-e5730 --version 5.2.70.1046 --size 65536 "
                  "--output {}",
                  MESIM, image));
  EXPECT_EQ(built.status, 0) << built.output;
  return tests::boot_guest(
      fmt::format("--attach {} --machine esprimo-e5730 --set tpm.state.active=true "
                  "--set 'tpm.state.owner_secret=\"passphrase\"' "
                  "--set 'tpm.state.owner_passphrase=\"owner\"' "
                  "--set flash.code_size=0x40000 --set 'update.data_processing=\"2ms\"' --file {}",
                  attach, image),
      R"(
section heci
meupdate update 5.2.70.1046.bin --via heci -y
echo $?
section update
echo owner >owner.txt
meupdate update 5.2.70.1046.bin --via tpm --owner-passphrase-file owner.txt -y
section status
echo $?
section after
meupdate info | grep 'running version'
)");
}

void expect_update(const BootedGuest& guest) {
  EXPECT_NE(guest["heci"].find("8721"), std::string::npos);
  EXPECT_EQ(guest["after"], "  running version         5.2.70.1046\n") << guest.output;
}

TEST(GuestTpmUpdate, TheOwnersPassphraseOpensTheWay) {
  expect_update(updated_through_the_tpm("plugin"));
}

TEST(GuestServedTpmUpdate, TheOwnersPassphraseOpensTheWay) {
  expect_update(updated_through_the_tpm("vfio-user"));
}

}  // namespace
