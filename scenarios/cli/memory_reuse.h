// SPDX-License-Identifier: BSD-3-Clause
// How this process gets memory for the flash of one simulated machine after another.
#pragma once

namespace scenarios::cli {

/// Keeps what is freed for the next who asks, and takes memory in pages as large as the kernel
/// gives: a board's flash is several MiB, of which otherwise each small page is made anew for each
/// board. bench/README.md has what it brings. Without glibc, or where the kernel refuses, nothing
/// changes. Processes that are forked from this one do the same.
void reuse_freed_memory();

}  // namespace scenarios::cli
