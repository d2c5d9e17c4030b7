// SPDX-License-Identifier: BSD-3-Clause
// The board of the field report, whose owner's passphrase is known, updated through /dev/tpm0.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;
using tests::kNew;
using tests::kOld;
using tests::kVersion;

std::string passphrase_file() {
  const std::string owner = tests::scratch() + "/owner.txt";
  std::ofstream(owner) << "owner\n";
  return owner;
}

std::string owned_board(const std::string& attach) {
  return fmt::format(
      "--attach {} --machine esprimo-e5730 --set tpm.state.active=true "
      "--set 'tpm.state.owner_secret=\"passphrase\"' "
      "--set 'tpm.state.owner_passphrase=\"owner\"' "
      "--set flash.code_size=0x40000 --set 'update.data_processing=\"2ms\"' --state {}/board "
      "--file {} --file {}",
      attach, tests::scratch(), tests::built_image(0x10000), passphrase_file());
}

/// Over HECI it is refused. Through the TPM it is begun, and the power goes while the image is
/// under way to it.
BootedGuest cut_in_the_upload(const std::string& options, const std::string& cut) {
  return tests::boot_guest(options, R"(
section heci
meupdate update 5.2.70.1046.bin --via heci -y
section heci-status
echo $status
section update
meupdate update 5.2.70.1046.bin --via tpm --owner-passphrase-file owner.txt -y )" +
                                        cut);
}

void expect_refused_and_cut(const BootedGuest& cut) {
  EXPECT_EQ(cut.status, 137) << cut.output;
  EXPECT_NE(cut["heci"].find("8721"), std::string::npos);
  EXPECT_NE(cut["heci-status"], "0\n\n");
  EXPECT_NE(cut["update"].find("Transferring"), std::string::npos) << cut.output;
  EXPECT_EQ(cut["update"].find("Done"), std::string::npos) << cut.output;
  EXPECT_EQ(cut["update"].find("writes the new code"), std::string::npos) << cut.output;
}

void expect_update_by(const std::string& command, const std::string& options) {
  const BootedGuest again = tests::boot_guest(
      options, std::string("if [ \"$MESIM_BOOT\" = 1 ]; then\nsection before\n") + kVersion +
                   "section update\n" + command + "\nsection status\necho $status\n" +
                   "section after\n" + kVersion + "reboot -f\nsleep 100\nfi\n" +
                   "section restarted\n" + kVersion + "section end\n");
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_EQ(again["before"], kOld);
  EXPECT_EQ(again["status"], "0\n\n") << again.output;
  EXPECT_EQ(again["after"], kNew) << again.output;
  EXPECT_EQ(again["restarted"], kNew) << again.output;
}

TEST(GuestTpmUpdate, CutInItsUploadItIsDoneByTheCommandThatWasPrintedAndLasts) {
  const BootedGuest cut = cut_in_the_upload(
      owned_board("plugin") + " --faults fwu_data@20=power_cut_inside", "\nsection end\n");
  expect_refused_and_cut(cut);
  expect_update_by(tests::printed_command(cut["update"]), owned_board("plugin"));
}

// Time is real here: how much has come by then differs.
TEST(GuestServedTpmUpdate, CutInItsUploadItIsDoneByTheCommandThatWasPrintedAndLasts) {
  const BootedGuest cut = cut_in_the_upload(owned_board("vfio-user"), R"(>said 2>&1 &
until grep -q 'Transferring' said || [ ! -d /proc/$! ]; do sleep 0.1; done
sleep 1
cat said
power-cut
)");
  expect_refused_and_cut(cut);
  expect_update_by(tests::printed_command(cut["update"]), owned_board("vfio-user"));
}

}  // namespace
