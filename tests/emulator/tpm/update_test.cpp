// SPDX-License-Identifier: BSD-3-Clause
// The iTPM in front of the real firmware and its flash: an update through TPM commands ends where
// one over HECI ends, and the TPM's own contents are still there afterwards.
#include <gtest/gtest.h>

#include <algorithm>

#include "protocol/mei/fwu.h"
#include "tests/emulator/firmware/board.h"
#include "tests/emulator/tpm/contents.h"
#include "tests/emulator/tpm/rig.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using namespace protocol::tpm;
using firmware::BootPath;

firmware::FirmwareConfig through_tpm() {
  firmware::FirmwareConfig config = firmware::old_board();
  config.settings.enabled_update_interfaces |= protocol::fwu::kInterfaceTpm;
  config.settings.local_update = protocol::mkhi::kLocalUpdateEnabled;
  config.settings.override_qualifier = protocol::fwu::OverrideQualifier::always;
  config.settings.override_counter = protocol::fwu::kOverrideCounterAlways;
  return config;
}

/// A booted firmware with an iTPM beside it.
struct Whole {
  explicit Whole(const TpmConfig& config)
      : board(through_tpm()),
        storage(Itpm::factory_contents(config, 1)),
        tpm(config, {.scheduler = board.clock,
                     .trace = board.trace,
                     .faults = board.faults,
                     .power = board,
                     .storage = storage,
                     .session = board.firmware.update_session(),
                     .seed = 1}),
        host(tpm) {
    board.boot();
    tpm.power_on();
  }

  /// Every block and the end; the outcome's status.
  std::uint32_t upload_and_complete(ByteView image) {
    Host::Outcome outcome;
    for (std::size_t at = 0; at < image.size(); at += 1024) {
      const ByteView block = image.subspan(at, std::min<std::size_t>(1024, image.size() - at));
      EXPECT_EQ(host.data(block, &outcome), ReturnCode::success);
      if (outcome.status != 0) return outcome.status;
    }
    EXPECT_EQ(host.complete(&outcome), ReturnCode::success);
    return outcome.status;
  }

  firmware::Board board;
  MemoryStorage storage;
  Itpm tpm;
  Host host;
};

TEST(UpdateThroughTpm, PutsTheNewFirmwareInPlace) {
  Whole whole(owned());
  const Bytes image = firmware::image_of(firmware::new_code());
  Host::Outcome outcome{.status = 1};
  ASSERT_EQ(whole.host.start_as_owner(*whole.host.oiap(kOwner), image, &outcome),
            ReturnCode::success);
  ASSERT_EQ(outcome.status, 0u);
  EXPECT_EQ(whole.upload_and_complete(image), 0u);
  whole.board.settle();
  whole.board.power_cut();
  whole.board.boot();
  EXPECT_EQ(whole.board.firmware.boot_path(), BootPath::operational);
  EXPECT_EQ(whole.board.firmware.running_version(), (protocol::FirmwareVersion{5, 2, 70, 1046}));
}

TEST(UpdateThroughTpm, LeavesOwnerKeysAndNvAsTheyWere) {
  Whole whole(owned());
  Host& host = whole.host;
  ASSERT_TRUE(fill_area(host, kOwner));
  const Bytes key = create_signing_key(host);
  const Bytes signature = sign_with(host, key);
  ASSERT_EQ(signature.size(), 4u + 256u);

  const Bytes image = firmware::image_of(firmware::new_code());
  ASSERT_EQ(host.start_as_owner(*host.oiap(kOwner), image), ReturnCode::success);
  ASSERT_EQ(whole.upload_and_complete(image), 0u);
  whole.board.settle();
  whole.tpm.power_off();
  whole.board.power_cut();
  whole.board.boot();
  whole.tpm.power_on();

  ASSERT_EQ(whole.board.firmware.running_version().build, 1046);
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::success);
  EXPECT_EQ(sign_with(host, key), signature) << "the key created before the update";
  EXPECT_EQ(read_area(host), kAreaContents);
}

TEST(UpdateThroughTpm, GoesOnInAMachineRestoredInTheMiddleOfABlock) {
  const Bytes image = firmware::image_of(firmware::new_code());
  Whole whole(owned());
  ASSERT_EQ(whole.host.start_as_owner(*whole.host.oiap(kOwner), image), ReturnCode::success);
  ASSERT_TRUE(
      whole.tpm.submit(0, upgrade_command(UpgradeCommand::data, ByteView(image).first(1024))));
  whole.board.clock.sleep(
      std::chrono::milliseconds(112));  // the session has the block, and works on it
  ASSERT_FALSE(whole.tpm.take_response());
  sim::Archive saving = sim::Archive::saving();
  whole.board.serialize(saving);
  whole.tpm.serialize(saving);

  Whole other(owned());
  sim::Archive loading = sim::Archive::loading(saving.saved());
  other.board.serialize(loading);
  other.tpm.serialize(loading);
  ASSERT_TRUE(loading.finish());
  other.board.clock.sleep(std::chrono::seconds(1));
  const auto response = other.tpm.take_response();
  ASSERT_TRUE(response) << "the block's answer is owed to the restored host";
  EXPECT_EQ(other.host.status()->received, 1024u);
  EXPECT_EQ(other.upload_and_complete(ByteView(image).subspan(1024)), 0u);
}

TEST(UpdateThroughTpm, ATamperedImageIsRefusedAndTheOldFirmwareStays) {
  Whole whole(owned());
  Bytes image = firmware::image_of(firmware::new_code());
  image[image.size() - 10] ^= 1;
  ASSERT_EQ(whole.host.start_as_owner(*whole.host.oiap(kOwner), image), ReturnCode::success);
  EXPECT_EQ(whole.upload_and_complete(image), 8706u);
  EXPECT_EQ(whole.host.status()->state, UpgradeState::failed);
  EXPECT_EQ(whole.board.firmware.running_version(), firmware::old_board().identity.version);
}

TEST(UpdateThroughTpm, HeciIsRefusedWhileItRunsAndTakesOverAfterAnAbort) {
  Whole whole(owned());
  const Bytes image = firmware::image_of(firmware::new_code());
  ASSERT_EQ(whole.host.start_as_owner(*whole.host.oiap(kOwner), image), ReturnCode::success);
  EXPECT_EQ(whole.board.start(1000), firmware::Error::update_in_progress);
  ASSERT_EQ(whole.host.abort(), ReturnCode::success);
  EXPECT_EQ(whole.board.start(1000), firmware::Error::tpm_update_required)
      << "8721: only this way in";
}

}  // namespace
}  // namespace emulator::tpm
