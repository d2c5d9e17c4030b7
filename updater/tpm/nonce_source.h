// SPDX-License-Identifier: BSD-3-Clause
// Where the host's "odd" nonces come from: the kernel, or a test.
#pragma once

#include <functional>

#include "base/result.h"
#include "protocol/tpm/types.h"

namespace updater::tpm {

using NonceSource = std::function<base::Result<protocol::tpm::Nonce>()>;

/// getrandom(2). Errors: io.
base::Result<protocol::tpm::Nonce> kernel_nonce();

}  // namespace updater::tpm
