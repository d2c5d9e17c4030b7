// SPDX-License-Identifier: BSD-3-Clause
// Options that several subcommands have.
#pragma once

#include <string>

#include "updater/cli/choice.h"
#include "updater/cli/command.h"
#include "updater/cli/owner_options.h"

namespace updater::cli {

void add_format(CLI::App& command, Format& format, const Choices<Format>& formats,
                const std::string& help);
/// --format text|json.
void add_text_or_json(CLI::App& command, Format& format);
/// --device, --state, --set.
void add_device(CLI::App& command, DeviceChoice& choice);
/// --tpm.
void add_tpm_device(CLI::App& command, DeviceChoice& choice);
/// --log.
void add_log(CLI::App& command, std::string& path);
/// --owner-...: at most one of them, and how a passphrase is hashed.
void add_owner(CLI::App& command, OwnerOptions& owner);

}  // namespace updater::cli
