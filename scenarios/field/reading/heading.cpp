// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/heading.h"

#include <algorithm>
#include <array>
#include <vector>

#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {
namespace {

using HeadingWords = std::vector<std::string>;

constexpr std::array<std::string_view, 20> kMachines = {
    "laptop",    "notebook", "pc",    "computer",   "machine",     "desktop",  "board",
    "system",    "server",   "box",   "rig",        "workstation", "thinkpad", "motherboard",
    "mainboard", "rechner",  "kiste", "ordinateur", "portatile",   "elitebook"};
constexpr std::array<std::string_view, 34> kWhich = {
    "first",  "second",   "third",     "fourth", "1st",     "2nd",     "3rd",    "other", "another",
    "next",   "1",        "2",         "3",      "#1",      "#2",      "#3",     "a",     "b",
    "c",      "one",      "two",       "three",  "old",     "new",     "work",   "home",  "office",
    "wife's", "friend's", "different", "erster", "zweiter", "anderer", "anderen"};
/// What else a heading of a machine may say.
constexpr std::array<std::string_view, 26> kBesides = {
    "on",  "the", "my",     "in",     "from",    "of",     "here", "is",   "and",
    "now", "log", "logs",   "output", "results", "result", "same", "this", "for",
    "no",  "nr",  "number", "mein",   "meinem",  "dem",    "auf",  "der"};
constexpr std::array<std::string_view, 7> kBefore = {"on",   "and", "from", "here",
                                                     "this", "now", "auf"};

template <std::size_t N>
bool is_one_of(const std::string& word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// In lower case, without the marks of a heading around them.
HeadingWords words_of_heading(std::string_view line) {
  HeadingWords words;
  for (const std::string& word : words_of(lower_case(line))) {
    const std::size_t first = word.find_first_not_of("*_=-:([{\"'>");
    if (first == word.npos) continue;
    const std::size_t last = word.find_last_not_of("*_=-:)]}\"',.");
    words.push_back(word.substr(first, last - first + 1));
  }
  return words;
}

/// "T400", "x200s", "dc7900", "E5730": the name of a model.
bool is_model(const std::string& word) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t letters = 0;
  while (letters < word.size() && word[letters] >= 'a' && word[letters] <= 'z') ++letters;
  std::size_t end = letters;
  while (end < word.size() && is_digit(word[end])) ++end;
  const std::size_t digits = end - letters;
  return letters >= 1 && letters <= 3 && digits >= 3 && digits <= 4 && word.size() - end <= 1;
}

/// "second laptop" of "On my second laptop I get this:"; empty: none is named.
std::string machine_in(const HeadingWords& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_one_of(words[i], kMachines)) continue;
    if (i > 0 && is_one_of(words[i - 1], kWhich)) return words[i - 1] + " " + words[i];
    if (i + 1 < words.size() && is_one_of(words[i + 1], kWhich))
      return words[i] + " " + words[i + 1];
  }
  return {};
}

bool only_names_a_machine(const HeadingWords& words) {
  return std::all_of(words.begin(), words.end(), [](const std::string& word) {
    return is_one_of(word, kMachines) || is_one_of(word, kWhich) || is_one_of(word, kBesides) ||
           is_model(word);
  });
}

std::string machine_of(std::string_view line, const HeadingWords& words) {
  constexpr std::size_t kMostWords = 8;
  if (words.empty() || words.size() > kMostWords) return {};
  std::string machine = machine_in(words);
  const bool leads = is_one_of(words[0], kBefore);
  if (!machine.empty() && (leads || only_names_a_machine(words))) return machine;
  // A model's name counts only where nothing else is said.
  const bool titled = line.ends_with(':') && words.size() <= 3;
  const auto model = std::find_if(words.begin(), words.end(), is_model);
  return titled && model != words.end() ? *model : std::string();
}

/// "Before:", "After the update:": one machine at two times, as over the columns of a table.
bool names_a_time(std::string_view line, const HeadingWords& words) {
  constexpr std::array<std::string_view, 10> kTimes = {
      "before",  "after", "previously",   "now",   "vorher",
      "nachher", "avant", "apr\xC3\xA8s", "prima", "dopo"};
  constexpr std::array<std::string_view, 8> kOfWhat = {"the",   "update", "flash",    "flashing",
                                                       "reset", "bios",   "updating", "upgrade"};
  constexpr std::size_t kMostWords = 4;
  if (words.empty() || words.size() > kMostWords || !line.ends_with(':')) return false;
  return is_one_of(words[0], kTimes) &&
         std::all_of(words.begin() + 1, words.end(),
                     [&](const std::string& word) { return is_one_of(word, kOfWhat); });
}

bool names_a_writer(std::string_view line) {
  const std::string lower = lower_case(line);
  const bool wrote = lower.ends_with(" wrote:") || lower.ends_with(" said:") ||
                     lower.ends_with(" schrieb:") ||
                     lower.ends_with(
                         " \xC3\xA9"
                         "crit :");
  return wrote || lower.starts_with("quote from:") || lower.starts_with("originally posted by ");
}

Tool tool_named(const std::string& word) {
  struct Name {
    std::string_view begins;
    Tool tool;
  };
  constexpr std::array kNames = {
      Name{"memanuf", Tool::memanuf},   Name{"meinfo", Tool::meinfo},
      Name{"fwupdlcl", Tool::fwupdlcl}, Name{"fptw", Tool::fpt},
      Name{"fpt", Tool::fpt},           Name{"intelmetool", Tool::intelmetool},
      Name{"fwupdmgr", Tool::fwupdmgr},
  };
  const auto* row = std::find_if(kNames.begin(), kNames.end(),
                                 [&](const Name& each) { return word.starts_with(each.begins); });
  return row == kNames.end() ? Tool::unknown : row->tool;
}

/// "On MEManufWin64 I get", "MEInfo says:", "Output of fptw -i:"
Tool tool_of(std::string_view line, const HeadingWords& words) {
  constexpr std::size_t kMostWords = 9;
  constexpr std::array<std::string_view, 9> kLeads = {"on",   "with",   "in",  "using", "running",
                                                      "from", "output", "and", "when"};
  if (words.empty() || words.size() > kMostWords) return Tool::unknown;
  const bool announces = line.ends_with(':') || is_one_of(words[0], kLeads);
  if (!announces) return Tool::unknown;
  Tool found = Tool::unknown;
  for (const std::string& word : words) {
    const Tool tool = tool_named(word);
    if (tool == Tool::unknown) continue;
    if (found != Tool::unknown && found != tool) return Tool::unknown;
    found = tool;
  }
  return found;
}

}  // namespace

bool names_another(std::string_view machine) {
  constexpr std::array<std::string_view, 8> kAnother = {"other", "another", "different", "second",
                                                        "2nd",   "zweiter", "anderer",   "anderen"};
  const HeadingWords words = words_of(machine);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return is_one_of(word, kAnother); });
}

std::optional<Heading> heading_in(std::string_view line) {
  constexpr std::size_t kLongest = 80;
  const std::string_view text = trimmed(line);
  constexpr auto kMostBlanks = 8;
  if (text.empty() || text.size() > kLongest || text.ends_with('?') ||
      std::count(text.begin(), text.end(), ' ') > kMostBlanks)
    return std::nullopt;
  const HeadingWords words = words_of_heading(text);
  Heading heading{machine_of(text, words), tool_of(text, words)};
  if (names_a_time(text, words)) heading.machine = kSameMachine;
  const bool is_heading =
      !heading.machine.empty() || heading.tool != Tool::unknown || names_a_writer(text);
  return is_heading ? std::optional(std::move(heading)) : std::nullopt;
}

}  // namespace scenarios::field
