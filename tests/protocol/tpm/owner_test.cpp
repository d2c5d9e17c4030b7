// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/owner.h"

#include <gtest/gtest.h>

#include "protocol/tpm/crypto.h"
#include "tests/protocol/tpm/hex_text.h"

namespace protocol::tpm {
namespace {

using base::Bytes;

/// TPM_PUBKEY of a 2048-bit key whose modulus is 256 equal bytes.
Bytes pubkey(std::uint8_t fill) {
  Bytes bytes = hex("00000001 0003 0001 0000000c 00000800 00000002 00000000 00000100");
  bytes.insert(bytes.end(), 256, fill);
  return bytes;
}

TEST(Presence, CommandsAreThoseOfTheFactsPage) {
  EXPECT_EQ(presence_command(kPresenceCmdEnable), hex("00c1 0000000c 4000000a 0020"));
  EXPECT_EQ(presence_command(kPresencePresent), hex("00c1 0000000c 4000000a 0008"));
  EXPECT_EQ(presence_command(kPresenceNotPresent | kPresenceLock),
            hex("00c1 0000000c 4000000a 0014"));
  EXPECT_EQ(decode_presence_command(hex("00c1 0000000c 4000000a 0080")), kPresenceLifetimeLock);
}

TEST(Presence, DeferredForAnUnownedFieldUpgrade) {
  EXPECT_EQ(deferred_presence_command(Setting::on),
            hex("00c1 0000001e 0000003f 00000004 00000004 00000006 00000004 00000001"));
}

TEST(Settings, AreOneByte) {
  EXPECT_EQ(setting_command(Ordinal::physical_set_deactivated, Setting::on),
            hex("00c1 0000000b 00000072 01"));
  EXPECT_EQ(setting_command(Ordinal::set_owner_install, Setting::off),
            hex("00c1 0000000b 00000071 00"));
  EXPECT_EQ(bare_command(Ordinal::force_clear), hex("00c1 0000000a 0000005d"));
}

TEST(Sessions, AreFlushedAsAuthorisations) {
  EXPECT_EQ(flush_session_command(0x01020304), hex("00c1 00000012 000000ba 01020304 00000002"));
}

TEST(EndorsementKey, IsCreatedWithFiftyFourBytes) {
  const Bytes bytes =
      hex("00c1 00000036 00000078"
          "01010101 01010101 01010101 01010101 01010101"
          "00000001 0003 0001 0000000c 00000800 00000002 00000000");
  EXPECT_EQ(create_endorsement_key_command(twenty(1)), bytes);
  EXPECT_EQ(bytes.size(), 54u);
}

TEST(EndorsementKey, AnswerIsThreeHundredFourteenBytesWithAChecksum) {
  const Bytes key = pubkey(0x5A);
  const Digest checksum = sha1({key, twenty(1)});
  Bytes body = key;
  body.insert(body.end(), checksum.begin(), checksum.end());
  const Bytes frame = to_bytes(Response{.body = body});
  EXPECT_EQ(frame.size(), 314u);
  EXPECT_EQ(decode_pubek_reply(frame, twenty(1))->modulus, Bytes(256, 0x5A));
  EXPECT_FALSE(decode_pubek_reply(frame, twenty(2))) << "an answer to another question";
}

TEST(TakeOwnership, IsSixHundredTwentyFourBytesWithItsTrailer) {
  const Bytes params = to_bytes(TakeOwnershipParams{.encrypted_owner_secret = Bytes(256, 0xAA),
                                                    .encrypted_srk_secret = Bytes(256, 0xBB)});
  EXPECT_EQ(kHeaderSize + params.size() + AuthRequest::size, 624u);
  const base::ByteView view(params);
  EXPECT_EQ(base::to_hex(view.first(6)), "000500000100");
  EXPECT_EQ(base::to_hex(view.subspan(262, 4)), "00000100");
  EXPECT_EQ(base::to_hex(view.subspan(522)),
            "0101000000110000000001"
            "00000001000300010000000c000008000000000200000000"
            "000000000000000000000000");
  const auto decoded = decode_take_ownership_params(params);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->encrypted_srk_secret, Bytes(256, 0xBB));
}

TEST(OwnerReadInternalPub, TakesItsHandleAsAParameter) {
  EXPECT_EQ(owner_read_internal_pub_params(kHandleEk), hex("40000006"));
}

TEST(Oaep, FillsTheModulusAndNeverRepeats) {
  Bytes modulus(256, 0xC5);
  const auto once = encrypt_for_tpm(modulus, twenty(1));
  const auto twice = encrypt_for_tpm(modulus, twenty(1));
  ASSERT_TRUE(once && twice);
  EXPECT_EQ(once->size(), 256u);
  EXPECT_NE(*once, *twice);
}

}  // namespace
}  // namespace protocol::tpm
