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
constexpr std::uint16_t kEntitySrk = 0x0004;
const Secret kKeySecret = secret_from_passphrase("key");

Bytes be32(std::uint32_t value) {
  Bytes bytes(4);
  base::ByteWriter(bytes).be32(value);
  return bytes;
}

/// A secret for something new, hidden with the OSAP session it is created in (Part 1, 13.4: ADIP
/// with XOR).
Secret hidden(const Secret& secret, const HostSession& session) {
  Secret out = sha1({session.key, session.nonce_even});
  for (std::size_t i = 0; i < out.size(); ++i) out[i] ^= secret[i];
  return out;
}

/// TPM_NV_DefineSpace of three bytes that the owner writes and everybody reads.
Bytes define_area_params(const HostSession& session) {
  constexpr std::uint32_t owner_write = 0x00000002;
  Bytes params(2 + 4 + 2 * 26 + 6 + 3 + 4 + 20);
  base::ByteWriter out(params);
  out.be16(0x0018).be32(kArea);
  for (int i = 0; i < 2; ++i) out.be16(3).zeros(3).u8(0x1F).zeros(20);
  out.be16(0x0017).be32(owner_write).zeros(3);
  out.be32(static_cast<std::uint32_t>(kAreaContents.size())).bytes(hidden({}, session));
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

/// A 2048-bit signing key under the storage root key: the wrapped TPM_KEY.
Bytes create_signing_key(Host& host) {
  auto session = host.osap(kWellKnownSecret, kEntitySrk, kHandleSrk);
  if (!session) return {};
  Bytes params(20 + 20 + 11 + 24 + 12);
  base::ByteWriter out(params);
  out.bytes(hidden(kKeySecret, *session)).zeros(20);
  out.u8(1).u8(1).be16(0).be16(0x0010).be32(0).u8(1);               // signing, authorised
  out.be32(1).be16(1).be16(2).be32(12).be32(2048).be32(2).be32(0);  // RSA, PKCS #1 v1.5 over SHA-1
  out.zeros(12);
  Bytes key;
  EXPECT_EQ(host.authorised_on(*session, Ordinal::create_wrap_key, be32(kHandleSrk), params, 0,
                               Host::After::end, &key),
            ReturnCode::success);
  return key;
}

/// Loads the wrapped key and signs with it: PKCS #1 v1.5 gives the same bytes each time.
Bytes sign_with(Host& host, ByteView wrapped_key) {
  auto srk = host.oiap(kWellKnownSecret);
  auto user = host.oiap(kKeySecret);
  Bytes handle;
  if (!srk || !user) return {};
  EXPECT_EQ(host.authorised_on(*srk, Ordinal::load_key2, be32(kHandleSrk), wrapped_key, 4,
                               Host::After::end, &handle),
            ReturnCode::success);
  Bytes params(4 + kDigestSize);
  base::ByteWriter(params).be32(kDigestSize).bytes(sha1({base::as_bytes("message")}));
  Bytes signature;
  EXPECT_EQ(
      host.authorised_on(*user, Ordinal::sign, handle, params, 0, Host::After::end, &signature),
      ReturnCode::success);
  return signature;
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
  Host& host = whole.host;
  auto session = host.osap(kOwner);
  ASSERT_EQ(host.authorised(*session, Ordinal::nv_define_space, define_area_params(*session)),
            ReturnCode::success);
  Bytes write(12 + kAreaContents.size());
  base::ByteWriter(write).be32(kArea).be32(0).be32(3).bytes(kAreaContents);
  ASSERT_EQ(host.owner_command(kOwner, Ordinal::nv_write_value, write), ReturnCode::success);
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
