// SPDX-License-Identifier: BSD-3-Clause
// As Linux's character device has it: drivers/char/tpm/tpm-dev-common.c.
#include "scenarios/devices/tpm_node.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace scenarios::devices {
namespace {

using base::Bytes;

class Echo final : public updater::tpm::TpmTransport {
 public:
  std::string name() const override { return "echo"; }
  base::Result<Bytes> transmit(base::ByteView command, base::Duration) override {
    if (fails) return base::Error{*fails, "no"};
    return Bytes(command.begin(), command.end());
  }
  std::optional<base::Errc> fails;
};

/// A command of ten bytes, which says so.
const Bytes kCommand = {0x00, 0xC1, 0x00, 0x00, 0x00, 0x0A, 0x00, 0x00, 0x00, 0x99};

class TpmNodeTest : public testing::Test {
 protected:
  Echo tpm;
  TpmNode node{tpm};
  const File file = &tpm;
};

TEST_F(TpmNodeTest, AResponseIsReadInPieces) {
  EXPECT_EQ(node.write(file, kCommand).result, 10);
  EXPECT_TRUE(node.readable());
  EXPECT_EQ(node.read(file, 4)->data, Bytes(kCommand.begin(), kCommand.begin() + 4));
  EXPECT_EQ(node.read(file, 100)->data, Bytes(kCommand.begin() + 4, kCommand.end()));
  EXPECT_FALSE(node.readable());
  EXPECT_EQ(node.read(file, 100)->result, 0);
}

TEST_F(TpmNodeTest, ACommandWaitsUntilTheLastResponseIsRead) {
  EXPECT_EQ(node.write(file, kCommand).result, 10);
  EXPECT_EQ(node.write(file, kCommand).number, EBUSY);
  node.closed(file);
  EXPECT_EQ(node.write(file, kCommand).result, 10);
}

TEST_F(TpmNodeTest, WhatIsNoWholeCommandIsRefused) {
  EXPECT_EQ(node.write(file, Bytes(kCommand.begin(), kCommand.begin() + 5)).number, EINVAL);
  EXPECT_EQ(node.write(file, Bytes(kCommand.begin(), kCommand.begin() + 9)).number, EINVAL);
  EXPECT_EQ(node.write(file, Bytes(4097, 0)).number, E2BIG);
}

TEST_F(TpmNodeTest, WhatStandsBehindACommandIsLeftOut) {
  Bytes longer = kCommand;
  longer.push_back(0xEE);
  EXPECT_EQ(node.write(file, longer).result, 11);
  EXPECT_EQ(node.read(file, 100)->data, kCommand);
}

TEST_F(TpmNodeTest, ATpmThatDoesNotAnswerIsToldOf) {
  tpm.fails = base::Errc::timeout;
  EXPECT_EQ(node.write(file, kCommand).number, ETIME);
  tpm.fails = base::Errc::disconnected;
  EXPECT_EQ(node.write(file, kCommand).number, EIO);
}

}  // namespace
}  // namespace scenarios::devices
