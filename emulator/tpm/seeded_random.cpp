// SPDX-License-Identifier: BSD-3-Clause
// libcrypto's replaceable generator is deprecated in favour of providers, which cannot be chosen
// from outside libtpms.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "emulator/tpm/seeded_random.h"

#include <openssl/rand.h>

#include "base/promise.h"

namespace emulator::tpm {
namespace {

sim::Random* source = nullptr;  ///< the C interface has no place for a pointer of ours
/// The process's own, which may be anybody's where the board is a part of another program.
const RAND_METHOD* before = nullptr;

int draw(unsigned char* out, int count) {
  for (int i = 0; i < count; i += 8) {
    const std::uint64_t number = source->next();
    for (int k = 0; k < 8 && i + k < count; ++k)
      out[i + k] = static_cast<unsigned char>(number >> 8 * k);
  }
  return 1;
}

int ignore_seed(const void*, int) {
  return 1;
}
int ignore_entropy(const void*, int, double) {
  return 1;
}
int always_ready() {
  return 1;
}

constexpr RAND_METHOD kSeeded = {.seed = ignore_seed,
                                 .bytes = draw,
                                 .cleanup = nullptr,
                                 .add = ignore_entropy,
                                 .pseudorand = draw,
                                 .status = always_ready};

}  // namespace

SeededRandomScope::SeededRandomScope(sim::Random& random) {
  MEBENCH_PROMISE(source == nullptr, "one source of random bytes at a time");
  source = &random;
  before = RAND_get_rand_method();
  RAND_set_rand_method(&kSeeded);
}

SeededRandomScope::~SeededRandomScope() {
  RAND_set_rand_method(before);
  source = nullptr;
}

}  // namespace emulator::tpm
