// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace scenarios::field {
namespace {

/// Which answer each question gets.
using Choice = std::vector<std::size_t>;

int departures(const Choice& choice) {
  return static_cast<int>(
      std::count_if(choice.begin(), choice.end(), [](std::size_t at) { return at != 0; }));
}

void add_choices(const std::vector<Question>& questions, Choice& choice, std::size_t question,
                 std::vector<Choice>& all) {
  if (question == questions.size()) {
    all.push_back(choice);
    return;
  }
  for (std::size_t answer = 0; answer < questions[question].answers.size(); ++answer) {
    choice[question] = answer;
    if (departures(choice) <= kMostDepartures) add_choices(questions, choice, question + 1, all);
  }
  choice[question] = 0;
}

int cost_of(const std::vector<Question>& questions, const Choice& choice) {
  int cost = 0;
  for (std::size_t i = 0; i < choice.size(); ++i) cost += questions[i].answers[choice[i]].cost;
  return cost;
}

std::vector<Choice> choices_by_cost(const std::vector<Question>& questions) {
  std::vector<Choice> all;
  Choice choice(questions.size(), 0);
  add_choices(questions, choice, 0, all);
  std::stable_sort(all.begin(), all.end(), [&](const Choice& a, const Choice& b) {
    const auto rank = [&](const Choice& c) {
      return std::pair(cost_of(questions, c), departures(c));
    };
    return rank(a) < rank(b);
  });
  return all;
}

/// Up to this cost every log is replayed, to know what comes nearest; above it one that differs is
/// enough.
constexpr int kFullyLookedAt = 1;

Explanation tried_out(FieldBench& bench, const std::vector<Question>& questions,
                      const Choice& choice) {
  Explanation made;
  made.cost = cost_of(questions, choice);
  for (std::size_t i = 0; i < choice.size(); ++i) {
    made.answers.push_back(questions[i].answers[choice[i]]);
    made.circumstances = both(made.circumstances, made.answers.back().circumstances);
  }
  for (const FieldBench::Place& place : bench.covered()) {
    made.runs.push_back(bench.replay_run(place, made.circumstances));
    if (made.cost > kFullyLookedAt && !made.runs.back().reproduced()) break;
  }
  return made;
}

/// What the run goes on to say first behind what all survivors say alike.
std::optional<Distinction> distinction_in(const std::vector<Explanation>& survivors,
                                          std::size_t run, const std::string& command) {
  std::size_t longest = 0;
  for (const Explanation& each : survivors)
    longest = std::max(longest, each.runs[run].comparison.beyond.size());
  for (std::size_t line = 0; line < longest; ++line) {
    Distinction found{command, {}};
    std::set<std::string> different;
    for (const Explanation& each : survivors) {
      const auto& beyond = each.runs[run].comparison.beyond;
      found.lines.push_back(line < beyond.size() ? beyond[line] : "(nothing more)");
      different.insert(found.lines.back());
    }
    if (different.size() > 1) return found;
  }
  return std::nullopt;
}

std::vector<Distinction> distinctions(const FieldBench& bench,
                                      const std::vector<Explanation>& survivors) {
  std::vector<Distinction> all;
  if (survivors.size() < 2) return all;
  for (std::size_t run = 0; run < survivors.front().runs.size(); ++run) {
    const ToolRun& log = bench.report().runs[survivors.front().runs[run].run];
    if (log.tool != Tool::fwupdlcl) continue;
    const std::string command =
        fmt::format("the command of {} again, to its end (it took minutes)", log.place());
    if (auto found = distinction_in(survivors, run, command)) all.push_back(std::move(*found));
  }
  return all;
}

}  // namespace

std::size_t Explanation::reproduced() const {
  return static_cast<std::size_t>(std::count_if(
      runs.begin(), runs.end(), [](const ReplayedRun& run) { return run.reproduced(); }));
}

std::string Explanation::text() const {
  std::string text;
  for (const Answer& answer : answers) {
    if (answer.cost == 0 && answer.circumstances.arguments.empty() &&
        !answer.id.starts_with("no-secret"))
      continue;
    text += (text.empty() ? "" : "; ") + answer.text;
  }
  return text.empty() ? "nothing beyond what the logs say" : text;
}

std::vector<std::string> Explanation::leans_on() const {
  std::vector<std::string> rows;
  for (const Answer& answer : answers) {
    for (const std::string& row : answer.leans_on) {
      if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    }
  }
  return rows;
}

std::string Explanation::foretold() const {
  std::string text;
  for (const ReplayedRun& run : runs) text += run.replay.printed + '\x1f';
  return text;
}

Explained explain(FieldBench& bench) {
  Explained result;
  result.questions = open_questions(bench);
  std::map<std::string, std::size_t> known;
  for (const Choice& choice : choices_by_cost(result.questions)) {
    const int enough = result.survivors.empty() ? 0 : std::max(1, result.survivors.front().cost);
    if (!result.survivors.empty() && cost_of(result.questions, choice) > enough) break;
    Explanation made = tried_out(bench, result.questions, choice);
    ++result.tried;
    if (result.tried == 1 || made.reproduced() > result.best.reproduced()) result.best = made;
    if (!made.explains_all()) continue;
    const auto [at, is_new] = known.emplace(made.foretold(), result.survivors.size());
    if (is_new)
      result.survivors.push_back(std::move(made));
    else
      result.survivors[at->second].also.push_back(made.text());
  }
  if (!result.survivors.empty()) result.best = result.survivors.front();
  result.distinctions = distinctions(bench, result.survivors);
  return result;
}

}  // namespace scenarios::field
