// SPDX-License-Identifier: BSD-3-Clause
// How a conversation treats failures: it makes a broken connection anew, and it does not ask for
// ever.
#include <gtest/gtest.h>

#include "tests/updater/inventory/scripted_device.h"
#include "updater/inventory/conversation.h"

namespace {

using base::Bytes;
using base::Errc;
using updater::inventory::Conversation;

const Bytes kQuestion = {0, 0, 0, 0};

class ConversationTest : public testing::Test {
 protected:
  tests::WaitingClock clock;
  tests::ScriptedDevice device{clock};
};

TEST_F(ConversationTest, ConnectsAnewAfterTheLinkWasReset) {
  int asked = 0;
  device.add(protocol::mei::kFwuGuid,
             [&](base::ByteView) { return ++asked == 1 ? tests::drop() : tests::answer({7}); });
  Conversation fwu = updater::inventory::talk_to_fwu(device);
  EXPECT_EQ(fwu.ask(kQuestion, "a thing").error().code, Errc::disconnected);
  EXPECT_EQ(fwu.ask(kQuestion, "a thing").value(), Bytes{7});
  EXPECT_EQ(device.connects, 2);
}

using ConversationDeathTest = ConversationTest;

TEST_F(ConversationDeathTest, AQuestionSaysSomething) {
  Conversation fwu = updater::inventory::talk_to_fwu(device);
  EXPECT_DEATH((void)fwu.ask({}, "nothing"), "a question says something");
}

TEST_F(ConversationTest, DoesNotTryAgainWhereThereIsNoSuchClient) {
  Conversation fwu = updater::inventory::talk_to_fwu(device);
  EXPECT_EQ(fwu.ask(kQuestion, "a thing").error().code, Errc::not_found);
  EXPECT_EQ(fwu.ask(kQuestion, "a thing").error().code, Errc::not_found);
  EXPECT_EQ(device.connects, 1);
}

TEST_F(ConversationTest, SaysWhatWasAskedAndWhatHappened) {
  device.add(protocol::mei::kFwuGuid, [](base::ByteView) { return tests::silence(); });
  Conversation fwu = updater::inventory::talk_to_fwu(device);
  EXPECT_EQ(fwu.ask(kQuestion, "the weather").error().doing,
            "asking for the weather: no answer within its limit");
}

TEST_F(ConversationTest, ForgetsEarlierFailuresOnceAnAnswerComes) {
  int asked = 0;
  device.add(protocol::mei::kFwuGuid,
             [&](base::ByteView) { return ++asked % 2 == 1 ? tests::drop() : tests::answer({7}); });
  Conversation fwu = updater::inventory::talk_to_fwu(device);
  for (int i = 0; i < 6; ++i) (void)fwu.ask(kQuestion, "a thing");
  EXPECT_EQ(asked, 6);
}

}  // namespace
