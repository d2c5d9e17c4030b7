// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/later/later_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "protocol/tools/bios_recovery.h"
#include "protocol/tools/newer_error.h"
#include "protocol/tools/number_in_text.h"
#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/update_stage.h"

namespace scenarios::field {
namespace {

std::vector<std::uint32_t> errors_of(const ToolRun& run) {
  std::vector<std::uint32_t> errors;
  for (const Observation& seen : run.observations) {
    const auto number =
        seen.fact == Fact::error ? protocol::tools::whole_number(seen.value) : std::nullopt;
    if (number && *number != 0) errors.push_back(*number);
  }
  return errors;
}

/// "21%, stage 4 of 19"
struct SeenStage {
  std::uint32_t stage = 0;
  std::uint32_t stages = 0;
};
SeenStage stage_of(const ToolRun& run) {
  constexpr std::string_view kWord = "stage ";
  constexpr std::string_view kOf = " of ";
  const std::string text = last_stage(run);
  const std::size_t at = text.find(kWord);
  const std::size_t of = at == text.npos ? at : text.find(kOf, at);
  if (of == text.npos) return {};
  const auto stage =
      protocol::tools::whole_number(text.substr(at + kWord.size(), of - at - kWord.size()));
  const auto stages = protocol::tools::whole_number(text.substr(of + kOf.size()));
  return stage && stages ? SeenStage{*stage, *stages} : SeenStage{};
}

/// As the log or the file's name tells it; all zero: neither does.
protocol::FirmwareVersion image_of(const ToolRun& run) {
  if (const Observation* seen = run.find(Fact::image_version)) {
    if (const auto version = protocol::tools::version_in(seen->value)) return *version;
  }
  const std::string* word = image_word(run.command);
  const auto version = word == nullptr ? std::nullopt : protocol::tools::version_in(*word);
  return version.value_or(protocol::FirmwareVersion{});
}

bool tells_status(const ToolRun& run) {
  return run.find(Fact::status_word_1) != nullptr;
}
/// Whether it tells of the board as MEInfo does without -fwsts.
bool tells_report(const ToolRun& run) {
  constexpr Fact kOfReport[] = {Fact::later_version, Fact::bios_version, Fact::capabilities,
                                Fact::local_update,  Fact::boot_state,   Fact::reset_reason};
  return std::any_of(std::begin(kOfReport), std::end(kOfReport),
                     [&](Fact fact) { return run.find(fact) != nullptr; });
}

/// What MEInfo of the run's tool prints, as far as the run shows parts of it.
EraInfo info_of(const ToolRun& run, std::uint16_t board) {
  namespace tools = protocol::tools;
  EraInfo info{.generation = run.tool_version ? run.tool_version->major : board};
  const tools::MeinfoDialect dialect = protocol::nearest_generation(info.generation).meinfo.value;
  const bool one_table = dialect >= tools::MeinfoDialect::csme12;
  if (tells_status(run) && !one_table)
    info.status =
        dialect >= tools::MeinfoDialect::me11 ? &tools::kMeinfoStatus[1] : &tools::kMeinfoStatus[0];
  if (tells_report(run) || one_table || info.status == nullptr)
    info.report = &tools::meinfo(dialect);
  return info;
}

/// A BIOS's attempts to bring the engine back.
bool is_of_bios(const ToolRun& run) {
  const auto lines = run.of_kind(LineKind::content);
  return run.tool == Tool::screen &&
         std::any_of(lines.begin(), lines.end(), [](const LogLine* line) {
           return begins_printed(line->text, protocol::tools::kBiosFailed);
         });
}

class LogMaker {
 public:
  LogMaker(const FieldReport& report, const std::string& scratch,
           const std::vector<LaterBoard>& boards)
      : report_(report), scratch_(scratch), boards_(boards) {}

  LaterLog make(std::size_t run, std::size_t board) {
    LaterLog log{.run = run, .board = board, .comparison = {}};
    const ToolRun& told = report_.runs[run];
    if (told.tool == Tool::fwupdlcl)
      by_causes(told, log);
    else if (told.tool == Tool::meinfo)
      by_info(told, log);
    else if (is_of_bios(told))
      by_bios(told, log);
    else
      by_facts(told, log);
    return log;
  }

 private:
  LaterStory story_on(const LaterBoard& board, const ToolRun& run) const {
    const SeenStage stage = stage_of(run);
    return {.profile = board.file,
            .condition = board.condition,
            .image = image_of(run),
            .stage = stage.stage,
            .stages = stage.stages,
            .info = {}};
  }

  void by_causes(const ToolRun& run, LaterLog& log);
  void try_cause(const Cause& cause, const LaterStory& told, const ToolRun& run, LaterLog& log);
  void by_info(const ToolRun& run, LaterLog& log);
  void by_bios(const ToolRun& run, LaterLog& log);
  void by_facts(const ToolRun& run, LaterLog& log);
  void keep(const LaterPlayed& played, LaterLog& log) {
    log.words = played.words;
    log.version = played.version;
  }
  LaterExplanation of_condition(const LaterBoard& board) const;
  std::string evidence(const Cause& cause, const ToolRun& run, const LaterBoard& board) const;
  std::string words_of_line(const Observation& seen) const {
    return fmt::format("{} \"{}\" at {}", name(seen.fact), seen.value, place_of(seen.line));
  }

  const FieldReport& report_;
  const std::string& scratch_;
  const std::vector<LaterBoard>& boards_;
};

/// The line of the report that speaks for the cause; empty: it is assumed.
std::string LogMaker::evidence(const Cause& cause, const ToolRun& run,
                               const LaterBoard& board) const {
  if (cause.board == BoardFault::closed) {
    const Observation* seen = board.state.find(Fact::local_update);
    return seen != nullptr && same_letters(seen->value, "Disabled") ? words_of_line(*seen) : "";
  }
  if (cause.file == FileFault::other_generation) {
    const auto image = image_of(run);
    const Observation* seen = run.find(Fact::image_version);
    if (image.major == 0 || image.major == board.make.generation) return {};
    return fmt::format("the file is of {}.{}{}, the board of {}", image.major, image.minor,
                       seen == nullptr ? " by its name" : "", board.make.generation);
  }
  if (cause.board == BoardFault::flash_fails && !last_stage(run).empty())
    return last_stage(run) + ": it had begun to write";
  if (cause.file == FileFault::cleaned) {
    const Observation* seen = run.find(Fact::image_version);
    const bool nonsense = seen != nullptr && image_of(run).major > protocol::kNewestGeneration;
    return nonsense ? words_of_line(*seen) + ", which is no version" : "";
  }
  if (cause.looks_at == LooksAt::recovery && board.make.words &&
      board.condition != EngineCondition::runs)
    return "the status words at " + place_of(board.make.words->line);
  return {};
}

/// `told` has the board and its condition.
void LogMaker::try_cause(const Cause& cause, const LaterStory& told, const ToolRun& run,
                         LaterLog& log) {
  const LaterBoard& board = boards_[log.board];
  LaterStory story = told;
  story.cause = &cause;
  story.remedy = cause.remedy;
  ++log.tried;
  const auto played = play(story, scratch_);
  if (!played) {
    log.failure = played.error().doing;
    return;
  }
  const bool on_screen = story.sender == LaterStory::Sender::bios;
  Comparison compared =
      on_screen ? compare_screen(run, played->printed) : compare_later(run, played->printed);
  const bool first = log.comparison.lines.empty();
  if (!compared.reproduced()) {
    if (first) log.comparison = std::move(compared);
    return;
  }
  if (log.explanations.empty()) {
    log.comparison = std::move(compared);
    keep(*played, log);
  }
  log.explanations.push_back({.text = std::string(cause.text),
                              .id = cause.id,
                              .seen = evidence(cause, run, board),
                              .leans_on = cause.leans_on,
                              .remedy = cause.remedy,
                              .remedied = played->remedied});
}

/// A tool that gives up on recovery was run on a board in recovery, whether words show it or not.
EngineCondition condition_for(const Cause& cause, EngineCondition shown) {
  const bool needs_recovery = cause.looks_at == LooksAt::recovery;
  const bool recovers =
      shown == EngineCondition::second_lost || shown == EngineCondition::first_lost;
  if (needs_recovery && !recovers) return EngineCondition::second_lost;
  // The words may be those that it left behind.
  return shown == EngineCondition::update_failed ? EngineCondition::runs : shown;
}

void LogMaker::by_causes(const ToolRun& run, LaterLog& log) {
  const LaterBoard& board = boards_[log.board];
  log.command = "the tool's messages, sent to the board";
  const std::vector<std::uint32_t> errors = errors_of(run);
  const std::uint16_t tool = run.tool_version ? run.tool_version->major : board.make.generation;
  std::vector<const Cause*> possible = causes_of(errors, tool);
  const bool to_the_end = last_stage(run).find("100%") != std::string::npos;
  if (errors.empty() && (run.has_outcome() || to_the_end))
    possible = {&nothing_wrong()};
  else if (errors.empty())
    possible = causes_of(std::array{8769u, 8718u, 342u}, tool);
  std::set<std::tuple<FileFault, BoardFault, LooksAt>> done;
  for (const Cause* cause : possible) {
    if (!done.emplace(cause->file, cause->board, cause->looks_at).second) continue;
    const bool absent =
        cause->board == BoardFault::absent || cause->board == BoardFault::never_ready;
    const EngineCondition shown = condition_for(*cause, board.condition);
    LaterStory story = story_on(board, run);
    story.condition = absent || answers(shown) ? shown : EngineCondition::runs;
    try_cause(*cause, story, run, log);
  }
  if (const Cause* refused = refusal_of(errors, tool);
      refused != nullptr && log.explanations.empty()) {
    LaterStory story = story_on(board, run);
    story.condition = answers(board.condition) ? board.condition : EngineCondition::runs;
    story.refusal = *refusal_status(errors, tool);
    possible.push_back(refused);
    try_cause(*refused, story, run, log);
  }
  std::stable_sort(log.explanations.begin(), log.explanations.end(),
                   [](const LaterExplanation& a, const LaterExplanation& b) {
                     return !a.seen.empty() && b.seen.empty();
                   });
  if (possible.empty())
    log.failure = "no circumstance that this bench knows ends an update of this engine so";
}

/// A BIOS that fails to bring the engine back at each start has a file that the engine does not
/// take: too old, as its owners found out (docs/generations.md).
void LogMaker::by_bios(const ToolRun& run, LaterLog& log) {
  LaterStory story = story_on(boards_[log.board], run);
  if (story.condition != EngineCondition::first_lost)
    story.condition = EngineCondition::second_lost;
  story.sender = LaterStory::Sender::bios;
  log.command = "a BIOS that sends the file that it has, at a start";
  for (const Cause* cause : causes_of(std::array{357u, 445u}, kFirstNewer))
    try_cause(*cause, story, run, log);
}

LaterExplanation LogMaker::of_condition(const LaterBoard& board) const {
  LaterExplanation made{.text = std::string(means(board.condition)),
                        .id = name(board.condition),
                        .seen = {},
                        .leans_on = {}};
  if (board.make.words) made.seen = "the status words at " + place_of(board.make.words->line);
  return made;
}

/// What MEInfo tells of an update client that does not answer needs an engine that does not run.
bool tells_of_silence(const ToolRun& run) {
  const auto errors = errors_of(run);
  return std::any_of(errors.begin(), errors.end(), [](std::uint32_t error) {
    return error == 9458 || error == 9459 || error == 86 || error == 81;
  });
}

void LogMaker::by_info(const ToolRun& run, LaterLog& log) {
  const LaterBoard& board = boards_[log.board];
  LaterStory story = story_on(board, run);
  story.info = info_of(run, board.make.generation);
  if (tells_of_silence(run) && answers(story.condition))
    story.condition = EngineCondition::not_ready;
  const auto failed = causes_of(std::array{8707u}, kFirstUnknownGeneration);
  if (story.condition == EngineCondition::update_failed) story.cause = failed.front();
  log.command = story.info->command();
  ++log.tried;
  const auto played = play(story, scratch_);
  if (!played) {
    log.failure = played.error().doing;
    return;
  }
  log.comparison = compare_later(run, played->printed);
  keep(*played, log);
  if (!log.comparison.reproduced()) return;
  LaterExplanation made = of_condition(board);
  made.text = means(story.condition);
  made.id = name(story.condition);
  log.explanations.push_back(std::move(made));
}

void LogMaker::by_facts(const ToolRun& run, LaterLog& log) {
  const LaterBoard& board = boards_[log.board];
  LaterStory story = story_on(board, run);
  const auto failed = causes_of(std::array{8707u}, kFirstUnknownGeneration);
  if (story.condition == EngineCondition::update_failed) story.cause = failed.front();
  log.command = "the board, looked at";
  ++log.tried;
  const auto played = play(story, scratch_);
  if (!played) {
    log.failure = played.error().doing;
    return;
  }
  keep(*played, log);
  log.facts = compare_facts(run, played->words, played->version);
  if (log.facts.empty()) {
    log.failure = "it shows neither status words nor a version to compare";
  } else if (log.reproduced()) {
    log.explanations.push_back(of_condition(board));
  }
}

}  // namespace

bool LaterLog::reproduced() const {
  if (compares_lines()) return !explanations.empty() && comparison.reproduced();
  return !facts.empty() && std::all_of(facts.begin(), facts.end(),
                                       [](const ComparedFact& fact) { return fact.same(); });
}

LogStatus LaterLog::status() const {
  if (comparison.verdict == LogVerdict::not_understood) return LogStatus::not_understood;
  if (!reproduced()) return LogStatus::differs;
  return comparison.set_aside() == 0 ? LogStatus::reproduced : LogStatus::reproduced_but;
}

const LaterLog* LaterLogs::log_of(std::size_t run) const {
  const auto found =
      std::find_if(logs.begin(), logs.end(), [&](const LaterLog& log) { return log.run == run; });
  return found == logs.end() ? nullptr : &*found;
}

base::Result<LaterLogs> later_logs(const FieldReport& report, const std::string& scratch) {
  auto boards = later_boards(report, scratch);
  if (!boards) return boards.error();
  LaterLogs made{.boards = std::move(*boards), .logs = {}};
  LogMaker maker(report, scratch, made.boards);
  for (std::size_t i = 0; i < made.boards.size(); ++i) {
    for (const std::size_t run : made.boards[i].state.runs) {
      LaterLog log = maker.make(run, i);
      // What nothing was played of stays among what is not covered.
      if (log.failure.empty() || log.compares_lines()) made.logs.push_back(std::move(log));
    }
  }
  std::sort(made.logs.begin(), made.logs.end(),
            [](const LaterLog& a, const LaterLog& b) { return a.run < b.run; });
  return made;
}

}  // namespace scenarios::field
