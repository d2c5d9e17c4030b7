// SPDX-License-Identifier: BSD-3-Clause
// What the fuzzers feed: each target takes any bytes, and must come back without a crash, an
// endless wait or a broken promise. Bytes are a stream of small commands, each with what it needs
// behind it, so that damage comes late and in between, too.
#pragma once

#include "base/bytes.h"

namespace fuzz {

/// The bytes are an image file.
void image(base::ByteView bytes);

/// The bytes are the damage that a hostile ME does to what the updater's HECI driver reads from
/// its registers.
void heci_host(base::ByteView bytes);

/// The bytes are what a hostile host writes to the registers of the emulated device, and when.
void heci_device(base::ByteView bytes);

/// The bytes are what a hostile host does to a whole board: registers of all its chips, messages to
/// its ME and to all its clients, TPM commands, power, time.
void board(base::ByteView bytes);

/// The bytes are TPM commands, TPM_FieldUpgrade above all, and the times between them.
void tpm(base::ByteView bytes);

/// The bytes are a monitor's requests (vfio-user).
void vfio_user(base::ByteView bytes);

/// The bytes are what comes over swtpm's control channel and over its data channel.
void swtpm(base::ByteView bytes);

/// The bytes are the damage that a hostile ME does to what a whole update over HECI reads.
void update_heci(base::ByteView bytes);

/// The bytes are the damage that a hostile ME and a hostile TPM do to what a whole update through
/// the TPM reads.
void update_tpm(base::ByteView bytes);

/// The bytes are a field report.
void field_log(base::ByteView bytes);

/// The bytes are a machine profile.
void profile(base::ByteView bytes);

/// The bytes are a story.
void story(base::ByteView bytes);

/// The bytes are changes to a sound snapshot.
void snapshot(base::ByteView bytes);

/// The bytes are a state folder's two files.
void state_folder(base::ByteView bytes);

/// The bytes are changes to what is in the flash of a board that boots.
void flash_contents(base::ByteView bytes);

struct Target {
  const char* name;
  void (*run)(base::ByteView);
};
inline constexpr Target kTargets[] = {
    {"image", image},
    {"heci_host", heci_host},
    {"heci_device", heci_device},
    {"board", board},
    {"tpm", tpm},
    {"vfio_user", vfio_user},
    {"swtpm", swtpm},
    {"update_heci", update_heci},
    {"update_tpm", update_tpm},
    {"field_log", field_log},
    {"profile", profile},
    {"story", story},
    {"snapshot", snapshot},
    {"state_folder", state_folder},
    {"flash_contents", flash_contents},
};

/// Ends the program: a fuzzer, and a death of a test, are told by it.
void promise(bool kept, const char* what);

}  // namespace fuzz
