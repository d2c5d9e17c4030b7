// SPDX-License-Identifier: BSD-3-Clause
// TPM storage without a flash part: for a TPM that is served or tested alone.
#pragma once

#include <optional>

#include "emulator/tpm/tpm_engine.h"

namespace emulator::tpm {

class MemoryStorage final : public TpmStorage {
 public:
  MemoryStorage() = default;
  explicit MemoryStorage(base::Bytes contents) : contents_(std::move(contents)) {}

  base::Result<base::Bytes> load() override {
    if (broken_) return base::Error{base::Errc::io, "reading the TPM's storage"};
    if (!contents_) return base::Error{base::Errc::not_found, "reading the TPM's storage"};
    return *contents_;
  }

  base::Result<void> store(base::ByteView state) override {
    if (broken_) return base::Error{base::Errc::io, "writing the TPM's storage"};
    contents_.emplace(state.begin(), state.end());
    ++writes_;
    return {};
  }

  void break_it() { broken_ = true; }
  void repair() { broken_ = false; }
  void erase() { contents_.reset(); }
  std::uint64_t writes() const { return writes_; }

 private:
  std::optional<base::Bytes> contents_;
  bool broken_ = false;
  std::uint64_t writes_ = 0;
};

}  // namespace emulator::tpm
