// SPDX-License-Identifier: BSD-3-Clause
// The throw-away key that libtpms makes at each initialisation to test itself (TPM 1.2 part 1,
// "Self-Test Capabilities"): looking for its primes would be nine tenths of what a simulated
// power-on costs.
#pragma once

namespace emulator::tpm {

/// While one lives, libcrypto gives a stored RSA key of 2048 bits where it is asked to make one,
/// and remembers what it computed with that key: the test is the same each time. Only for an
/// initialisation, whose key is used for nothing but the test. They do not nest. Not thread-safe,
/// as libtpms is not.
class SelfTestKeyScope {
 public:
  SelfTestKeyScope();
  ~SelfTestKeyScope();
  SelfTestKeyScope(const SelfTestKeyScope&) = delete;
  SelfTestKeyScope& operator=(const SelfTestKeyScope&) = delete;
};

}  // namespace emulator::tpm
