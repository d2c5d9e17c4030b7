// SPDX-License-Identifier: BSD-3-Clause
// What an archive of a real board settles: values of a profile, and rows of docs/fidelity.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/firmware_version.h"
#include "scenarios/measured/archive.h"

namespace scenarios::measured {

struct MeasuredValue {
  std::string key;     ///< "pci.device_id"
  std::string value;   ///< as TOML writes it
  std::string source;  ///< where in the archive: "pci/0000:00:16.0/config, 02h"
};

/// A row of the ledger that this board answers, whatever a profile can say of it.
struct MeasuredRow {
  std::string_view id;  ///< "heci-depth"
  std::string says;
  std::string source;
};

struct MeasuredBoard {
  std::string description;                           ///< maker, product, BIOS; empty: not told
  std::optional<std::uint16_t> device_id;            ///< of the HECI function
  bool simulated = false;                            ///< it answers no row
  std::optional<protocol::FirmwareVersion> version;  ///< of the code that runs
  std::vector<MeasuredValue> values;
  std::vector<MeasuredRow> rows;
};

MeasuredBoard measure(const Archive& archive);

/// Of the firmware status words the first, or those that engines from ME 6 on have.
void add_status_words(MeasuredBoard& board, std::span<const std::uint32_t> words,
                      const std::string& source);

// Its parts, each adding to `board`.
void measure_function(const Archive& archive, MeasuredBoard& board);  ///< configuration space
void measure_link(const Archive& archive, MeasuredBoard& board);      ///< registers, clients
void measure_answers(const Archive& archive, MeasuredBoard& board);   ///< of the engine and the TPM

}  // namespace scenarios::measured
