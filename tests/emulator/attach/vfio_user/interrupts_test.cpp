// SPDX-License-Identifier: BSD-3-Clause
// INTx and MSI through eventfds: as QEMU's own loop serves them, and as KVM does, which unmasks
// through a file.
#include <fcntl.h>

#include "tests/emulator/attach/vfio_user/served.h"

namespace emulator::attach::vfio_user {
namespace {

constexpr std::uint32_t kNone = 0x01, kBool = 0x02, kFile = 0x04;
constexpr std::uint32_t kMaskIt = 0x08, kUnmaskIt = 0x10, kTriggerIt = 0x20;

class Irq : public Monitor {
 protected:
  static std::string words(std::initializer_list<std::uint32_t> all) {
    Bytes out(4 * all.size());
    base::ByteWriter writer(out);
    for (const std::uint32_t word : all) writer.u32(word);
    return base::to_hex(out);
  }
  std::string set(std::uint32_t flags, std::uint32_t index, std::uint32_t count,
                  const std::vector<int>& files = {}, const std::string& data = {}) {
    return request(8, words({20, flags, index, 0, count}) + data, files);
  }
  void config(std::uint32_t offset, std::uint16_t value) { function.write(offset, 2, value); }
  void raise() { function.set_level(sim::Level::high); }
  void lower() { function.set_level(sim::Level::low); }

  Event event;
};

class Intx : public Irq {
 protected:
  void arm() { EXPECT_EQ(set(kTriggerIt | kFile, 0, 1, {event.number()}), ""); }
};

TEST_F(Intx, AnAssertionIsOneEventUntilItIsUnmasked) {
  arm();
  raise();
  EXPECT_EQ(event.count(), 1u);
  lower();
  raise();
  EXPECT_EQ(event.count(), 0u) << "firing has masked it";
  EXPECT_EQ(set(kUnmaskIt | kNone, 0, 1), "");
  EXPECT_EQ(event.count(), 1u) << "the line is still asserted";
  lower();
  set(kUnmaskIt | kNone, 0, 1);
  EXPECT_EQ(event.count(), 0u);
  raise();
  EXPECT_EQ(event.count(), 1u);
}

TEST_F(Intx, ALineThatIsAssertedAlreadyFiresWhenItIsArmed) {
  raise();
  arm();
  EXPECT_EQ(event.count(), 1u);
}

TEST_F(Intx, AMaskedLineWaits) {
  arm();
  EXPECT_EQ(set(kMaskIt | kNone, 0, 1), "");
  raise();
  EXPECT_EQ(event.count(), 0u);
  EXPECT_EQ(set(kUnmaskIt | kBool, 0, 1, {}, "00"), "");
  EXPECT_EQ(event.count(), 0u) << "a byte of 0 leaves it";
  EXPECT_EQ(set(kUnmaskIt | kBool, 0, 1, {}, "01"), "");
  EXPECT_EQ(event.count(), 1u);
}

TEST_F(Intx, KvmUnmasksThroughAFile) {
  arm();
  const Event resample;
  EXPECT_EQ(set(kUnmaskIt | kFile, 0, 1, {resample.number()}), "");
  raise();
  EXPECT_EQ(event.count(), 1u);
  resample.signal();
  test::run(loop);
  EXPECT_EQ(event.count(), 1u) << "still asserted when the guest has ended its interrupt";
  lower();
  resample.signal();
  test::run(loop);
  EXPECT_EQ(event.count(), 0u);
  raise();
  EXPECT_EQ(event.count(), 1u) << "unmasked: a hundred of them, as a guest would have";
  for (int i = 0; i < 100; ++i) {
    lower();
    resample.signal();
    test::run(loop);
    raise();
    ASSERT_EQ(event.count(), 1u) << i;
  }
}

TEST_F(Intx, TheUnmaskingFileIsTakenAway) {
  arm();
  const Event resample;
  set(kUnmaskIt | kFile, 0, 1, {resample.number()});
  EXPECT_EQ(set(kUnmaskIt | kFile, 0, 1), "");
  raise();
  EXPECT_EQ(event.count(), 1u);
  resample.signal();
  test::run(loop);
  EXPECT_EQ(event.count(), 0u);
}

TEST_F(Intx, DisablingTheIndexTakesTheEventAway) {
  arm();
  EXPECT_EQ(set(kTriggerIt | kNone, 0, 0), "");
  raise();
  EXPECT_EQ(event.count(), 0u);
  arm();
  EXPECT_EQ(event.count(), 1u);
}

TEST_F(Intx, AnEventWithoutAFileIsTakenAway) {
  arm();
  EXPECT_EQ(set(kTriggerIt | kFile, 0, 1), "");
  raise();
  EXPECT_EQ(event.count(), 0u);
}

TEST_F(Intx, AMonitorCanFireItToTry) {
  arm();
  EXPECT_EQ(set(kTriggerIt | kNone, 0, 1), "");
  EXPECT_EQ(event.count(), 1u);
  EXPECT_EQ(set(kTriggerIt | kBool, 0, 1, {}, "00"), "");
  EXPECT_EQ(event.count(), 0u);
  EXPECT_EQ(set(kTriggerIt | kBool, 0, 1, {}, "01"), "");
  EXPECT_EQ(event.count(), 1u);
}

TEST_F(Intx, TheNextMonitorStartsWithoutEvents) {
  arm();
  const Event resample;
  EXPECT_EQ(set(kUnmaskIt | kFile, 0, 1, {resample.number()}), "");
  client.leave();
  client = connect();
  ask(kHello);
  raise();
  EXPECT_EQ(event.count(), 0u) << "the dead one's file is closed";
  arm();
  EXPECT_EQ(event.count(), 1u);
  resample.signal();
  test::run(loop);
  EXPECT_EQ(event.count(), 0u) << "and that by which it unmasked";
}

TEST_F(Intx, TheNextMonitorFindsItUnmasked) {
  arm();
  EXPECT_EQ(set(kMaskIt | kNone, 0, 1), "");
  client.leave();
  client = connect();
  ask(kHello);
  raise();
  arm();
  EXPECT_EQ(event.count(), 1u) << "asserted, and not masked any more";
}

TEST_F(Intx, AFileThatWouldBlockDoesNotStopTheServer) {
  const os::Descriptor full(::eventfd(0xFFFFFFFE, EFD_CLOEXEC));
  const std::uint64_t most = 0xFFFFFFFFFFFFFFFEull - 0xFFFFFFFE;
  ASSERT_EQ(::write(full.number(), &most, sizeof most), static_cast<ssize_t>(sizeof most));
  EXPECT_EQ(set(kTriggerIt | kFile, 0, 1, {full.number()}), "");
  raise();
  EXPECT_EQ(set(kTriggerIt | kNone, 0, 0), "") << "it answers";
}

class Msi : public Irq {
 protected:
  Msi() {
    config(0x04, 0x0006);
    config(0x8E, 0x0001);
  }
};

TEST_F(Msi, EachAssertionIsOneEvent) {
  EXPECT_EQ(set(kTriggerIt | kFile, 1, 1, {event.number()}), "");
  raise();
  lower();
  raise();
  EXPECT_EQ(event.count(), 2u);
}

TEST_F(Msi, OneThatCameBeforeItsEventIsNotLost) {
  raise();
  EXPECT_EQ(set(kTriggerIt | kFile, 1, 1, {event.number()}), "");
  EXPECT_EQ(event.count(), 1u);
}

TEST_F(Msi, IsTheDeadMonitorsNoMore) {
  EXPECT_EQ(set(kTriggerIt | kFile, 1, 1, {event.number()}), "");
  client.leave();
  client = connect();
  ask(kHello);
  raise();
  EXPECT_EQ(event.count(), 0u);
}

TEST_F(Msi, CannotBeMasked) {
  EXPECT_EQ(set(kMaskIt | kNone, 1, 1), kInvalid);
  EXPECT_EQ(set(kUnmaskIt | kNone, 1, 1), kInvalid);
}

TEST_F(Msi, ADisabledIndexIsSilent) {
  set(kTriggerIt | kFile, 1, 1, {event.number()});
  EXPECT_EQ(set(kTriggerIt | kNone, 1, 0), "");
  raise();
  EXPECT_EQ(event.count(), 0u);
}

class Refused : public Irq {
 protected:
  /// All twenty bytes, one of them wrong.
  std::string raw(std::uint32_t flags, std::uint32_t index, std::uint32_t start,
                  std::uint32_t count, const std::vector<int>& files = {}) {
    return request(8, words({20, flags, index, start, count}), files);
  }
};

TEST_F(Refused, FlagsOfNoOrTwoMeanings) {
  for (const std::uint32_t flags : {0u, kTriggerIt, kNone, kTriggerIt | kNone | kBool,
                                    kTriggerIt | kMaskIt | kNone, kTriggerIt | kNone | 0x40}) {
    EXPECT_EQ(raw(flags, 0, 0, 0), kInvalid) << flags;
  }
}

TEST_F(Refused, InterruptsThatAreNotThere) {
  EXPECT_EQ(raw(kTriggerIt | kNone, 5, 0, 0), kInvalid);
  EXPECT_EQ(raw(kTriggerIt | kNone, 0xFFFFFFFF, 0, 0), kInvalid);
  EXPECT_EQ(raw(kTriggerIt | kNone, 0, 1, 1), kInvalid);
  EXPECT_EQ(raw(kTriggerIt | kNone, 0, 0, 2), kInvalid);
  EXPECT_EQ(raw(kTriggerIt | kNone, 0, 0xFFFFFFFF, 2), kInvalid) << "start + count wraps";
  EXPECT_EQ(raw(kTriggerIt | kNone, 2, 0, 1), kInvalid) << "no MSI-X";
  EXPECT_EQ(raw(kTriggerIt | kNone, 2, 0, 0), "") << "which can be disabled all the same";
}

TEST_F(Refused, FilesMissingTooManyOrUnasked) {
  const Event other;
  EXPECT_EQ(raw(kTriggerIt | kFile, 0, 0, 1, {event.number(), other.number()}), kInvalid);
  EXPECT_EQ(raw(kTriggerIt | kFile, 0, 0, 0, {event.number()}), kInvalid);
  EXPECT_EQ(raw(kTriggerIt | kNone, 0, 0, 1, {event.number()}), kInvalid);
  raise();
  EXPECT_EQ(event.count(), 0u) << "none of them was taken";
}

TEST_F(Refused, ATriggerThatIsNoEventfd) {
  test::Pipe pipe;
  pipe.reader.close();
  EXPECT_EQ(raw(kTriggerIt | kFile, 0, 0, 1, {pipe.writer.number()}), kInvalid);
  EXPECT_EQ(raw(kTriggerIt | kFile, 1, 0, 1, {pipe.writer.number()}), kInvalid);
  raise();
  EXPECT_EQ(raw(kTriggerIt | kNone, 0, 0, 1), "") << "nobody is left to write to; it goes on";
}

TEST_F(Refused, AnUnmaskingFileThatIsNoEventfd) {
  const os::Descriptor zeros(::open("/dev/zero", O_RDWR | O_CLOEXEC));
  const test::SocketPair sockets;
  for (const int file : {zeros.number(), sockets.theirs.number()})
    EXPECT_EQ(raw(kUnmaskIt | kFile, 0, 0, 1, {file}), kInvalid);
}

TEST_F(Refused, ASizeThatIsNotTheRequests) {
  for (const std::uint32_t size : {0u, 19u, 25u, 0xFFFFFFFFu})
    EXPECT_EQ(request(8, words({size, kTriggerIt | kNone, 0, 0, 1})), kInvalid) << size;
  EXPECT_EQ(request(8, words({24, kTriggerIt | kFile, 0, 0, 1}), {event.number()}), "")
      << "as Linux counts it: four bytes a file";
}

TEST_F(Refused, AFileThatShouldMask) {
  EXPECT_EQ(raw(kMaskIt | kFile, 0, 0, 1, {event.number()}), kUnsupported);
}

TEST_F(Refused, BytesMissingOrTooMany) {
  EXPECT_EQ(set(kTriggerIt | kBool, 0, 1), kInvalid);
  EXPECT_EQ(set(kTriggerIt | kBool, 0, 1, {}, "0101"), kInvalid);
}

TEST_F(Refused, AFileMayComeWithAnyByteOfItsMessage) {
  const Bytes bytes = *base::from_hex(message(8, words({20, kTriggerIt | kFile, 0, 0, 1})));
  client.send(ByteView(bytes).first(20));
  test::run(loop);
  client.send(ByteView(bytes).subspan(20), {event.number()});
  test::run(loop);
  EXPECT_EQ(client.receive_hex().substr(16, 16), "0100000000000000");
  raise();
  EXPECT_EQ(event.count(), 1u);
}

TEST_F(Refused, AFileBelongsToItsOwnMessageInAStreamOfMany) {
  const Bytes first = *base::from_hex(message(9, "0000000000000000 07000000 04000000"));
  const Bytes second = *base::from_hex(message(8, words({20, kTriggerIt | kFile, 0, 0, 1})));
  client.send(first);
  client.send(second, {event.number()});
  client.send(first);
  test::run(loop);
  client.receive();
  raise();
  EXPECT_EQ(event.count(), 1u);
}

}  // namespace
}  // namespace emulator::attach::vfio_user
