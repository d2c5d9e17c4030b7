// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/state_partition.h"

#include "protocol/tpm/crypto.h"

namespace emulator::tpm {
namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;

constexpr std::uint32_t kMagic = 0x6954504D;  // "iTPM"
constexpr std::uint32_t kLayout = 1;
constexpr std::size_t kFixed = 4 + 4 + 4 + 4 + 4 + 2 + 1;
constexpr std::size_t kMaxPart = 1u << 20;

Bytes copy_of(ByteView view) {
  return {view.begin(), view.end()};
}

}  // namespace

Bytes encode(const StateRecord& record) {
  const std::size_t size = kFixed + record.permanent.size() + record.saved.size();
  Bytes out(size + protocol::tpm::kDigestSize);
  ByteWriter writer(out);
  writer.be32(kMagic).be32(kLayout).be32(record.generation);
  writer.be32(static_cast<std::uint32_t>(record.permanent.size())).bytes(record.permanent);
  writer.be32(static_cast<std::uint32_t>(record.saved.size())).bytes(record.saved);
  writer.be16(record.failed_attempts).u8(record.lockout ? 1 : 0);
  writer.bytes(protocol::tpm::sha1({ByteView(out).first(size)}));
  return out;
}

std::optional<StateRecord> decode_state_record(ByteView bytes) {
  ByteReader in(bytes);
  if (in.be32() != kMagic || in.be32() != kLayout) return std::nullopt;
  StateRecord record;
  record.generation = in.be32();
  for (Bytes* part : {&record.permanent, &record.saved}) {
    const std::uint32_t size = in.be32();
    if (size > kMaxPart) return std::nullopt;
    *part = copy_of(in.bytes(size));
  }
  record.failed_attempts = in.be16();
  record.lockout = in.u8() != 0;
  const std::size_t sealed = in.position();
  const auto digest = in.array<protocol::tpm::kDigestSize>();
  if (!in.ok() || digest != protocol::tpm::sha1({bytes.first(sealed)})) return std::nullopt;
  return record;
}

ByteView record_in(ByteView bytes) {
  const auto record = decode_state_record(bytes);
  if (!record) return {};
  return bytes.first(kFixed + record->permanent.size() + record->saved.size() +
                     protocol::tpm::kDigestSize);
}

std::optional<std::size_t> newest_copy(std::span<const ByteView> copies) {
  std::optional<std::size_t> newest;
  std::uint32_t highest = 0;
  for (std::size_t i = 0; i < copies.size(); ++i) {
    const auto record = decode_state_record(copies[i]);
    if (!record || (newest && record->generation <= highest)) continue;
    newest = i;
    highest = record->generation;
  }
  return newest;
}

base::Result<void> StatePartition::load() {
  record_ = {};
  const auto bytes = storage_.load();
  if (!bytes) return bytes.error();
  auto record = decode_state_record(*bytes);
  if (!record) return base::Error{base::Errc::invalid, "reading the TPM's partition"};
  record_ = std::move(*record);
  return {};
}

base::Result<void> StatePartition::store(const StateRecord& record) {
  const std::uint32_t generation = record_.generation + 1;
  record_ = record;
  record_.generation = generation;
  return storage_.store(encode(record_));
}

void StatePartition::serialize(sim::Archive& a) {
  a.section("tpm.partition");
  a.value(record_.generation);
  a.value(record_.permanent);
  a.value(record_.saved);
  a.value(record_.failed_attempts);
  a.value(record_.lockout);
}

}  // namespace emulator::tpm
