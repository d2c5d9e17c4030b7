// SPDX-License-Identifier: BSD-3-Clause
// A pipe, closed in every program that a child becomes.
#pragma once

#include <optional>

#include "os/descriptor.h"

namespace os {

struct Pipe {
  Descriptor read;
  Descriptor write;
};

/// Nothing: errno says why.
std::optional<Pipe> make_pipe();

}  // namespace os
