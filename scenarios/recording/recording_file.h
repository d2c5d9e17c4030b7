// SPDX-License-Identifier: BSD-3-Clause
// A recording as a file, whoever wrote it.
#pragma once

#include <string>

#include "base/result.h"
#include "scenarios/recording/recording.h"

namespace scenarios::recording {

/// Of fwupd (.json, or a .zip with a document for each phase of an update), an archive of `meupdate
/// collect`, or a log of `meupdate --log`: told apart by its first bytes. Errors: those of reading
/// the file, of read_fwupd(), read_log() and measured::Archive; each names the file.
base::Result<Recording> read_recording(const std::string& path);

/// For fwupd: a .zip with setup.json where `path` ends in ".zip", else the document itself. Errors:
/// invalid (as write_fwupd), io.
base::Result<void> write_recording(const Recording& recording, const std::string& path);

}  // namespace scenarios::recording
