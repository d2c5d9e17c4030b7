// SPDX-License-Identifier: BSD-3-Clause
// swtpm's state files: what is taken, and what is refused in words.
#include "emulator/attach/swtpm/state_file.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "emulator/tpm/stored_states.h"
#include "tests/emulator/tpm/rig.h"

namespace emulator::attach::swtpm {
namespace {

using base::Bytes;
using base::ByteView;

Bytes state() {
  return tpm::stored_state(tpm::Ownership::owned, 6);
}

/// As swtpm 0.7.1 writes it: version 2, readable from version 1 on, a header of ten bytes, no
/// flags, the whole length; then the field's tag and length.
Bytes file_of(ByteView content, std::uint16_t tag = 1, std::uint8_t oldest_reader = 1) {
  Bytes file(16 + content.size());
  base::ByteWriter(file)
      .u8(2)
      .u8(oldest_reader)
      .be16(10)
      .be16(0)
      .be32(static_cast<std::uint32_t>(file.size()))
      .be16(tag)
      .be32(static_cast<std::uint32_t>(content.size()))
      .bytes(content);
  return file;
}

std::string refusal(ByteView file) {
  const auto read = permanent_state_in(file);
  return read ? "taken" : read.error().doing;
}

constexpr const char* kNoFile = "it is no state file of swtpm (tpm-00.permall)";

TEST(SwtpmStateFile, HoldsThePermanentState) {
  const auto read = permanent_state_in(file_of(state()));
  ASSERT_TRUE(read) << read.error().doing;
  EXPECT_EQ(*read, state());
}

TEST(SwtpmStateFile, CutAnywhereIsNone) {
  const Bytes whole = file_of(state());
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_EQ(refusal(ByteView(whole).first(length)), kNoFile) << length;
}

TEST(SwtpmStateFile, OfAnotherFormatIsNone) {
  Bytes old = file_of(state());
  old[0] = 1;
  EXPECT_EQ(refusal(old), kNoFile);
  EXPECT_EQ(refusal(file_of(state(), 1, 3)), kNoFile);
  Bytes header = file_of(state());
  header[3] = 9;
  EXPECT_EQ(refusal(header), kNoFile);
}

TEST(SwtpmStateFile, EncryptedIsRefused) {
  EXPECT_EQ(refusal(file_of(state(), 2)).substr(0, 15), "it is encrypted");
}

TEST(SwtpmStateFile, OfATpm20OrDamagedIsRefused) {
  Bytes damaged = state();
  damaged[100] ^= 1;
  const std::string no_tpm12 = "it holds no state of a TPM 1.2 (swtpm_setup without --tpm2)";
  EXPECT_EQ(refusal(file_of(damaged)), no_tpm12);
  EXPECT_EQ(refusal(file_of({})), no_tpm12);
  EXPECT_EQ(refusal(file_of(state(), 7)), no_tpm12);
}

TEST(SwtpmStateFile, AFieldThatIsLongerThanTheFileIsRefused) {
  Bytes file = file_of(state());
  file[12] = 0xFF;
  EXPECT_NE(refusal(file), "taken");
}

TEST(AdoptedState, IsTheTpmsFromItsNextResetOn) {
  tpm::Rig rig;
  ASSERT_TRUE(rig.tpm.adopt(state()));
  rig.tpm.reset();
  EXPECT_TRUE(rig.tpm.status().owned);
  EXPECT_EQ(tpm::Host(rig.tpm).prove_owner(tpm::kOwner), tpm::ReturnCode::success);
  rig.tpm.power_off();
  rig.tpm.power_on();
  EXPECT_TRUE(rig.tpm.status().owned) << "the partition has it";
}

TEST(AdoptedState, ThatIsNoneIsRefusedAndChangesNothing) {
  tpm::Rig rig;
  EXPECT_EQ(rig.tpm.adopt(Bytes(100)).error().code, base::Errc::invalid);
  rig.tpm.me_stopped();
  EXPECT_EQ(rig.tpm.adopt(state()).error().code, base::Errc::disconnected);
  rig.tpm.me_started({.major = 5, .minor = 0, .hotfix = 1, .build = 1111});
  rig.tpm.reset();
  EXPECT_FALSE(rig.tpm.status().owned);
}

}  // namespace
}  // namespace emulator::attach::swtpm
