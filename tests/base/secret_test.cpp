// SPDX-License-Identifier: BSD-3-Clause
// A secret leaves nothing behind and goes nowhere by itself.
#include "base/secret.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <ostream>
#include <type_traits>

namespace {

/// What was in the last memory that was given back, of the size that is watched for.
std::size_t watched_size = 0;
base::Bytes* last_given_back = nullptr;

void look(void* memory, std::size_t size) {
  if (last_given_back == nullptr || size != watched_size) return;
  const auto* bytes = static_cast<const std::uint8_t*>(memory);
  last_given_back->assign(bytes, bytes + size);
}

constexpr std::size_t kHeader = alignof(std::max_align_t);

}  // namespace

// The size stands in front of what is lent, so that it is known when it comes back.
void* operator new[](std::size_t size) {
  auto* memory = static_cast<std::uint8_t*>(std::malloc(size + kHeader));
  if (memory == nullptr) throw std::bad_alloc();
  *reinterpret_cast<std::size_t*>(memory) = size;
  return memory + kHeader;
}
void operator delete[](void* memory) noexcept {
  if (memory == nullptr) return;
  auto* whole = static_cast<std::uint8_t*>(memory) - kHeader;
  look(memory, *reinterpret_cast<std::size_t*>(whole));
  std::free(whole);
}
void operator delete[](void* memory, std::size_t) noexcept {
  operator delete[](memory);
}

namespace base {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
static_assert(!Printable<Secret>);
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);

class SecretTest : public testing::Test {
 protected:
  SecretTest() { last_given_back = &given_back_; }
  ~SecretTest() override { last_given_back = nullptr; }

  static Secret word() { return Secret::copy_of(as_bytes("open sesame")); }
  void watch(std::size_t size) { watched_size = size; }

  Bytes given_back_;
};

TEST_F(SecretTest, HoldsItsBytes) {
  const Secret secret = word();
  EXPECT_EQ(secret.text(), "open sesame");
  EXPECT_EQ(secret.size(), 11u);
  EXPECT_FALSE(secret.empty());
  EXPECT_TRUE(Secret().empty());
}

TEST_F(SecretTest, IsWipedBeforeItsMemoryIsGivenBack) {
  watch(11);
  { const Secret secret = word(); }
  EXPECT_EQ(given_back_, Bytes(11));
}

TEST_F(SecretTest, MovesItsPlaceAndLeavesNone) {
  Secret secret = word();
  const void* place = secret.bytes().data();
  const Secret taken = std::move(secret);
  EXPECT_EQ(taken.bytes().data(), place);
  EXPECT_TRUE(secret.empty());  // NOLINT: what is left is the point
}

TEST_F(SecretTest, IsWipedWhereAnotherTakesItsPlace) {
  watch(11);
  Secret secret = word();
  secret = Secret::copy_of(as_bytes("next"));
  EXPECT_EQ(given_back_, Bytes(11));
  EXPECT_EQ(secret.text(), "next");
}

TEST_F(SecretTest, TakesBytesAndWipesWhereTheyCameFrom) {
  Bytes source = {1, 2, 3};
  EXPECT_EQ(Secret::taken_from(source).bytes()[2], 3);
  EXPECT_EQ(source, Bytes(3));
}

TEST_F(SecretTest, WipesWhatItIsShortenedBy) {
  Secret secret = word();
  const std::uint8_t* place = secret.bytes().data();
  secret.shorten(4);
  EXPECT_EQ(secret.text(), "open");
  EXPECT_EQ(Bytes(place + 4, place + 11), Bytes(7));
}

TEST_F(SecretTest, AMovedAssignmentToItselfKeepsIt) {
  Secret secret = word();
  Secret& same = secret;
  secret = std::move(same);
  EXPECT_EQ(secret.text(), "open sesame");
}

}  // namespace
}  // namespace base
