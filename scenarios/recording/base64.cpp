// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/recording/base64.h"

#include <openssl/evp.h>

#include <algorithm>

namespace scenarios::recording {
namespace {

const unsigned char* letters(const char* text) {
  return reinterpret_cast<const unsigned char*>(text);
}

}  // namespace

std::string to_base64(base::ByteView bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // and the end that OpenSSL writes
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                     static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::optional<base::Bytes> from_base64(std::string_view text) {
  const std::size_t end = std::min(text.find('='), text.size());
  const std::string_view padding = text.substr(end);
  if (text.size() % 4 != 0 || (padding != "" && padding != "=" && padding != "=="))
    return std::nullopt;
  base::Bytes bytes(text.size() / 4 * 3);
  const int length =
      EVP_DecodeBlock(bytes.data(), letters(text.data()), static_cast<int>(text.size()));
  // Less than all: OpenSSL passes over blanks around it.
  if (length != static_cast<int>(bytes.size())) return std::nullopt;
  bytes.resize(bytes.size() - padding.size());
  return bytes;
}

}  // namespace scenarios::recording
