// SPDX-License-Identifier: BSD-3-Clause
// Which endorsement key a board has: its profile says, or its MAC address tells it from others.
#include <gtest/gtest.h>

#include <set>

#include "protocol/tpm/owner.h"
#include "tests/emulator/machine/profile_file.h"
#include "tests/emulator/tpm/rig.h"
#include "tpm_board.h"

namespace emulator::machine {
namespace {

using base::Bytes;
using namespace protocol::tpm;

/// Of a board as it left its factory, before anybody owned its TPM.
Bytes key_of(Profile profile, std::uint64_t seed = 1) {
  profile.tpm.fitted = true;
  profile.tpm.state = {};
  auto built = Machine::build(profile, {.seed = seed, .flash = {}});
  EXPECT_TRUE(built) << (built ? "" : built.error().doing);
  Machine& machine = **built;
  boot(machine);
  const Nonce nonce = {7};
  const Bytes answer = tpm::Host(*machine.itpm()).send(read_pubek_command(nonce));
  const auto key = decode_pubek_reply(answer, nonce);
  EXPECT_TRUE(key);
  return key ? Bytes(key->modulus.begin(), key->modulus.end()) : Bytes();
}

Bytes key_of(const char* machine) {
  return key_of(load_profile(machine).value());
}

Profile with_mac(const std::string& mac, const std::vector<Override>& more = {}) {
  std::vector<Override> changes = {
      {.key = "surroundings.wired.mac", .value = '"' + mac + '"', .where = {}}};
  changes.insert(changes.end(), more.begin(), more.end());
  return load_profile("desktop-q35", changes).value();
}

TEST(BoardsEndorsementKey, IsAnotherOnEachBoardThatShips) {
  const std::set<Bytes> keys = {key_of("esprimo-e5730"), key_of("esprimo-e5730-5.2.70"),
                                key_of("thinkpad-t400")};
  EXPECT_EQ(keys.size(), 3u);
}

TEST(BoardsEndorsementKey, IsTheBoardsInEveryBootAndUnderEverySeed) {
  EXPECT_EQ(key_of("esprimo-e5730-windows"), key_of("esprimo-e5730")) << "one board, two boots";
  EXPECT_EQ(key_of(load_profile("thinkpad-t400").value(), 99), key_of("thinkpad-t400"));
}

TEST(BoardsEndorsementKey, GoesByTheMacAddressWhereNothingElseIsSaid) {
  std::set<Bytes> keys;
  for (const char* last : {"01", "02", "03", "04", "05", "06", "07", "08"})
    keys.insert(key_of(with_mac(std::string("02-00-00-00-00-") + last)));
  EXPECT_GE(keys.size(), 5u) << "of sixteen that are stored";
  EXPECT_EQ(key_of(with_mac("02-00-00-00-00-01")), key_of(with_mac("02-00-00-00-00-01")));
}

TEST(BoardsEndorsementKey, IsTheProfilesBeforeAnythingElse) {
  const std::vector<Override> ninth = {{.key = "tpm.endorsement_key", .value = "9", .where = {}}};
  EXPECT_EQ(key_of(with_mac("02-00-00-00-00-01", ninth)),
            key_of(with_mac("02-00-00-00-00-02", ninth)));
  const std::vector<Override> tenth = {{.key = "tpm.endorsement_key", .value = "10", .where = {}}};
  EXPECT_NE(key_of(with_mac("02-00-00-00-00-01", ninth)),
            key_of(with_mac("02-00-00-00-00-01", tenth)));
}

TEST_F(ProfileFile, AnEndorsementKeyThatIsNotStoredIsRefusedWhereItStands) {
  EXPECT_EQ(error_of("[tpm]\nendorsement_key = 16\n"),
            "m.toml:5:19: tpm.endorsement_key is 16; it must be 0 to 15");
  EXPECT_EQ(error_of("[tpm]\nendorsement_key = 15\n"), "");
  Profile made_by_a_program = load_profile("esprimo-e5730").value();
  made_by_a_program.tpm.endorsement_key = 200;
  const auto built = Machine::build(made_by_a_program);
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error().doing,
            "machine \"esprimo-e5730\": tpm.endorsement_key is 200; it must be 0 to 15");
}

}  // namespace
}  // namespace emulator::machine
