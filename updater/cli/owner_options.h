// SPDX-License-Identifier: BSD-3-Clause
// Where the TPM owner's secret comes from: files, the well-known one, or the terminal without echo.
// Never the command line, which every process list shows.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "updater/cli/meupdate.h"
#include "updater/tpm/owner_secret.h"

namespace updater::cli {

/// How a passphrase becomes twenty bytes: SHA-1 of it as typed (tpm-tools), or in
/// UTF-16LE (Windows).
enum class OwnerEncoding : std::uint8_t { ascii, utf16le };

/// At most one of the first three is given.
struct OwnerOptions {
  std::string secret_file;      ///< the twenty bytes themselves
  std::string passphrase_file;  ///< a passphrase on the first line
  bool well_known = false;      ///< twenty zero bytes
  OwnerEncoding encoding = OwnerEncoding::ascii;

  bool given() const { return well_known || !secret_file.empty() || !passphrase_file.empty(); }
};

using MaybeSecret = std::optional<tpm::OwnerSecret>;

/// Nothing when no option names one. Errors: those of the files, each naming its file.
base::Result<MaybeSecret> read_owner_secret(const OwnerOptions& options,
                                            const os::NoCoreDumps& held);
/// Nothing when there is nobody to ask, or nothing was typed. Errors: invalid (not UTF-8 where that
/// is needed), interrupted.
base::Result<MaybeSecret> ask_owner_secret(const OwnerOptions& options, Console& console,
                                           const os::NoCoreDumps& held);

}  // namespace updater::cli
