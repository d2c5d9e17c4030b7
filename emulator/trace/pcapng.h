// SPDX-License-Identifier: BSD-3-Clause
// A trace as a capture file that Wireshark reads: pcapng (draft-ietf-opsawg-pcapng), link type 252,
// "Wireshark upper PDU" (wireshark/epan/exported_pdu_tlvs.h), which names the dissector of each
// packet. Ours are in scenarios/wireshark/mebench.lua.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "emulator/trace/trace_line.h"

namespace emulator::trace {

/// Names of the dissectors, as Wireshark's filters have them.
inline constexpr std::string_view kHeciDissector = "mebench_heci";
inline constexpr std::string_view kTpmDissector = "mebench_tpm12";
inline constexpr std::string_view kEventDissector = "mebench_event";

/// One interface a story, one packet a line. What our dissectors get, numbers big-endian:
///
///   all            u8 1 (version), u8 direction (0 to the ME or the TPM, 1 to the host),
///                  u16 length of the words, then the words
///   mebench_heci   u8 ME address, u8 host address, then the message's first 64 bytes; the packet's
///                  original length counts all of them
///   mebench_tpm12  u32 ordinal, u32 size of the command or return code of the answer; no trace
///                  holds their bytes
///   mebench_event  u32 a, u32 b (TraceLine)
base::Bytes to_pcapng(const std::vector<TracedStory>& stories);

}  // namespace emulator::trace
