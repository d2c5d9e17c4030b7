// SPDX-License-Identifier: BSD-3-Clause
// Every refusal of the update session, and that a refused update leaves the running code alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "emulator/factory/region.h"
#include "protocol/image/signature.h"
#include "tests/emulator/firmware/board.h"

namespace emulator::firmware {
namespace {

using protocol::fwu::OverrideQualifier;

/// A booted board with these settings and this policy.
template <class Change>
std::unique_ptr<Board> board_with(Change change) {
  FirmwareConfig config = old_board();
  change(config);
  auto board = std::make_unique<Board>(config);
  board->boot();
  return board;
}
std::unique_ptr<Board> board() {
  return board_with([](FirmwareConfig&) {});
}

TEST(StartRefusal, TpmUpdateIsRequiredWhenTheTpmInterfaceIsOn) {
  auto b = board_with([](FirmwareConfig& c) { c.settings.enabled_update_interfaces = 5; });
  EXPECT_EQ(b->start(kCodeSize), Error::tpm_update_required);
  EXPECT_EQ(b->start(kCodeSize, Feeder::tpm), Error::success);
}

TEST(StartRefusal, LocalUpdateIsDisabledWhenItsInterfaceIsOff) {
  auto b = board_with([](FirmwareConfig& c) { c.settings.enabled_update_interfaces = 2; });
  EXPECT_EQ(b->start(kCodeSize), Error::local_update_disabled);
  EXPECT_EQ(b->start(kCodeSize, Feeder::tpm), Error::local_update_disabled);
}

TEST(StartRefusal, LocalUpdateIsDisabledByItsOption) {
  auto b = board_with([](FirmwareConfig& c) { c.settings.local_update = 0; });
  EXPECT_EQ(b->start(kCodeSize), Error::local_update_disabled);
}

TEST(StartRefusal, LocalUpdateIsDisabledWhenTheOverrideCounterIsUsedUp) {
  auto b = board_with([](FirmwareConfig& c) { c.settings.override_counter = 0; });
  EXPECT_EQ(b->start(kCodeSize), Error::local_update_disabled);
}

TEST(StartRefusal, PasswordIsNeeded) {
  auto b = board_with([](FirmwareConfig& c) { c.settings.local_update = 2; });
  EXPECT_EQ(b->start(kCodeSize), Error::password_needed);
  EXPECT_EQ(b->start(kCodeSize, Feeder::heci, "wrong"), Error::password_mismatch);
  EXPECT_EQ(b->start(kCodeSize, Feeder::heci, "secret"), Error::success);
}

TEST(StartRefusal, ThreeWrongPasswordsLockTheSessionUntilTheNextBoot) {
  auto b = board_with([](FirmwareConfig& c) { c.settings.local_update = 2; });
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(b->start(kCodeSize, Feeder::heci, "wrong"), Error::password_mismatch);
  EXPECT_EQ(b->start(kCodeSize, Feeder::heci, "secret"), Error::password_retries);
  b->firmware.reset(protocol::fwu::ResetReason::firmware_reset);
  b->settle();
  EXPECT_EQ(b->start(kCodeSize, Feeder::heci, "secret"), Error::success);
}

TEST(StartRefusal, OemIdMustBeTheBoards) {
  std::array<std::uint8_t, 16> id{};
  id[3] = 0xAB;
  auto b = board_with([&](FirmwareConfig& c) { c.update.oem_id = id; });
  EXPECT_EQ(b->start(kCodeSize), Error::oem_id_incorrect);
  EXPECT_EQ(b->start({.image_length = kCodeSize, .password = {}, .oem_id = id}), Error::success);
}

TEST(StartRefusal, LengthMustFitTheStagingPartition) {
  auto b = board();
  EXPECT_EQ(b->start(0), Error::invalid_length);
  EXPECT_EQ(b->start(kCodeSize + 1), Error::invalid_length);
  EXPECT_EQ(b->start(kCodeSize), Error::success);
}

TEST(StartRefusal, SecondStartAndOtherFeederFindAnUpdateInProgress) {
  auto b = board();
  ASSERT_EQ(b->start(kCodeSize), Error::success);
  EXPECT_EQ(b->start(kCodeSize), Error::update_in_progress);
  EXPECT_EQ(b->start(kCodeSize, Feeder::tpm), Error::update_in_progress);
  EXPECT_EQ(b->data(new_image(), Feeder::tpm), Error::update_in_progress);
  EXPECT_EQ(b->end(Feeder::tpm), Error::update_in_progress);
  EXPECT_EQ(b->firmware.update_session().state(), SessionState::staging);
}

TEST(DataRefusal, WithoutStartThereIsNoUpdateInProgress) {
  auto b = board();
  EXPECT_EQ(b->data(new_image()), Error::no_update_in_progress);
  EXPECT_EQ(b->end(), Error::no_update_in_progress);
}

TEST(DataRefusal, DataBeyondTheAnnouncedLengthEndsTheUpdate) {
  auto b = board();
  ASSERT_EQ(b->start(100), Error::success);
  ASSERT_EQ(b->data(base::ByteView(new_image()).first(60)), Error::success);
  EXPECT_EQ(b->data(base::ByteView(new_image()).first(41)), Error::invalid_length);
  EXPECT_EQ(b->firmware.update_session().state(), SessionState::failed);
  EXPECT_EQ(b->firmware.update_session().last_status(), number(Error::invalid_length));
  EXPECT_EQ(b->data(base::ByteView(new_image()).first(1)), Error::no_update_in_progress);
}

TEST(DataRefusal, SecondDataBeforeTheFirstIsAnsweredFindsAnUpdateInProgress) {
  auto b = board();
  ASSERT_EQ(b->start(kCodeSize), Error::success);
  const base::ByteView piece = base::ByteView(new_image()).first(4096);
  b->answers.clear();
  b->firmware.update_session().data(Feeder::heci, piece, *b);
  b->firmware.update_session().data(Feeder::heci, piece, *b);
  EXPECT_EQ(b->answers, std::vector{number(Error::update_in_progress)});
  b->settle();
  EXPECT_EQ(b->answers.back(), number(Error::success));
  EXPECT_EQ(b->answers.size(), 2u);
}

TEST(EndRefusal, EndBeforeAllDataEndsTheUpdate) {
  auto b = board();
  ASSERT_EQ(b->start(kCodeSize), Error::success);
  ASSERT_EQ(b->data(base::ByteView(new_image()).first(kCodeSize - 1)), Error::success);
  EXPECT_EQ(b->end(), Error::invalid_length);
  EXPECT_EQ(b->firmware.update_session().state(), SessionState::failed);
}

/// What END says to an image, and that nothing but the last status has changed afterwards.
Error refusal_of(const base::Bytes& image, const FirmwareConfig& config = old_board()) {
  Board b(config);
  b.boot();
  const base::Bytes code = code_partition(b);
  const auto status = b.update(image);
  EXPECT_EQ(code_partition(b), code) << "the running code is untouched";
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::failed);
  EXPECT_EQ(b.reset_type, protocol::fwu::kResetNone);

  Settings expected = config.settings;
  expected.last_update_status = number(*status);
  EXPECT_EQ(b.firmware.settings(), expected);
  b.power_cut();
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
  EXPECT_EQ(b.firmware.settings(), expected) << "the refusal is remembered";
  return *status;
}

base::Bytes damaged(std::size_t offset) {
  base::Bytes image = new_image();
  image[offset] ^= 1;
  return image;
}

TEST(EndRefusal, HeaderFieldsAreChecked) {
  using protocol::image::Manifest;
  for (const std::size_t offset :
       {Manifest::at_type, Manifest::at_header_length, Manifest::at_vendor, Manifest::at_tag}) {
    EXPECT_EQ(refusal_of(damaged(offset)), Error::invalid_header) << offset;
  }
}

TEST(EndRefusal, SignatureIsChecked) {
  EXPECT_EQ(refusal_of(damaged(protocol::image::Manifest::at_version)), Error::invalid_image);
}

TEST(EndRefusal, ModuleHashesAreChecked) {
  EXPECT_EQ(refusal_of(damaged(kCodeSize - 1)), Error::invalid_image);
}

TEST(EndRefusal, ImageMustNotEndInsideAModule) {
  base::Bytes image = new_image();
  image.resize(kCodeSize - 1);
  EXPECT_EQ(refusal_of(image), Error::invalid_image);
}

TEST(EndRefusal, BytesBehindTheLastModuleAreNotPartOfAnImage) {
  Board b(old_board(), factory_flash(old_board(), kCodeSize + 0x1000));
  b.boot();
  base::Bytes image = new_image();
  image.push_back(0xFF);
  EXPECT_EQ(b.update(image), Error::invalid_image);
  EXPECT_EQ(b.update(new_image()), Error::success) << "a smaller image than the partition is taken";
  EXPECT_EQ(b.firmware.running_version(), new_code().version);
}

TEST(EndRefusal, KeyMustBeTheBoards) {
  // 2048 bits made for this test and used nowhere else.
  FirmwareConfig config = old_board();
  factory::ImageRecipe recipe = new_code();
  recipe.private_key_pem = R"(-----BEGIN RSA PRIVATE KEY-----
MIIEowIBAAKCAQEA0Ld4GgPZsPid3HdEgzHGpNWADY3ukaHLj61o0CfwiR/ft+zM
8ecMslCPIHOa67DHlYHpoDboKNtImzYyDGsHFQw+lmSgPOKc9aBQTdNmkV+I8yoG
+KTsRz432YJ8hEVNTUemZdxaUp2JO8ywrARNlZR2vEzR45PN9/VyC9G/CXaFfmmj
eV408aryM3lh+2XZQkuqMB2MSAskU1xLfb3ZEG9UIDcTT5XWZdYb30yyESwOLnSe
vJC+6RDxPRzfDgQWIDiCqvXWdq9VbIDymyJbdO6Z6sWNWJ4wucghKpCSxFQqj8Bo
uR3Catirg7v6SfTGV8yJhocEDI9cleVGDUMvfwIDAQABAoIBAANnirj56Roe5AxN
kbuGG1Ri+yS9dO/BMN3WGUiT7jN+ZprMbQdhGm7qK3t/Bz7i8k55AQORAbZw5T1K
5AQZ1tK8EWVInOiBVcgX5ldupFSot0YoIFb78bKzzBtrKnbJ3pntGkS9FGgWk796
9kLICy/ubQVjR2Ur6wcpZMPWlwQjeDsO37zNM9P9uwf9XsADZ++w0wf0otHV3s53
TpjnRdtTbBa8BA32TKKwynlCGtbnb+SsP2FeJ+iLn9ytXTsgXzCvK0vwzC5WCqu2
Sdh45NF5RuJXBPspbe9lUwtDjdLkjs6M5z8I/HUqfFYoWvJ5KtvgpLKYkszQy+2C
0bt+HNECgYEA8wrBEC6r0YUb6qIX9tWJ2VZnopqsC3a/+FBtmZMjyM0J5WV+Q87f
GqECL9FvmfWZEaUszPfjrW4hNwKlKVpr7P+s9tWFaWWc2dGdddwF05TosSmREo2u
Gy99UmN42JOp4tpBTdrO/kBdOwgLtB9tj5b1vEkz1yvvb6YRSfWJ7lcCgYEA29g2
ojeNmQU18Gfa5TBb5FvIjnYm1yfRmpGiDCYF4p6R4DQce7EA0/VW4E7c1NASrQD8
IdhslUN9ZlbpPlMuPILiPbz9csg31ueH37UdqJhlnSwI0XCOmBi3502I+oCPDUA4
/LWKhG3J3gJZFGVpcHTOCveSiqivEvCbaPrIvxkCgYBW8ArdkgROH1I8HR17Yyk7
QEg0ByXxt9m1pnd+Dv8m7glTMHn5IX/3E48nscA9D3hgsngTHb0opZNmDSEtaLXg
ghjJ9tkROZLg67VqmnjPFZ4i+V52h423Fca7eO+acT+88RuZEOMoWbe/zQH6vZ9A
VNy0LG9J0eKFSp82mIltYwKBgQCOWvo9nmVlMbeUvVtDz0WhoEFE5oMODS2vvh/F
aBWlgfKJ0JSlD5+uoI4p30cl0rpVJm8dZ2wgVzxrOVn9TpWA/2uKeMdRPQ7TbMdR
95CF7HDYDnyDSjQ7jr3+2/kX5Ik9FloQYWmZiRIPXUvbZjOZazlEZr2QZdxAEmc/
2iyFeQKBgA7EtzWaKb7C6Ya2B0aC79+MkwK/0icUl64ca/3orHagjvDyTknrc1+4
iUX746dY1eh1x3iL4L4u6vjDuFbd0kmZxPDmp2nI5Vash9DxQpgV42DmU7gHArCR
ztX8nnT0Zpt78Mm+wOZ0zNe5j3SZJ5kBe3/Pk4H/JA8J+nH7JWwm
-----END RSA PRIVATE KEY-----
)";
  EXPECT_EQ(refusal_of(image_of(recipe), config), Error::invalid_image);
}

TEST(EndRefusal, MajorVersionMustBeTheSame) {
  factory::ImageRecipe recipe = new_code();
  recipe.version = {4, 2, 60, 1060};
  EXPECT_EQ(refusal_of(image_of(recipe)), Error::version_mismatch);
  recipe.version = {6, 0, 0, 1184};
  EXPECT_EQ(refusal_of(image_of(recipe)), Error::version_mismatch);
}

TEST(EndRefusal, SkuMustBeTheBoards) {
  factory::ImageRecipe recipe = new_code();
  recipe.sku = 0x0D06;
  EXPECT_EQ(refusal_of(image_of(recipe)), Error::sku_mismatch);
}

TEST(EndRefusal, DowngradeIsVetoedByPolicy) {
  factory::ImageRecipe recipe = new_code();
  recipe.version = {5, 0, 1, 1110};
  FirmwareConfig config = old_board();
  config.update.allow_downgrade = false;
  EXPECT_EQ(refusal_of(image_of(recipe), config), Error::downgrade_vetoed);
}

TEST(EndRefusal, SameVersionIsRefusedByPolicy) {
  factory::ImageRecipe recipe = new_code();
  recipe.version = old_board().identity.version;
  FirmwareConfig config = old_board();
  config.update.allow_same_version = false;
  EXPECT_EQ(refusal_of(image_of(recipe), config), Error::allow_same_version_required);
}

TEST(EndRefusal, OlderAndEqualVersionsAreTakenWherePolicyAllows) {
  for (const protocol::FirmwareVersion version :
       {protocol::FirmwareVersion{5, 0, 0, 1}, old_board().identity.version}) {
    factory::ImageRecipe recipe = new_code();
    recipe.version = version;
    auto b = board();
    EXPECT_EQ(b->update(image_of(recipe)), Error::success);
    EXPECT_EQ(b->firmware.running_version(), version);
  }
}

}  // namespace
}  // namespace emulator::firmware
