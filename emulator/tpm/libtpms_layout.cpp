// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/libtpms_layout.h"

#include <algorithm>
#include <array>

#include "base/promise.h"
#include "protocol/tpm/crypto.h"

namespace emulator::tpm::layout {
namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using protocol::tpm::kDigestSize;
using protocol::tpm::PermanentFlags;
using protocol::tpm::Secret;

constexpr std::uint16_t kPermanentTag = 0x0001;
constexpr std::uint16_t kVolatileTag = 0x0001;

// Permanent state: tag, TPM_PERMANENT_DATA {tag, tpmProof, EKReset, ownerAuth ...}, ..., flags,
// owner-evict keys, NV areas.
constexpr std::size_t kOwnerSecretAt = 44;
constexpr std::size_t kEndorsementKeyUsageAt = 125;  // 0: there is no key
// From the end, when there are no owner-evict keys and no NV areas: {version 0002, bit map}, {0001,
// 0000}, {0002, 00000000}.
constexpr std::array<std::uint8_t, 10> kEmptyTail = {0, 1, 0, 0, 0, 2, 0, 0, 0, 0};
constexpr std::size_t kFlagsFromEnd = kDigestSize + kEmptyTail.size() + 4;

// Volatile state: tag (2), parameters (34), TPM_STCLEAR_FLAGS, TPM_STANY_FLAGS, TPM_STCLEAR_DATA;
// all fixed up to the sessions.
constexpr std::size_t kDeactivatedAt = 38;
constexpr std::size_t kPostInitialiseAt = 45;
constexpr std::size_t kDeferredPresenceAt = 567;
constexpr std::size_t kAuthFailCountAt = 571;
constexpr std::size_t kSessionsAt = 579;
constexpr std::size_t kFailCountAndTime = 8;
constexpr std::uint32_t kMaxSessions = 16;
constexpr std::uint32_t kTestStateFailure = 3;

/// The flags in the order of the bit map, lowest bit first: the order of the
/// specification's structure.
std::uint32_t bit_map(const PermanentFlags& flags) {
  const Bytes bytes = protocol::tpm::to_bytes(flags);
  std::uint32_t map = 0;
  for (std::size_t i = 2; i < bytes.size(); ++i)
    map |= static_cast<std::uint32_t>(bytes[i]) << (i - 2);
  return map;
}

PermanentFlags flags_of(std::uint32_t map) {
  Bytes bytes(PermanentFlags::size);
  ByteWriter out(bytes);
  out.be16(0x001F);
  for (std::size_t i = 2; i < bytes.size(); ++i) out.u8(map >> (i - 2) & 1);
  return protocol::tpm::decode_permanent_flags(bytes).value_or(PermanentFlags{});
}

bool is_state(ByteView blob, std::uint16_t tag) {
  if (blob.size() < kSessionsAt + kDigestSize || ByteReader(blob).be16() != tag) return false;
  const ByteView content = blob.first(blob.size() - kDigestSize);
  return ByteReader(blob.last(kDigestSize)).array<kDigestSize>() == protocol::tpm::sha1({content});
}

void seal(Bytes& blob) {
  const ByteView content = ByteView(blob).first(blob.size() - kDigestSize);
  const protocol::tpm::Digest digest = protocol::tpm::sha1({content});
  std::copy(digest.begin(), digest.end(), blob.end() - kDigestSize);
}

std::uint32_t be32_at(ByteView blob, std::size_t at) {
  return ByteReader(blob.subspan(at)).be32();
}

/// Skips TPM_DELEGATE_PUBLIC, of which only the PCR selection varies in length.
void skip_delegation(ByteReader& in) {
  in.skip(2 + 1);
  const std::uint16_t selection = in.be16();
  in.skip(selection + 1u + kDigestSize + 14 + 4 + 4);
}

/// testState stands before {tag 0001, count, two flags for each NV area}, which end the blob.
std::optional<std::size_t> test_state_at(ByteView blob) {
  const std::size_t end = blob.size() - kDigestSize;
  for (std::size_t areas = 0; 2 * areas + 10 + kSessionsAt < end; ++areas) {
    const std::size_t at = end - 2 * areas - 6;
    if (ByteReader(blob.subspan(at)).be16() == 1 && be32_at(blob, at + 2) == areas) return at - 4;
  }
  return std::nullopt;
}

}  // namespace

bool is_permanent_state(ByteView permanent) {
  return is_state(permanent, kPermanentTag);
}
bool is_volatile_state(ByteView volatile_state) {
  return is_state(volatile_state, kVolatileTag);
}

Secret owner_secret(ByteView permanent) {
  MEBENCH_PROMISE(permanent.size() > kOwnerSecretAt + kDigestSize,
                  "a permanent state has an owner secret");
  return ByteReader(permanent.subspan(kOwnerSecretAt)).array<kDigestSize>();
}

void set_owner_secret(Bytes& permanent, const Secret& secret) {
  MEBENCH_PROMISE(permanent.size() > kOwnerSecretAt + kDigestSize,
                  "a permanent state has an owner secret");
  std::copy(secret.begin(), secret.end(), permanent.begin() + kOwnerSecretAt);
  seal(permanent);
}

bool has_endorsement_key(ByteView permanent) {
  return ByteReader(permanent.subspan(kEndorsementKeyUsageAt)).be16() != 0;
}

std::optional<PermanentFlags> permanent_flags(ByteView permanent) {
  if (!is_permanent_state(permanent)) return std::nullopt;
  const ByteView tail = permanent.last(kEmptyTail.size() + kDigestSize).first(kEmptyTail.size());
  if (!std::equal(tail.begin(), tail.end(), kEmptyTail.begin())) return std::nullopt;
  return flags_of(be32_at(permanent, permanent.size() - kFlagsFromEnd));
}

bool set_permanent_flags(Bytes& permanent, const PermanentFlags& flags) {
  if (!permanent_flags(permanent)) return false;
  const base::MutableByteView place(permanent);
  ByteWriter(place.subspan(permanent.size() - kFlagsFromEnd, 4)).be32(bit_map(flags));
  seal(permanent);
  return true;
}

bool started(ByteView volatile_state) {
  return volatile_state[kPostInitialiseAt] == 0;
}

bool unowned_field_upgrade(ByteView volatile_state) {
  return (be32_at(volatile_state, kDeferredPresenceAt) & 1) != 0;
}

std::optional<OpenSession> session(ByteView volatile_state, protocol::tpm::Handle handle) {
  ByteReader in(volatile_state.subspan(kSessionsAt));
  const std::uint32_t count = std::min(in.be32(), kMaxSessions);
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    const protocol::tpm::Handle found = in.be32();
    OpenSession open;
    open.protocol = static_cast<SessionProtocol>(in.be16());
    open.entity_type = in.u8();
    in.skip(1);
    open.nonce_even = in.array<kDigestSize>();
    open.shared_secret = in.array<kDigestSize>();
    in.skip(kDigestSize);
    skip_delegation(in);
    if (in.ok() && found == handle) return open;
  }
  return std::nullopt;
}

std::uint32_t failed_attempts(ByteView volatile_state) {
  return be32_at(volatile_state, kAuthFailCountAt);
}

void clear_failed_attempts(Bytes& volatile_state) {
  std::fill_n(volatile_state.begin() + kAuthFailCountAt, kFailCountAndTime, std::uint8_t{0});
  seal(volatile_state);
}

void deactivate(Bytes& volatile_state) {
  volatile_state[kDeactivatedAt] = 1;
  seal(volatile_state);
}

bool fail_self_test(Bytes& volatile_state) {
  const auto at = test_state_at(volatile_state);
  if (!at) return false;
  ByteWriter(base::MutableByteView(volatile_state).subspan(*at, 4)).be32(kTestStateFailure);
  seal(volatile_state);
  return true;
}

void forget_time_of_day(Bytes& volatile_state) {
  // TPM_STANY_DATA is {0024, TPM_CURRENT_TICKS {0014, ticks (8), rate (2), nonce (20)}, time of
  // day (8)}.
  constexpr std::array<std::uint8_t, 4> tags = {0x00, 0x24, 0x00, 0x14};
  constexpr std::size_t ticks_size = 8;
  constexpr std::size_t time_from_tags = 4 + ticks_size + 2 + kDigestSize;
  const auto found = std::search(volatile_state.begin() + kSessionsAt, volatile_state.end(),
                                 tags.begin(), tags.end());
  const auto at = static_cast<std::size_t>(found - volatile_state.begin());
  if (at + time_from_tags + 8 + kDigestSize > volatile_state.size()) return;
  std::fill_n(volatile_state.begin() + static_cast<std::ptrdiff_t>(at + 4), ticks_size,
              std::uint8_t{0});
  std::fill_n(volatile_state.begin() + static_cast<std::ptrdiff_t>(at + time_from_tags), 8,
              std::uint8_t{0});
  seal(volatile_state);
}

}  // namespace emulator::tpm::layout
