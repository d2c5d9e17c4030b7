// SPDX-License-Identifier: BSD-3-Clause
// Only libcrypto's older SHA-1 interface lets its state be taken out and put back.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "emulator/tpm/upgrade_digest.h"

#include <openssl/sha.h>

#include <algorithm>
#include <cstring>

namespace emulator::tpm {
namespace {

SHA_CTX context_of(const std::array<std::uint32_t, 5>& chain, std::uint64_t bytes,
                   const std::array<std::uint8_t, 64>& open_block) {
  SHA_CTX c{};
  c.h0 = chain[0];
  c.h1 = chain[1];
  c.h2 = chain[2];
  c.h3 = chain[3];
  c.h4 = chain[4];
  c.Nl = static_cast<std::uint32_t>(bytes << 3);
  c.Nh = static_cast<std::uint32_t>(bytes >> 29);
  c.num = static_cast<unsigned int>(bytes % 64);
  std::memcpy(c.data, open_block.data(), c.num);
  return c;
}

}  // namespace

UpgradeDigest::UpgradeDigest() {
  SHA_CTX c{};
  SHA1_Init(&c);
  chain_ = {c.h0, c.h1, c.h2, c.h3, c.h4};
}

void UpgradeDigest::add(base::ByteView block) {
  SHA_CTX c = context_of(chain_, bytes_, open_block_);
  SHA1_Update(&c, block.data(), block.size());
  chain_ = {c.h0, c.h1, c.h2, c.h3, c.h4};
  bytes_ += block.size();
  open_block_.fill(0);
  std::memcpy(open_block_.data(), c.data, c.num);
}

protocol::tpm::Digest UpgradeDigest::value() const {
  SHA_CTX c = context_of(chain_, bytes_, open_block_);
  protocol::tpm::Digest out{};
  SHA1_Final(out.data(), &c);
  return out;
}

void UpgradeDigest::serialize(sim::Archive& a) {
  for (std::uint32_t& word : chain_) a.value(word);
  a.value(bytes_);
  a.value(base::MutableByteView(open_block_));
}

}  // namespace emulator::tpm
