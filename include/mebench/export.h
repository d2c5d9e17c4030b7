// SPDX-License-Identifier: BSD-3-Clause
// What a shared library of mebench shows; everything else in it is hidden.
#pragma once

#if defined(__GNUC__)
#define MEBENCH_API __attribute__((visibility("default")))
#else
#define MEBENCH_API
#endif
