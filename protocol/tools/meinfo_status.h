// SPDX-License-Identifier: BSD-3-Clause
// How the engine runs, as MEInfo with -fwsts prints it from ME 6 on, and MEManuf before its tests:
// the firmware status words, then what they say. Words: logs of MEInfo 7.1 (winraid 32513), 9.1
// (winraid 36175 and 33539), 11.8 (me_cleaner issue 3) and 12.0 (winraid 35961); which bits they
// stand for follows from the words of the same logs (protocol/heci/firmware_status.h).
#pragma once

#include "protocol/heci/firmware_status.h"
#include "protocol/tools/meinfo_words.h"

namespace protocol::tools {

inline constexpr Word kWorkingStateRows[] = {
    word(heci::WorkingState::recovery, "Recovery"), word(heci::WorkingState::disabled, "Disabled"),
    word(heci::WorkingState::normal, "Normal"),
    word(heci::WorkingState::disable_wait, "Disabled and waiting to timeout")};
/// "Unknown (14)" and "Unknown (8)" are in the logs.
inline constexpr std::string_view kUnknownNumber = "Unknown ({number})";
inline constexpr Words kWorkingStateWords{kWorkingStateRows, kUnknownNumber};

inline constexpr Word kValidRows[] = {word(0, "Valid"), word(1, "Invalid")};
inline constexpr Words kValidWords{kValidRows};
inline constexpr Word kCompleteRows[] = {word(0, "Initializing"), word(1, "Complete")};
inline constexpr Words kCompleteWords{kCompleteRows};
inline constexpr Word kLoadRows[] = {word(0, "Success"), word(1, "Failure")};
inline constexpr Words kLoadWords{kLoadRows};

inline constexpr Word kOperationalRows[] = {word(0, "Transitioning"), word(1, "M0 with UMA"),
                                            word(6, "Bring Up")};
inline constexpr Words kOperationalWords{kOperationalRows, kUnknownNumber};
inline constexpr Word kOperationalCsmeRows[] = {word(0, "Transitioning"), word(1, "CM0 with UMA"),
                                                word(6, "Bring Up")};
inline constexpr Words kOperationalCsmeWords{kOperationalCsmeRows, kUnknownNumber};

inline constexpr Word kStateErrorRows[] = {word(heci::StatusError::none, "No Error"),
                                           word(heci::StatusError::disabled, "Disabled"),
                                           word(heci::StatusError::image_failure, "Image Failure"),
                                           word(heci::StatusError::debug, "Debug Error")};
inline constexpr Words kStateErrorWords{kStateErrorRows, kUnknownNumber};

inline constexpr Word kOperationModeRows[] = {
    word(heci::OperationMode::normal, "Normal"),
    word(heci::OperationMode::alternate_disable, "Alt Disable Mode"),
    word(heci::OperationMode::jumper, "Unsecured mode by H/W jumper")};
inline constexpr Words kOperationModeWords{kOperationModeRows, kUnknownNumber};

/// HFS2[31:28]. "FWUpdate" is 7 in a log of 9.1, "HOSTCOMM Module" 6 in one of 12.0.
inline constexpr Word kPhaseRows[] = {word(0, "ROM/Preboot"), word(1, "BringUp"),
                                      word(6, "HOSTCOMM Module"), word(7, "FWUpdate")};
inline constexpr Words kPhaseWords{kPhaseRows, kUnknownNumber};
/// "BringUp" is 3 in a log of 11.8.
inline constexpr Word kPhaseCsmeRows[] = {word(0, "ROM/Preboot"), word(3, "BringUp"),
                                          word(6, "HOSTCOMM Module"), word(7, "FWUpdate")};
inline constexpr Words kPhaseCsmeWords{kPhaseCsmeRows, kUnknownNumber};

/// HFS2[2:1]: 0 in logs of 7.1 and 9.1, 1 in another of 9.1, 3 in one of 11.8.
inline constexpr Word kClockRows[] = {
    word(0, "No valid OEM data, ICC not programmed"),
    word(1, "No valid OEM data, ICC programmed with default values"),
    word(3, "Valid OEM data, ICC programmed")};
inline constexpr Words kClockWords{kClockRows, kUnknownNumber};

inline constexpr Word kCorruptedRows[] = {word(0, "No"), word(1, "Yes")};
inline constexpr Words kCorruptedWords{kCorruptedRows};

/// "FW Status Register1: 0x1E000245": a blank behind the colon, in every dialect.
constexpr Line register_line(Fact fact, std::string_view label) {
  return {.fact = fact, .label = label, .untold = {}, .known_bare = true};
}
inline constexpr Line kRegister1 = register_line(Fact::status_word_1, "FW Status Register1");
inline constexpr Line kRegister2 = register_line(Fact::status_word_2, "FW Status Register2");
inline constexpr Line kRegister3 = register_line(Fact::status_word_3, "FW Status Register3");
inline constexpr Line kRegister4 = register_line(Fact::status_word_4, "FW Status Register4");
inline constexpr Line kRegister5 = register_line(Fact::status_word_5, "FW Status Register5");
inline constexpr Line kRegister6 = register_line(Fact::status_word_6, "FW Status Register6");

constexpr Line state_line(Fact fact, std::string_view label, Words words) {
  return {.fact = fact, .label = label, .form = Form::column, .words = words, .untold = {}};
}
inline constexpr Line kCurrentState =
    state_line(Fact::working_state, "CurrentState", kWorkingStateWords);
inline constexpr Line kManufacturingMode =
    state_line(Fact::manufacturing_mode, "ManufacturingMode", kEnabledWords);
inline constexpr Line kFlashPartition =
    state_line(Fact::flash_partition, "FlashPartition", kValidWords);
inline constexpr Line kOperationalState =
    state_line(Fact::operational_state, "OperationalState", kOperationalWords);
inline constexpr Line kOperationalStateCsme =
    state_line(Fact::operational_state, "OperationalState", kOperationalCsmeWords);
inline constexpr Line kInitComplete =
    state_line(Fact::init_complete, "InitComplete", kCompleteWords);
inline constexpr Line kLoadState = state_line(Fact::loader_state, "BUPLoadState", kLoadWords);
inline constexpr Line kErrorCode = state_line(Fact::state_error, "ErrorCode", kStateErrorWords);
inline constexpr Line kModeOfOperation =
    state_line(Fact::operation_mode, "ModeOfOperation", kOperationModeWords);
inline constexpr Line kPhase = state_line(Fact::progress_phase, "Phase", kPhaseWords);
inline constexpr Line kPhaseCsme = state_line(Fact::progress_phase, "Phase", kPhaseCsmeWords);
inline constexpr Line kClock = state_line(Fact::clock_control, "ICC", kClockWords);
inline constexpr Line kFileSystem =
    state_line(Fact::file_system, "ME File System Corrupted", kCorruptedWords);

inline constexpr Line kStatusMe9[] = {
    kRegister1,    kRegister2,    kRegister3,         kRegister4,       kRegister5,
    kRegister6,    kCurrentState, kManufacturingMode, kFlashPartition,  kOperationalState,
    kInitComplete, kLoadState,    kErrorCode,         kModeOfOperation, kPhase,
    kClock,        kFileSystem,
};
inline constexpr Line kStatusMe11[] = {
    kRegister1,    kRegister2,    kRegister3,         kRegister4,       kRegister5,
    kRegister6,    kCurrentState, kManufacturingMode, kFlashPartition,  kOperationalStateCsme,
    kInitComplete, kLoadState,    kErrorCode,         kModeOfOperation, kPhaseCsme,
    kClock,        kFileSystem,
};
/// As a log of 11.8 has them.
inline constexpr Layout kStatusLayout{.column = 46, .indent = 2};

}  // namespace protocol::tools
