// SPDX-License-Identifier: BSD-3-Clause
// What was found in a report: the runs of the era's tools, each with its lines and what they tell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/firmware_version.h"
#include "protocol/generation.h"
#include "protocol/update/tool_errors.h"
#include "scenarios/field/reading/fact.h"
#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {

enum class Tool : std::uint8_t {
  unknown,
  meinfo,
  fwupdlcl,
  memanuf,
  // read, never replayed
  fpt,
  intelmetool,
  fwupdmgr,
  meupdate,
  lspci,
  tpm_tools,
  mei_files,  ///< of Linux' mei driver, below /sys
  kernel,
  screen  ///< of set-up or of the MEBx, typed by hand
};
const char* name(Tool tool);

/// A fact as one line tells it.
struct Observation {
  Fact fact = Fact::error;
  std::string value;  ///< as it stands there, without label
  LogLine line;
};

/// Whether it tells this number of the tool family; `success`: that all went well.
bool is_error(const Observation& seen, protocol::update::ToolError error);

/// "Communication Mode: TPM"
bool names_tpm(const Observation& mode);

/// How a run ended, in a line that was not understood.
struct UnreadOutcome {
  enum class Speaks : std::uint8_t { unclear, failure, success };
  LogLine line;
  Speaks speaks_of = Speaks::unclear;
  std::optional<std::uint32_t> number;  ///< of the tool family, as it seems: a guess
  std::string resembles;  ///< how a line of the tool begins that it comes near; empty: none
};
const char* name(UnreadOutcome::Speaks speaks);

/// In a machine's place where a heading says that it is the one of the other column ("Before:").
inline constexpr std::string_view kSameMachine = "the same machine";

/// One run of one tool.
struct ToolRun {
  Tool tool = Tool::unknown;
  std::optional<protocol::FirmwareVersion> tool_version;
  std::vector<std::string> command;  ///< words of the command line; empty: not in the log
  std::vector<LogLine> lines;        ///< all of them, in order
  std::vector<Observation> observations;
  bool from_its_beginning = false;  ///< the command line, banner or first words are there
  /// The machine that a heading in front of it names ("second laptop"); empty: none does.
  std::string machine;
  /// Headings and names of writers in front of it: what stands under one heading belongs together.
  std::size_t section = 0;
  /// A line behind the last known one that may be how it ended (reading_outcome.h).
  std::optional<UnreadOutcome> unread;

  const Observation* find(Fact fact) const;
  /// Of the tool, from its version or its dialect; 0: not to be told.
  std::uint16_t generation = 0;
  std::uint16_t dialect = 0;  ///< the generation whose wording the lines have
  bool terse = false;         ///< FWUpdLcl's: names neither the driver nor flash and image

  bool has_content() const;
  std::vector<const LogLine*> of_kind(LineKind kind) const;
  /// Lines that were read as what they come near to: a guess.
  std::vector<const LogLine*> guessed() const;
  /// The name of the file in which it stands; empty: it has no line.
  std::string file() const;
  /// "fwupdlcl-win81.txt:1-23"
  std::string place() const;
  /// "FWUpdLcl 5.2.50.1042 -tpm"
  std::string title() const;
  /// Whether the tool said how it ended: an error, or success. MEInfo does only when it fails.
  bool has_outcome() const;
  /// Whether it is an update of which nobody knows how it ended, though its log says so.
  bool is_unread_update() const { return tool == Tool::fwupdlcl && unread.has_value(); }
};

/// The generations of which boards are built.
inline constexpr std::uint16_t kFirstGeneration =
    protocol::first_modelled(protocol::Modelled::bench).major;
inline constexpr std::uint16_t kLastGeneration =
    protocol::last_modelled(protocol::Modelled::bench).major;
/// What a dialect counts as when it only tells that it is of a later one.
inline constexpr std::uint16_t kFirstUnknownGeneration = kLastGeneration + 1;
bool is_covered(const ToolRun& run);
/// Of generation 6 or later, and no version tells which.
bool is_of_some_later_generation(const ToolRun& run);
/// Behind a title: " of generation 9", " of generation 6 or later", ", which shows no version of
/// the firmware".
std::string generation_words(const ToolRun& run);
/// What a run that is not covered says of itself: "firmware 9.1.45.3000, BIOS A18; Error
/// 8746: ...".
std::string outline(const ToolRun& run);

/// A file that could not be used, and why, in words.
struct UnusableFile {
  std::string file;
  std::string why;
};

/// What the owner says he has tried without success.
enum class Tried : std::uint8_t {
  tpm_clear,
  tpm_disable,
  tpm_enable,
  tpm_activate,
  tpm_allow_unowned,
  unprovision,
  provision,
  secret_change,
  secret_given,
  open_local_update,
  wait,
  power_cycle
};
const char* name(Tried tried);
struct TriedLine {
  Tried what = Tried::tpm_clear;
  LogLine line;
};

struct FieldReport {
  std::vector<ToolRun> runs;
  std::vector<LogLine> prose;  ///< lines outside of every run
  std::vector<TriedLine> tried;
  std::vector<UnusableFile> unusable;
  std::size_t files = 0;
};

}  // namespace scenarios::field
