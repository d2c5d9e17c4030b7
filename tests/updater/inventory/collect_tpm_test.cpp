// SPDX-License-Identifier: BSD-3-Clause
// What is asked of a TPM, and what becomes of answers that are missing.
#include <gtest/gtest.h>

#include "tests/updater/inventory/scripted_device.h"
#include "tests/updater/inventory/scripted_tpm.h"
#include "updater/inventory/tpm_inventory.h"

namespace updater::inventory {
namespace {

using base::Errc;
using base::Error;
using namespace protocol::tpm;

class CollectTpm : public testing::Test {
 protected:
  base::Result<TpmInventory> collect() { return collect_tpm(tpm, clock); }

  tests::ScriptedTpm tpm;
  tests::WaitingClock clock;
};

TEST_F(CollectTpm, FindsEverythingThatAnItpmTells) {
  const TpmInventory found = collect().value();
  EXPECT_EQ(found.reached_through, "/dev/tpm0");
  EXPECT_EQ(found.start_up, tpm::StartUp::running);
  EXPECT_EQ(*found.vendor, (VendorId{'I', 'N', 'T', 'C'}));
  EXPECT_EQ(found.version->version.rev_major, 5);
  EXPECT_EQ(build_record(found), (BuildRecord{.hotfix = 1, .build = 1111}));
  EXPECT_TRUE(found.permanent->deactivated);
  EXPECT_TRUE(found.this_boot->physical_presence_lock);
  EXPECT_TRUE(*found.owned);
  EXPECT_EQ(found.lockout->threshold, 10);
  EXPECT_EQ(lockout_record(found)->fade_out_seconds, 3600);
  EXPECT_TRUE(*found.takes_upgrade);
}

TEST_F(CollectTpm, AsksNothingThatCouldChangeTheTpm) {
  ASSERT_TRUE(collect());
  for (const base::Bytes& command : tpm.sent) {
    EXPECT_EQ(decode_command(command)->tag, Tag::request);
    EXPECT_EQ(decode_command(command)->ordinal, Ordinal::get_capability);
  }
}

TEST_F(CollectTpm, AReadingThatIsThreeBytesLateTurnsTheRecordIntoTheOtherFourNumbers) {
  const TpmInventory found = collect().value();
  EXPECT_EQ(
      lockout_record_read_late(found, 3),
      (LockoutRecord{
          .threshold = 61440, .initial_seconds = 526, .multiplier = 4096, .fade_out_seconds = 0}));
  EXPECT_EQ(lockout_record_read_late(found, 0), lockout_record(found));
  EXPECT_EQ(lockout_record_read_late(found, 8), LockoutRecord{});
  EXPECT_EQ(lockout_record_read_late(found, 255), LockoutRecord{});
}

TEST_F(CollectTpm, ReadsNoVendorFieldsOfAnotherMakersTpm) {
  tpm.vendor = {'I', 'F', 'X', 0};
  const TpmInventory found = collect().value();
  EXPECT_FALSE(is_intel(found));
  EXPECT_FALSE(build_record(found));
  EXPECT_FALSE(lockout_record(found));
}

TEST_F(CollectTpm, ATpmThatNeverAnswersIsOneErrorAndOneWait) {
  tpm.dead = Error{Errc::timeout, "no answer in time"};
  EXPECT_EQ(collect().error(), *tpm.dead);
  EXPECT_EQ(tpm.sent.size(), 1u);
}

TEST_F(CollectTpm, ATpmThatDiesInBetweenIsNotWaitedForAgain) {
  int answered = 0;
  tests::ScriptedTpm living = tpm;
  tpm.handlers[Ordinal::get_capability] =
      [&, living](base::ByteView command) mutable -> tests::ScriptedTpm::Answer {
    if (++answered > 2) return Error{Errc::timeout, "no answer in time"};
    return living.transmit(command, {});
  };
  const TpmInventory found = collect().value();
  EXPECT_TRUE(found.vendor);
  EXPECT_EQ(found.version.error().code, Errc::timeout);
  EXPECT_EQ(found.takes_upgrade.error().code, Errc::timeout);
  EXPECT_EQ(answered, 3);
}

TEST_F(CollectTpm, AFailedSelfTestLeavesItsMakerAndGaps) {
  tests::ScriptedTpm sound = tpm;
  tpm.handlers[Ordinal::get_capability] =
      [sound](base::ByteView command) mutable -> tests::ScriptedTpm::Answer {
    const auto request = decode_capability_request(command).value();
    const bool told = request.area == CapArea::version_val || number_of(request) == 0x103u;
    return told
               ? sound.transmit(command, {})
               : tests::ScriptedTpm::Answer(tests::ScriptedTpm::says(ReturnCode::failed_self_test));
  };
  const TpmInventory found = collect().value();
  EXPECT_EQ(found.start_up, tpm::StartUp::self_test_failed);
  EXPECT_TRUE(found.vendor);
  EXPECT_EQ(found.owned.error().status, 0x1Cu);
}

}  // namespace
}  // namespace updater::inventory
