// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/authorisation.h"

#include <gtest/gtest.h>

#include "protocol/tpm/crypto.h"
#include "tests/protocol/tpm/hex_text.h"

namespace protocol::tpm {
namespace {

using base::Bytes;

template <class Message>
Bytes written(const Message& m, std::size_t size) {
  Bytes out(size);
  base::ByteWriter writer(out);
  encode(writer, m);
  EXPECT_TRUE(writer.ok());
  EXPECT_EQ(writer.size(), size);
  return out;
}

// FIPS 180-1 and RFC 2202, test case 2: not our numbers.
TEST(TpmCrypto, IsShaOneAndItsHmac) {
  EXPECT_EQ(base::to_hex(sha1({base::as_bytes("a"), base::as_bytes("bc")})),
            "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(base::to_hex(hmac_sha1(base::as_bytes("Jefe"), {base::as_bytes("what do ya want "),
                                                            base::as_bytes("for nothing?")})),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

// "abc" is FIPS 180-1 again; the others are UTF-16LE code units spelt out.
TEST(TpmCrypto, HashesAPassphraseTheWayItsWorldDoes) {
  EXPECT_EQ(base::to_hex(secret_from_passphrase("abc")),
            "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(secret_from_passphrase_utf16("ab"), sha1({hex("6100 6200")}));
  EXPECT_EQ(secret_from_passphrase_utf16("\xC3\xA9"), sha1({hex("e900")}));               // e acute
  EXPECT_EQ(secret_from_passphrase_utf16("\xF0\x9F\x94\x91"), sha1({hex("3dd8 11dd")}));  // a key
  EXPECT_EQ(secret_from_passphrase_utf16("\xC3"), std::nullopt);
  EXPECT_EQ(secret_from_passphrase_utf16("\x80"), std::nullopt);
}

TEST(Oiap, IsABareHeaderAndAThirtyFourByteAnswer) {
  EXPECT_EQ(oiap_command(), hex("00c1 0000000a 0000000a"));
  const OiapReply reply{.handle = 0x8D96E29D, .nonce_even = twenty(0x11)};
  const Bytes bytes =
      hex("00c4 00000022 00000000 8d96e29d"
          "11111111 11111111 11111111 11111111 11111111");
  EXPECT_EQ(written(reply, OiapReply::size), bytes);
  EXPECT_EQ(decode_oiap_reply(bytes)->handle, 0x8D96E29D);
  EXPECT_EQ(decode_oiap_reply(bytes)->nonce_even, twenty(0x11));
  EXPECT_FALSE(decode_oiap_reply(hex("00c4 0000000a 00000015")));
}

TEST(Osap, NamesTheOwner) {
  const OsapRequest request{.nonce_odd_osap = twenty(0x22)};
  const Bytes bytes =
      hex("00c1 00000024 0000000b 0002 40000001"
          "22222222 22222222 22222222 22222222 22222222");
  EXPECT_EQ(written(request, OsapRequest::size), bytes);
  EXPECT_EQ(decode_osap_request(bytes)->entity_value, kHandleOwner);
  EXPECT_EQ(decode_osap_request(bytes)->nonce_odd_osap, twenty(0x22));
}

TEST(Osap, AnswersFiftyFourBytes) {
  const OsapReply reply{.handle = 1, .nonce_even = twenty(0x33), .nonce_even_osap = twenty(0x44)};
  const Bytes bytes =
      hex("00c4 00000036 00000000 00000001"
          "33333333 33333333 33333333 33333333 33333333"
          "44444444 44444444 44444444 44444444 44444444");
  EXPECT_EQ(written(reply, OsapReply::size), bytes);
  EXPECT_EQ(decode_osap_reply(bytes)->nonce_even_osap, twenty(0x44));
}

TEST(Osap, KeysTheSessionWithBothNonces) {
  EXPECT_EQ(osap_secret(twenty(1), twenty(2), twenty(3)),
            hmac_sha1(twenty(1), {twenty(2), twenty(3)}));
}

TEST(AuthTrailer, IsTheLastFortyFiveBytes) {
  const Bytes params = hex("01");
  const AuthRequest auth{
      .handle = 0x01020304, .nonce_odd = twenty(0x55), .continue_session = 1, .hmac = twenty(0x66)};
  const Bytes bytes =
      hex("00c2 00000038 0000006e 01 01020304"
          "55555555 55555555 55555555 55555555 55555555 01"
          "66666666 66666666 66666666 66666666 66666666");
  EXPECT_EQ(
      to_bytes(AuthorisedCommand{
          .ordinal = Ordinal::owner_set_disable, .handles = {}, .params = params, .auth = auth}),
      bytes);
  const auto decoded = decode_authorised_command(bytes, 0);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(base::to_hex(decoded->params), "01");
  EXPECT_EQ(decoded->auth.handle, 0x01020304u);
  EXPECT_EQ(decoded->auth.continue_session, 1);
  EXPECT_EQ(decoded->auth.hmac, twenty(0x66));
}

TEST(AuthTrailer, OfAResponseIsTheLastFortyOneBytes) {
  const Bytes params = hex("0008 00000000 00000000");
  const AuthReply auth{.nonce_even = twenty(0x77), .continue_session = 0, .hmac = twenty(0x88)};
  const Bytes bytes =
      hex("00c5 0000003d 00000000 0008 00000000 00000000"
          "77777777 77777777 77777777 77777777 77777777 00"
          "88888888 88888888 88888888 88888888 88888888");
  EXPECT_EQ(to_bytes(AuthorisedResponse{.handles = {}, .params = params, .auth = auth}), bytes);
  const auto decoded = decode_authorised_response(bytes, 0);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(base::to_hex(decoded->params), base::to_hex(params));
  EXPECT_EQ(decoded->auth.nonce_even, twenty(0x77));
}

TEST(AuthTrailer, HandlesAreNotParameters) {
  const Bytes handle = hex("40000000");
  const Bytes params = hex("aabb");
  const Bytes bytes = to_bytes(AuthorisedCommand{
      .ordinal = Ordinal::load_key2, .handles = handle, .params = params, .auth = {}});
  EXPECT_EQ(base::to_hex(decode_authorised_command(bytes, 4)->params), "aabb");
  EXPECT_EQ(base::to_hex(decode_authorised_command(bytes, 4)->handles), "40000000");
}

TEST(AuthTrailer, IsMissedInAFrameTooShortForIt) {
  Bytes bytes = to_bytes(
      AuthorisedCommand{.ordinal = Ordinal::owner_clear, .handles = {}, .params = {}, .auth = {}});
  EXPECT_TRUE(decode_authorised_command(bytes, 0));
  EXPECT_FALSE(decode_authorised_command(bytes, 4));
  bytes[1] = 0xC1;
  EXPECT_FALSE(decode_authorised_command(bytes, 0));
}

// The formula of Part 1, 13.2, spelt out in bytes.
TEST(AuthValue, CoversDigestNoncesAndTheContinueByte) {
  const Digest digest = command_digest(Ordinal::owner_set_disable, hex("01"));
  EXPECT_EQ(digest, sha1({hex("0000006e01")}));
  EXPECT_EQ(response_digest(Ordinal::owner_set_disable, {}), sha1({hex("000000000000006e")}));
  Bytes covered(digest.begin(), digest.end());
  covered.insert(covered.end(), 20, 0x11);
  covered.insert(covered.end(), 20, 0x22);
  covered.push_back(1);
  EXPECT_EQ(auth_value(twenty(9), digest, twenty(0x11), twenty(0x22), 1),
            hmac_sha1(twenty(9), {covered}));
}

}  // namespace
}  // namespace protocol::tpm
