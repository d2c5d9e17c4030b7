// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/mei/secret_fields.h"

#include <algorithm>
#include <limits>

#include "base/secret.h"
#include "protocol/mei/clients.h"

namespace protocol::mei {
namespace {

constexpr std::size_t kToItsEnd = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kAnySize = 0;

/// One secret of one message. The word that says which message it is stands at `word_at`, 32
/// bits, little-endian.
struct SecretField {
  Guid client;
  std::size_t word_at;
  std::uint32_t word;
  std::size_t message_size;  ///< kAnySize, or of the one form that has the field there
  std::size_t from;
  std::size_t to;  ///< behind its last byte
};

// FWU: FwuHeciMsgs.h, as docs/protocols.md has it; the 90-byte START of later generations has four
// bytes more before the password. AMTHI: GetLocalSystemAccountCommand.h (a user's name of 33 bytes,
// then the password of 33) and SetProvisioningServerOTPCommand.h (a 16-bit length, then the text)
// of intel/lms.
constexpr SecretField kSecretFields[] = {
    {.client = kFwuGuid, .word_at = 0, .word = 2, .message_size = kAnySize, .from = 9, .to = 42},
    {.client = kFwuGuid, .word_at = 0, .word = 2, .message_size = 90, .from = 13, .to = 46},
    {.client = kFwuGuid,
     .word_at = 0,
     .word = 0x22,
     .message_size = kAnySize,
     .from = 4,
     .to = kToItsEnd},
    {.client = kAmthiGuid,
     .word_at = 4,
     .word = 0x0400002A,
     .message_size = kAnySize,
     .from = 12,
     .to = kToItsEnd},
    {.client = kAmthiGuid,
     .word_at = 4,
     .word = 0x04800067,
     .message_size = kAnySize,
     .from = 49,
     .to = kToItsEnd}};

bool stands_in(const SecretField& field, base::ByteView message, std::size_t size) {
  if (field.message_size != kAnySize && field.message_size != size) return false;
  base::ByteReader in(message);
  in.skip(field.word_at);
  const std::uint32_t word = in.u32();
  return in.ok() && word == field.word;
}

}  // namespace

void blank_secrets(std::optional<Guid> client, base::MutableByteView message, std::size_t size) {
  for (const SecretField& field : kSecretFields) {
    if (client && *client != field.client) continue;
    if (!stands_in(field, message, size)) continue;
    const std::size_t from = std::min(field.from, message.size());
    const std::size_t to = std::min(field.to, message.size());
    base::wipe(message.subspan(from, to - from));
  }
}

}  // namespace protocol::mei
