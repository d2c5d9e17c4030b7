// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/command_line.h"

#include <algorithm>
#include <string_view>

#include "base/lines.h"
#include "scenarios/engine/placeholder.h"
#include "scenarios/engine/world.h"

namespace scenarios::engine {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

constexpr std::string_view kProgram = "  meupdate ";

/// The sentences with which the updater says how to go on: when it was interrupted, before it
/// writes, and when another update is in its way.
bool is_before_command(std::string_view line) {
  return line == "To continue, run:" || line == "To take it away and begin with this image, run:" ||
         line == "Should this computer go off meanwhile, run this when it is back:";
}

base::Result<std::string> one_expanded(const std::string& argument, const PathOf& path_of) {
  std::string out;
  for (const Piece& piece : pieces_of(argument)) {
    if (piece.kind == Piece::Kind::name) {
      const auto path = path_of(std::string(piece.text));
      if (!path) return path.error();
      out += *path;
    } else {
      out += piece.kind == Piece::Kind::escape ? kDollarBrace : piece.text;
    }
  }
  return out;
}

const char* what_happens(Disturbance disturbance) {
  switch (disturbance) {
    case Disturbance::stop:
      return "the person stops it";
    case Disturbance::kill:
      return "the program is killed";
    case Disturbance::reset_link:
      return "the host resets the link";
    case Disturbance::reset_me:
      return "the ME resets";
    case Disturbance::reset_platform:
      return "the platform resets";
    case Disturbance::power_cut:
      return "power is cut";
    case Disturbance::suspend:
      return "the host sleeps";
    case Disturbance::jump_clock:
      return "the host's clock jumps";
    case Disturbance::fault:
      return "a fault is armed";
  }
  return "unknown";
}

}  // namespace

base::Result<std::vector<std::string>> arguments_of(const Meupdate& step, const World& world,
                                                    const PathOf& path_of) {
  if (step.line == Meupdate::Line::printed) return world.printed_command();
  return expanded(step.arguments, path_of);
}

base::Result<std::vector<std::string>> expanded(const std::vector<std::string>& words,
                                                const PathOf& path_of) {
  std::vector<std::string> all;
  for (const std::string& word : words) {
    auto one = one_expanded(word, path_of);
    if (!one) return one.error();
    all.push_back(std::move(*one));
  }
  return all;
}

base::Result<std::string> path_here(const std::string& name, World& world) {
  if (name.starts_with(kImageMark)) return world.image_file(name.substr(kImageMark.size()));
  if (name.starts_with(kFileMark)) return world.text_file(name.substr(kFileMark.size()));
  if (name != kDeviceName) return world.scratch();
  return base::Error{base::Errc::invalid, "${device} is for updater = [...] alone"};
}

std::optional<std::string> command_in(const std::string& text) {
  std::optional<std::string> last;
  const std::vector<std::string> lines = base::lines_of(text);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (is_before_command(lines[i - 1]) && lines[i].starts_with(kProgram))
      last = lines[i].substr(kProgram.size());
  }
  return last;
}

std::vector<std::string> shell_words(const std::string& line) {
  std::vector<std::string> words;
  bool in_word = false;
  bool in_quotes = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ' && !in_quotes) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (line[i] == '\'') {
      in_quotes = !in_quotes;
      continue;
    }
    if (line[i] == '\\' && !in_quotes && i + 1 < line.size()) ++i;
    words.back() += line[i];
  }
  return words;
}

std::string without_folder(std::string text, const std::string& folder) {
  replace_all(text, folder + "/", "");
  replace_all(text, folder, "scratch");
  return text;
}

void report_missed(const std::vector<During>& missed, StepOutcome& outcome) {
  for (const During& during : missed) {
    outcome.mismatches.push_back({.place = during.place,
                                  .what = "during the command",
                                  .expected = what_happens(during.disturbance),
                                  .got = "its moment never came"});
  }
}

}  // namespace scenarios::engine
