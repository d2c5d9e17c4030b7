// SPDX-License-Identifier: BSD-3-Clause
// The iTPM in front of the real firmware and its flash: an update through TPM commands ends where
// one over HECI ends, and the TPM's own contents are still there afterwards.
#include <gtest/gtest.h>

#include <algorithm>

#include "protocol/mei/fwu.h"
#include "tests/emulator/firmware/board.h"
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

const Bytes kAreaContents = {0xC0, 0xFF, 0xEE};
constexpr std::uint32_t kArea = 0x00011234;

/// TPM_NV_DefineSpace of three bytes that the owner writes and everybody reads (permission
/// OWNERWRITE).
Bytes define_area_params(const HostSession& session, std::uint8_t) {
  Bytes params(2 + 4 + 2 * 26 + 6 + 3 + 4 + 20);
  base::ByteWriter out(params);
  out.be16(0x0018).be32(kArea);
  for (int i = 0; i < 2; ++i) out.be16(3).zeros(3).u8(0x1F).zeros(20);
  out.be16(0x0017).be32(0x00000002);
  out.u8(0).u8(0).u8(0).be32(static_cast<std::uint32_t>(kAreaContents.size()));
  // encAuth of an all-zero AuthData: XOR with SHA-1(shared secret || nonceEven).
  out.bytes(sha1({session.key, session.nonce_even}));
  return params;
}

Bytes read_area(Host& host) {
  Bytes body(12);
  base::ByteWriter(body).be32(kArea).be32(0).be32(static_cast<std::uint32_t>(kAreaContents.size()));
  const Bytes response =
      host.send(to_bytes(Command{.ordinal = Ordinal::nv_read_value, .body = body}));
  const auto decoded = decode_response(response);
  if (!decoded || decoded->body.size() < 4) return {};
  return Bytes(decoded->body.begin() + 4, decoded->body.end());
}

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
  auto session = whole.host.osap(kOwner);
  ASSERT_EQ(
      whole.host.authorised(*session, Ordinal::nv_define_space, define_area_params(*session, 0)),
      ReturnCode::success);
  Bytes write(12 + kAreaContents.size());
  base::ByteWriter(write).be32(kArea).be32(0).be32(3).bytes(kAreaContents);
  ASSERT_EQ(whole.host.owner_command(kOwner, Ordinal::nv_write_value, write), ReturnCode::success);
  auto before = whole.host.oiap(kOwner);
  Bytes srk_before;
  ASSERT_EQ(whole.host.authorised(*before, Ordinal::owner_read_internal_pub,
                                  owner_read_internal_pub_params(kHandleSrk), Host::After::end,
                                  &srk_before),
            ReturnCode::success);

  const Bytes image = firmware::image_of(firmware::new_code());
  ASSERT_EQ(whole.host.start_as_owner(*whole.host.oiap(kOwner), image), ReturnCode::success);
  ASSERT_EQ(whole.upload_and_complete(image), 0u);
  whole.board.settle();
  whole.tpm.power_off();
  whole.board.power_cut();
  whole.board.boot();
  whole.tpm.power_on();

  Bytes srk_after;
  auto after = whole.host.oiap(kOwner);
  ASSERT_EQ(whole.host.authorised(*after, Ordinal::owner_read_internal_pub,
                                  owner_read_internal_pub_params(kHandleSrk), Host::After::end,
                                  &srk_after),
            ReturnCode::success);
  EXPECT_EQ(srk_after, srk_before);
  EXPECT_EQ(read_area(whole.host), kAreaContents);
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
