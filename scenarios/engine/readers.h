// SPDX-License-Identifier: BSD-3-Clause
// The loader's parts: one function for each kind of table in a scenario file. What is wrong is left
// with the table's reader, which reports it with its place.
#pragma once

#include "config/strict_toml.h"
#include "scenarios/engine/scenario.h"

namespace scenarios::engine {

using config::path_beside;
using config::StrictTable;

ImageSpec read_image(StrictTable& table);
Step read_step(StrictTable& table);
Expectation read_expectation(StrictTable& table);
/// The table "fault" of `owner`.
ArmFault read_fault(StrictTable& owner);
Meupdate read_meupdate(StrictTable& table);
OwnUpdater read_updater(StrictTable& table);
Fwu read_fwu(std::vector<StrictTable> messages);
Bus read_bus(std::vector<StrictTable> actions);
BiosSetUp read_bios(StrictTable& table);
PutTpm read_tpm_state(StrictTable& table);
TpmActions read_tpm(std::vector<StrictTable> actions);

/// Every key of `table` as a fact of the device with the value it must have.
std::vector<FactExpectation> read_device_facts(StrictTable& table);

/// The name of an image or a file of the story: it lies in the story's own folder, and
/// nowhere else.
void read_file_name(StrictTable& table, std::string_view key, std::string& out);

/// A key that can only be true: it is the whole action.
void read_true(StrictTable& table, std::string_view key);

/// The one key of `table` among `choices`; reports none or several. Makes all of them known.
std::string_view read_one_of(StrictTable& table, std::span<const std::string_view> choices,
                             std::string_view what);

}  // namespace scenarios::engine
